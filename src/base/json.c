/* JSON, laid out for eyes. See json.h. */
#include "base/json.h"

#include <math.h>

static void put_string(Buffer *out, const char *text)
{
    buffer_text(out, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            buffer_format(out, "\\%c", c);
        else if (c < 0x20)
            buffer_format(out, "\\u%04x", c);
        else
            buffer_add(out, text, 1);
    }
    buffer_text(out, "\"");
}

static void next_value(Json *json, const char *name)
{
    if (json->filled[json->depth])
        buffer_text(&json->out, ",");
    if (json->depth > 0)
        buffer_format(&json->out, "\n%*s", 2 * json->depth, "");
    json->filled[json->depth] = true;
    if (name) {
        put_string(&json->out, name);
        buffer_text(&json->out, ": ");
    }
}

void json_begin(Json *json, const char *name, char bracket)
{
    next_value(json, name);
    buffer_add(&json->out, &bracket, 1);
    json->filled[++json->depth] = false;
}

void json_end(Json *json, char bracket)
{
    bool filled = json->filled[json->depth--];
    if (filled)
        buffer_format(&json->out, "\n%*s", 2 * json->depth, "");
    buffer_add(&json->out, &bracket, 1);
    if (json->depth == 0)
        buffer_text(&json->out, "\n");
}

void json_text(Json *json, const char *name, const char *value)
{
    next_value(json, name);
    if (value)
        put_string(&json->out, value);
    else
        buffer_text(&json->out, "null");
}

/* The decimal point is a point in every locale. */
void json_number(Json *json, const char *name, double value, int decimals)
{
    static const int64_t powers[] = {1, 10, 100, 1000};
    int64_t whole = llround(fmin(fmax(value, -1e12), 1e12) * (double)powers[decimals]);
    uint64_t size = (uint64_t)(whole < 0 ? -whole : whole), power = (uint64_t)powers[decimals];
    next_value(json, name);
    buffer_format(&json->out, "%s%llu", whole < 0 ? "-" : "", (unsigned long long)(size / power));
    if (decimals)
        buffer_format(&json->out, ".%0*llu", decimals, (unsigned long long)(size % power));
}

void json_bool(Json *json, const char *name, bool value)
{
    next_value(json, name);
    buffer_text(&json->out, value ? "true" : "false");
}
