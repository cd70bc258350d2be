/* Content streams, token by token (ISO 32000-1 7.8.2): operands, then their operator. */
#ifndef N2P_PREFLIGHT_CONTENT_H
#define N2P_PREFLIGHT_CONTENT_H

#include "base/base.h"

enum { MOST_OPERANDS = 40 };
typedef struct {
    double number;
    const char *name; /* NULL: it is no name */
} Operand;
typedef struct {
    Arena *arena;
    const char *at, *end;
    Operand operands[MOST_OPERANDS];
    int count;
    char operator[8];
} ContentReader;

ContentReader content_reader(Arena *arena, Bytes stream);
bool content_next(ContentReader *reader); /* the next operator with its operands; false: the stream is at its end */
double content_number(const ContentReader *reader, int i);

#endif
