/* See content.h. Strings, arrays and dictionaries are passed over: what they say is not asked for. */
#include "preflight/content.h"

#include <stdlib.h>

ContentReader content_reader(Arena *arena, Bytes stream)
{
    return (ContentReader){.arena = arena, .at = stream.data, .end = stream.data + stream.size};
}

double content_number(const ContentReader *reader, int i)
{
    return i < reader->count ? reader->operands[i].number : 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_delimiter(char c)
{
    return c && strchr("()<>[]{}/%", c);
}

static void skip_space(ContentReader *reader)
{
    while (reader->at < reader->end) {
        if (*reader->at == '%')
            while (reader->at < reader->end && *reader->at != '\n' && *reader->at != '\r')
                reader->at++;
        else if (is_space(*reader->at))
            reader->at++;
        else
            return;
    }
}

static void skip_string(ContentReader *reader)
{
    int depth = 0;
    for (; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (c == '\\')
            reader->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0) {
            reader->at++;
            return;
        }
    }
    reader->at = reader->end;
}

static void skip_hex(ContentReader *reader)
{
    while (reader->at < reader->end && *reader->at != '>')
        reader->at++;
    reader->at += reader->at < reader->end;
}

static const char *take_word(ContentReader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && !is_space(*reader->at) && !is_delimiter(*reader->at))
        reader->at++;
    return arena_string(reader->arena, start, (size_t)(reader->at - start));
}

static void add(ContentReader *reader, Operand operand)
{
    if (reader->count < MOST_OPERANDS)
        reader->operands[reader->count++] = operand;
}

/* "/A#20B" -> "/A B" */
static const char *take_name(ContentReader *reader)
{
    reader->at++;
    const char *word = take_word(reader);
    Buffer out = {.arena = reader->arena};
    buffer_text(&out, "/");
    for (; *word; word++) {
        char digits[3] = {word[0] == '#' ? word[1] : 0, 0, 0};
        digits[1] = digits[0] ? word[2] : 0;
        char byte = digits[0] && digits[1] ? (char)strtol(digits, NULL, 16) : *word;
        buffer_add(&out, &byte, 1);
        word += digits[0] && digits[1] ? 2 : 0;
    }
    return out.data;
}

/* From BI on: its pixels end with EI between spaces. */
static void skip_inline_image(ContentReader *reader)
{
    for (; reader->at + 3 < reader->end; reader->at++)
        if (is_space(reader->at[0]) && reader->at[1] == 'E' && reader->at[2] == 'I' && is_space(reader->at[3])) {
            reader->at += 3;
            return;
        }
    reader->at = reader->end;
}

static bool is_number(const char *word)
{
    return *word && word[strspn(word, "+-.0123456789")] == 0;
}

/* A number as the format has it: digits and a point, whatever the locale. */
static double number_of(const char *word)
{
    double value = 0, scale = 1;
    bool minus = *word == '-', point = false;
    for (; *word; word++) {
        if (*word == '.')
            point = true;
        else if (*word >= '0' && *word <= '9') {
            value = value * 10 + (*word - '0');
            scale *= point ? 10 : 1;
        }
    }
    return (minus ? -value : value) / scale;
}

bool content_next(ContentReader *reader)
{
    reader->count = 0;
    for (;;) {
        skip_space(reader);
        if (reader->at >= reader->end)
            return false;
        char c = *reader->at;
        if (c == '(')
            skip_string(reader);
        else if (c == '<' && reader->at + 1 < reader->end && reader->at[1] == '<')
            reader->at += 2;
        else if (c == '<')
            skip_hex(reader);
        else if (c == '/')
            add(reader, (Operand){.name = take_name(reader)});
        else if (is_delimiter(c))
            reader->at++;
        else {
            const char *word = take_word(reader);
            if (is_number(word)) {
                add(reader, (Operand){.number = number_of(word)});
                continue;
            }
            if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0 || strcmp(word, "null") == 0)
                continue;
            size_t size = strlen(word) < 7 ? strlen(word) : 7;
            memcpy(reader->operator, word, size);
            reader->operator[size] = 0;
            if (strcmp(word, "BI") == 0)
                skip_inline_image(reader);
            return true;
        }
    }
}
