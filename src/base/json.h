/* base/json.h: JSON, value by value (RFC 8259).
 *   in    objects and lists begun and ended, values between them; commas and line ends come by themselves
 *   out   UTF-8 in json.out */
#ifndef N2P_BASE_JSON_H
#define N2P_BASE_JSON_H

#include "base/base.h"

typedef struct {
    Buffer out;
    int depth;
    bool filled[32];
} Json;
void json_begin(Json *json, const char *name, char bracket); /* name NULL: in a list; '{' or '[' */
void json_end(Json *json, char bracket);
void json_text(Json *json, const char *name, const char *value); /* NULL: null */
void json_number(Json *json, const char *name, double value, int decimals);
void json_bool(Json *json, const char *name, bool value);

#endif
