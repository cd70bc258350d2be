/* The tokenizer of css-syntax-3. See tokens.h. */
#include "css/tokens.h"

static bool is_newline(int c)
{
    return c == '\n';
}

static bool is_space(int c)
{
    return c == '\n' || c == '\t' || c == ' ';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(int c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_name_start(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_name(int c)
{
    return is_name_start(c) || is_digit(c) || c == '-';
}

/* The byte `ahead` bytes on, -1 at the end. */
static int peek(const Tokenizer *t, int ahead)
{
    return t->end - t->at > ahead ? (unsigned char)t->at[ahead] : -1;
}

static bool is_escape(int first, int second)
{
    return first == '\\' && !is_newline(second);
}

static bool starts_ident(const Tokenizer *t, int ahead)
{
    int c = peek(t, ahead), next = peek(t, ahead + 1);
    if (c == '-')
        return is_name_start(next) || next == '-' || (next == '\\' && is_escape(next, peek(t, ahead + 2)));
    return is_name_start(c) || (c == '\\' && is_escape(c, next));
}

static bool starts_number(const Tokenizer *t)
{
    int at = peek(t, 0) == '+' || peek(t, 0) == '-';
    return is_digit(peek(t, at)) || (peek(t, at) == '.' && is_digit(peek(t, at + 1)));
}

/* After the backslash. */
static uint32_t read_escape(Tokenizer *t)
{
    if (t->at >= t->end)
        return 0xFFFD;
    if (hex_digit(peek(t, 0)) < 0)
        return utf8_next(&t->at, t->end);
    uint32_t code = 0;
    for (int i = 0; i < 6 && hex_digit(peek(t, 0)) >= 0; i++)
        code = code * 16 + (uint32_t)hex_digit((unsigned char)*t->at++);
    if (is_space(peek(t, 0)))
        t->at++;
    return code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? 0xFFFD : code;
}

static void read_escaped_name(Tokenizer *t, Buffer *out)
{
    for (;;) {
        int c = peek(t, 0);
        if (c >= 0 && is_name(c)) {
            buffer_add(out, t->at++, 1);
        } else if (c == '\\' && is_escape(c, peek(t, 1))) {
            t->at++;
            buffer_utf8(out, read_escape(t));
        } else {
            return;
        }
    }
}

static void set_text(Token *token, const char *text, size_t size)
{
    token->text = text;
    token->size = (uint32_t)size;
}

static void read_name(Tokenizer *t, Token *token)
{
    const char *start = t->at;
    while (t->at < t->end && is_name((unsigned char)*t->at))
        t->at++;
    if (peek(t, 0) != '\\' || !is_escape('\\', peek(t, 1))) {
        set_text(token, start, (size_t)(t->at - start));
        return;
    }
    Buffer out = {.arena = t->arena};
    buffer_add(&out, start, (size_t)(t->at - start));
    read_escaped_name(t, &out);
    set_text(token, out.data, out.size);
}

static double power_of_ten(double value, int exponent)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (exponent > 22 && exponent <= 37) { /* exact for few digits, so that only one step rounds */
        value *= powers[exponent - 22];
        exponent = 22;
    }
    for (; exponent > 22; exponent -= 22)
        value *= 1e22;
    for (; exponent < -22; exponent += 22)
        value /= 1e22;
    return exponent < 0 ? value / powers[-exponent] : value * powers[exponent];
}

static bool read_digits(Tokenizer *t, uint64_t *mantissa, int *lost)
{
    const char *start = t->at;
    for (; t->at < t->end && is_digit((unsigned char)*t->at); t->at++) {
        if (*mantissa < 100000000000000000u)
            *mantissa = *mantissa * 10 + (uint64_t)(*t->at - '0');
        else
            ++*lost;
    }
    return t->at > start;
}

static void read_number(Tokenizer *t, Token *token)
{
    bool negative = peek(t, 0) == '-';
    uint64_t mantissa = 0;
    int lost = 0, fraction = 0, exponent = 0;
    token->sign = negative || peek(t, 0) == '+';
    t->at += token->sign;
    token->integer = true;
    read_digits(t, &mantissa, &lost);
    if (peek(t, 0) == '.' && is_digit(peek(t, 1))) {
        t->at++;
        const char *start = t->at;
        int cut = 0;
        read_digits(t, &mantissa, &cut);
        fraction = (int)(t->at - start) - cut;
        token->integer = false;
    }
    int c = peek(t, 0), sign = peek(t, 1) == '+' || peek(t, 1) == '-';
    if ((c == 'e' || c == 'E') && is_digit(peek(t, 1 + sign))) {
        bool down = peek(t, 1) == '-';
        for (t->at += 1 + sign; is_digit(peek(t, 0)); t->at++)
            exponent = exponent < 100000 ? exponent * 10 + (*t->at - '0') : exponent;
        exponent = down ? -exponent : exponent;
        token->integer = false;
    }
    exponent += lost - fraction;
    double value = (double)mantissa;
    token->number = mantissa == 0 ? 0 : power_of_ten(value, exponent > 400 ? 400 : exponent < -400 ? -400 : exponent);
    if (!(token->number <= 3.4e38))
        token->number = 3.4e38;
    if (negative)
        token->number = -token->number;
}

static void read_numeric(Tokenizer *t, Token *token)
{
    token->kind = TOKEN_NUMBER;
    read_number(t, token);
    if (starts_ident(t, 0)) {
        token->kind = TOKEN_DIMENSION;
        read_name(t, token);
    } else if (peek(t, 0) == '%') {
        token->kind = TOKEN_PERCENTAGE;
        t->at++;
    }
}

static void read_string(Tokenizer *t, Token *token)
{
    char quote = *t->at++;
    const char *start = t->at;
    token->kind = TOKEN_STRING;
    while (t->at < t->end && *t->at != quote && *t->at != '\\' && *t->at != '\n')
        t->at++;
    if (peek(t, 0) != '\\') {
        set_text(token, start, (size_t)(t->at - start));
    } else {
        Buffer out = {.arena = t->arena};
        buffer_add(&out, start, (size_t)(t->at - start));
        while (t->at < t->end && *t->at != quote && *t->at != '\n') {
            if (*t->at != '\\') {
                buffer_add(&out, t->at++, 1);
                continue;
            }
            t->at++;
            if (t->at < t->end && is_newline(*t->at))
                t->at++;
            else if (t->at < t->end)
                buffer_utf8(&out, read_escape(t));
        }
        set_text(token, out.data, out.size);
    }
    if (peek(t, 0) == '\n')
        token->kind = TOKEN_BAD_STRING;
    else if (t->at < t->end)
        t->at++;
}

static void skip_bad_url(Tokenizer *t, Token *token)
{
    token->kind = TOKEN_BAD_URL;
    while (t->at < t->end) {
        char c = *t->at++;
        if (c == ')')
            return;
        if (c == '\\' && is_escape(c, peek(t, 0)))
            read_escape(t);
    }
}

/* After "url(" and spaces: unquoted. */
static void read_url(Tokenizer *t, Token *token)
{
    Buffer out = {.arena = t->arena};
    const char *start = t->at;
    bool copied = false;
    token->kind = TOKEN_URL;
    for (;;) {
        int c = peek(t, 0);
        const char *stop = t->at;
        if (is_space(c)) {
            while (is_space(peek(t, 0)))
                t->at++;
            c = peek(t, 0);
            if (c != ')' && c >= 0) {
                skip_bad_url(t, token);
                return;
            }
        }
        if (c == ')' || c < 0) {
            if (copied)
                set_text(token, out.data, out.size);
            else
                set_text(token, start, (size_t)(stop - start));
            t->at += c == ')';
            return;
        }
        if (c == '"' || c == '\'' || c == '(' || c < 0x20 || c == 0x7F || (c == '\\' && !is_escape(c, peek(t, 1)))) {
            skip_bad_url(t, token);
            return;
        }
        if (c == '\\') {
            if (!copied)
                buffer_add(&out, start, (size_t)(t->at - start));
            copied = true;
            t->at++;
            buffer_utf8(&out, read_escape(t));
        } else {
            if (copied)
                buffer_add(&out, t->at, 1);
            t->at++;
        }
    }
}

static void read_ident_like(Tokenizer *t, Token *token)
{
    read_name(t, token);
    token->kind = TOKEN_IDENT;
    if (peek(t, 0) != '(')
        return;
    t->at++;
    token->kind = TOKEN_FUNCTION;
    if (token_unit_compare(token, "url") != 0)
        return;
    const char *after = t->at;
    while (is_space(peek(t, 0)))
        t->at++;
    if (peek(t, 0) == '"' || peek(t, 0) == '\'')
        t->at = after; /* a function token; its spaces are tokens of their own */
    else
        read_url(t, token);
}

static void skip_comments(Tokenizer *t)
{
    while (peek(t, 0) == '/' && peek(t, 1) == '*') {
        t->at += 2;
        while (t->at < t->end && !(*t->at == '*' && peek(t, 1) == '/'))
            t->at++;
        t->at = t->end - t->at < 2 ? t->end : t->at + 2;
    }
}

static void count_place(Tokenizer *t, Token *token)
{
    for (; t->place < t->at; t->place++) {
        if (*t->place == '\n') {
            t->line++;
            t->column = 1;
        } else {
            t->column += (*t->place & 0xC0) != 0x80;
        }
    }
    token->line = t->line;
    token->column = t->column;
}

static TokenKind punctuation(int c)
{
    switch (c) {
    case ':': return TOKEN_COLON;
    case ';': return TOKEN_SEMICOLON;
    case ',': return TOKEN_COMMA;
    case '[': return TOKEN_OPEN_SQUARE;
    case ']': return TOKEN_CLOSE_SQUARE;
    case '(': return TOKEN_OPEN_ROUND;
    case ')': return TOKEN_CLOSE_ROUND;
    case '{': return TOKEN_OPEN_CURLY;
    case '}': return TOKEN_CLOSE_CURLY;
    default: return TOKEN_END;
    }
}

static void read_delim(Tokenizer *t, Token *token)
{
    token->kind = TOKEN_DELIM;
    token->delim = utf8_next(&t->at, t->end);
}

static bool read_marked(Tokenizer *t, Token *token, int c)
{
    if (c == '#' && t->end - t->at > 1 &&
        (is_name((unsigned char)t->at[1]) || (t->at[1] == '\\' && is_escape('\\', peek(t, 2))))) {
        token->integer = starts_ident(t, 1);
        t->at++;
        read_name(t, token);
        token->kind = TOKEN_HASH;
        return true;
    }
    if (c == '@' && starts_ident(t, 1)) {
        t->at++;
        read_name(t, token);
        token->kind = TOKEN_AT;
        return true;
    }
    if (c == '<' && t->end - t->at >= 4 && memcmp(t->at, "<!--", 4) == 0) {
        t->at += 4;
        token->kind = TOKEN_CDO;
        return true;
    }
    if (c == '-' && t->end - t->at >= 3 && memcmp(t->at, "-->", 3) == 0) {
        t->at += 3;
        token->kind = TOKEN_CDC;
        return true;
    }
    return false;
}

/* One token; false at the end. */
static bool read_token(Tokenizer *t, Token *token)
{
    memset(token, 0, sizeof *token);
    skip_comments(t);
    count_place(t, token);
    token->raw = t->at;
    int c = peek(t, 0);
    if (c < 0)
        return false;
    TokenKind simple = punctuation(c);
    if (is_space(c)) {
        token->kind = TOKEN_SPACE;
        while (is_space(peek(t, 0)))
            t->at++;
    } else if (is_name_start(c)) {
        read_ident_like(t, token);
    } else if (simple) {
        token->kind = (uint8_t)simple;
        t->at++;
    } else if (c == '"' || c == '\'') {
        read_string(t, token);
    } else if (starts_number(t)) {
        read_numeric(t, token);
    } else if (!read_marked(t, token, c)) {
        if (starts_ident(t, 0))
            read_ident_like(t, token);
        else
            read_delim(t, token);
    }
    token->raw_size = (uint32_t)(t->at - token->raw);
    return true;
}

static TokenKind closer_of(TokenKind kind)
{
    return kind == TOKEN_OPEN_SQUARE                            ? TOKEN_CLOSE_SQUARE
           : kind == TOKEN_OPEN_CURLY                           ? TOKEN_CLOSE_CURLY
           : kind == TOKEN_OPEN_ROUND || kind == TOKEN_FUNCTION ? TOKEN_CLOSE_ROUND
                                                                : TOKEN_END;
}

/* Reads tokens; open blocks are chained through `match` (index of the one outside, -1 none) until
 * they close. Stops after a top-level rule if rule is set. */
static bool read_tokens(Tokenizer *t, TokenList *list, bool rule)
{
    int open = -1, first = -1;
    Token token;
    while (read_token(t, &token)) {
        int index = list->count;
        VEC_PUSH(t->arena, *list, token);
        if (first < 0 && token.kind != TOKEN_SPACE && token.kind != TOKEN_CDO && token.kind != TOKEN_CDC)
            first = index;
        if (closer_of(token.kind)) {
            list->at[index].match = open;
            open = index;
        } else if (open >= 0 && token.kind == closer_of(list->at[open].kind)) {
            int outer = list->at[open].match;
            list->at[open].match = index - open;
            bool curly = token.kind == TOKEN_CLOSE_CURLY;
            open = outer;
            if (rule && open < 0 && curly)
                return true;
        } else if (rule && open < 0 && token.kind == TOKEN_SEMICOLON && list->at[first].kind == TOKEN_AT) {
            return true;
        }
    }
    while (open >= 0) {
        int outer = list->at[open].match;
        list->at[open].match = list->count - open;
        open = outer;
    }
    return list->count > 0;
}

void tokens_read(Tokenizer *tokenizer, TokenList *list)
{
    read_tokens(tokenizer, list, false);
}

bool tokens_read_rule(Tokenizer *tokenizer, TokenList *list)
{
    list->count = 0;
    return read_tokens(tokenizer, list, true);
}

Tokenizer tokenizer_start(Arena *arena, Bytes text, int line, int column)
{
    return (Tokenizer){arena,     text.data,           text.data + text.size,
                       text.data, line > 0 ? line : 1, column > 0 ? column : 1};
}

static bool is_clean(const char *text, size_t size)
{
    bool ascii = true;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '\r' || c == '\f' || c == 0)
            return false;
        ascii = ascii && (c & 0x80) == 0;
    }
    return ascii || utf8_valid(text, size);
}

Bytes css_preprocess(Arena *arena, const char *text, size_t size)
{
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        size -= 3;
    }
    if (is_clean(text, size))
        return (Bytes){text, size};
    Buffer out = {.arena = arena};
    for (const char *at = text, *end = text + size; at < end;) {
        uint32_t c = utf8_next(&at, end);
        if (c == '\r' && at < end && *at == '\n')
            at++;
        buffer_utf8(&out, c == '\r' || c == '\f' ? '\n' : c == 0 ? 0xFFFD : c);
    }
    return (Bytes){out.data, out.size};
}

/* ---- questions ---- */
static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

int token_unit_compare(const Token *token, const char *unit)
{
    uint32_t i = 0;
    for (; i < token->size && unit[i] && lower(token->text[i]) == unit[i]; i++)
        ;
    return i == token->size && unit[i] == 0 ? 0 : 1;
}

bool token_is(const Token *token, const char *ident)
{
    return (token->kind == TOKEN_IDENT || token->kind == TOKEN_FUNCTION || token->kind == TOKEN_AT) &&
           token_unit_compare(token, ident) == 0;
}

bool token_is_delim(const Token *token, char delim)
{
    return token->kind == TOKEN_DELIM && token->delim == (uint32_t)delim;
}

const char *tokens_text(Arena *arena, const Token *from, const Token *to)
{
    Buffer out = {.arena = arena};
    buffer_text(&out, "");
    for (const Token *t = from; t < to; t++)
        buffer_add(&out, t->kind == TOKEN_SPACE ? " " : t->raw, t->kind == TOKEN_SPACE ? 1 : t->raw_size);
    return out.data;
}

const char *tokens_excerpt(Arena *arena, const Token *from, const Token *to)
{
    const char *text = tokens_text(arena, from, to);
    int size = EXCERPT_MOST - 3;
    if (strlen(text) <= EXCERPT_MOST)
        return text;
    while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return arena_format(arena, "%.*s...", size, text);
}
