/* Rules and declarations of css-syntax-3. See syntax.h. */
#include "css/syntax.h"

const Token *token_after(const Token *token, const Token *end)
{
    bool opens = token->kind == TOKEN_FUNCTION || token->kind == TOKEN_OPEN_ROUND || token->kind == TOKEN_OPEN_SQUARE ||
                 token->kind == TOKEN_OPEN_CURLY;
    ptrdiff_t steps = opens ? (ptrdiff_t)token->match + 1 : 1;
    return end - token < steps ? end : token + steps;
}

TokenRange token_inside(const Token *open, const Token *end)
{
    TokenRange range = {open + 1, end - open < open->match ? end : open + open->match};
    if (range.at > range.end)
        range.at = range.end;
    return range;
}

TokenRange range_trim(TokenRange range)
{
    while (range.at < range.end && range.at->kind == TOKEN_SPACE)
        range.at++;
    while (range.at < range.end && range.end[-1].kind == TOKEN_SPACE)
        range.end--;
    return range;
}

static void start_item(SyntaxItem *item, SyntaxKind kind, const Token *first)
{
    memset(item, 0, sizeof *item);
    item->kind = (uint8_t)kind;
    item->first = first;
}

/* From the at-keyword; in a block it also ends before a `}` of the block, which the range excludes. */
static void take_at_rule(TokenRange *rest, SyntaxItem *item)
{
    start_item(item, SYNTAX_AT_RULE, rest->at);
    const Token *t = rest->at + 1;
    item->prelude.at = t;
    while (t < rest->end && t->kind != TOKEN_SEMICOLON && t->kind != TOKEN_OPEN_CURLY)
        t = token_after(t, rest->end);
    item->prelude.end = t;
    rest->at = t;
    if (t >= rest->end)
        return;
    if (t->kind == TOKEN_OPEN_CURLY) {
        item->has_block = true;
        item->block = token_inside(t, rest->end);
    }
    rest->at = token_after(t, rest->end);
}

/* A qualified rule; in a block (nested) a semicolon ends the attempt. */
static void take_qualified(TokenRange *rest, bool nested, SyntaxItem *item)
{
    start_item(item, SYNTAX_INVALID, rest->at);
    const Token *t = rest->at;
    item->prelude.at = t;
    while (t < rest->end && t->kind != TOKEN_OPEN_CURLY && !(nested && t->kind == TOKEN_SEMICOLON))
        t = token_after(t, rest->end);
    item->prelude.end = t;
    rest->at = t;
    if (t >= rest->end)
        return;
    rest->at = token_after(t, rest->end);
    if (t->kind != TOKEN_OPEN_CURLY)
        return;
    item->kind = SYNTAX_QUALIFIED;
    item->has_block = true;
    item->block = token_inside(t, rest->end);
}

bool syntax_next_rule(TokenRange *rest, bool top_level, SyntaxItem *item)
{
    while (rest->at < rest->end && (rest->at->kind == TOKEN_SPACE ||
                                    (top_level && (rest->at->kind == TOKEN_CDO || rest->at->kind == TOKEN_CDC))))
        rest->at++;
    if (rest->at >= rest->end)
        return false;
    if (rest->at->kind == TOKEN_AT)
        take_at_rule(rest, item);
    else
        take_qualified(rest, false, item);
    return true;
}

/* The last two values that aren't spaces are "!" and "important", outside of any block. */
static void cut_important(SyntaxItem *item)
{
    const Token *end = item->prelude.end, *last = NULL, *before = NULL;
    for (const Token *t = item->prelude.at; t < end; t = token_after(t, end)) {
        if (t->kind == TOKEN_SPACE)
            continue;
        before = last;
        last = t;
    }
    if (!before || !token_is_delim(before, '!') || last->kind != TOKEN_IDENT || !token_is(last, "important"))
        return;
    item->important = true;
    item->prelude.end = before;
}

/* name ":" value up to end. */
static bool take_declaration(const Token *name, const Token *end, SyntaxItem *item)
{
    const Token *t = name + 1;
    if (name >= end || name->kind != TOKEN_IDENT)
        return false;
    while (t < end && t->kind == TOKEN_SPACE)
        t++;
    if (t >= end || t->kind != TOKEN_COLON)
        return false;
    start_item(item, SYNTAX_DECLARATION, name);
    item->prelude = (TokenRange){t + 1, end};
    cut_important(item);
    return true;
}

bool syntax_declaration(TokenRange range, SyntaxItem *item)
{
    while (range.at < range.end && range.at->kind == TOKEN_SPACE)
        range.at++;
    return range.at < range.end && take_declaration(range.at, range.end, item);
}

static bool is_custom_name(const Token *name)
{
    return name->size >= 2 && name->text[0] == '-' && name->text[1] == '-';
}

/* The semicolon that ends the declaration at the range's start, or the range's end; NULL: it begins none. css-syntax-3
 * 5.5.6: a {} block beside other values makes it none. No further than it takes to tell, since a block of nested rules
 * may have no semicolon at all. */
static const Token *declaration_end(TokenRange range)
{
    const Token *name = range.at, *t = name + 1;
    bool block = false, other = false;
    while (t < range.end && t->kind == TOKEN_SPACE)
        t++;
    if (name->kind != TOKEN_IDENT || t >= range.end || t->kind != TOKEN_COLON)
        return NULL;
    for (t++; t < range.end && t->kind != TOKEN_SEMICOLON; t = token_after(t, range.end)) {
        block = block || t->kind == TOKEN_OPEN_CURLY;
        other = other || (t->kind != TOKEN_OPEN_CURLY && t->kind != TOKEN_SPACE);
        if (block && other && !is_custom_name(name))
            return NULL;
    }
    return t;
}

bool syntax_next_in_block(TokenRange *rest, SyntaxItem *item)
{
    while (rest->at < rest->end && (rest->at->kind == TOKEN_SPACE || rest->at->kind == TOKEN_SEMICOLON))
        rest->at++;
    if (rest->at >= rest->end)
        return false;
    if (rest->at->kind == TOKEN_AT) {
        take_at_rule(rest, item);
        return true;
    }
    const Token *end = declaration_end(*rest);
    if (end && take_declaration(rest->at, end, item))
        rest->at = end;
    else
        take_qualified(rest, true, item);
    return true;
}

/* ---- An+B ---- */
static bool digits_value(const char *text, uint32_t size, int sign, int *value)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        sum = sum < 100000000 ? sum * 10 + (text[i] - '0') : sum;
    }
    *value = (int)(sign * sum);
    return size > 0;
}

static int clamp_number(double number)
{
    return number > 1e9 ? 1000000000 : number < -1e9 ? -1000000000 : (int)number;
}

static const Token *skip_spaces(const Token *t, const Token *end)
{
    while (t < end && t->kind == TOKEN_SPACE)
        t++;
    return t;
}

/* After "n" (or "n-" when minus): what B is. */
static bool take_b(TokenRange *range, const Token *t, bool minus, int *b)
{
    const Token *next = skip_spaces(t, range->end);
    *b = 0;
    if (next < range->end && next->kind == TOKEN_NUMBER && next->integer && next->sign != minus) {
        *b = clamp_number(minus ? -next->number : next->number);
        range->at = next + 1;
        return true;
    }
    if (minus)
        return false;
    if (next < range->end && (token_is_delim(next, '+') || token_is_delim(next, '-'))) {
        const Token *number = skip_spaces(next + 1, range->end);
        if (number >= range->end || number->kind != TOKEN_NUMBER || !number->integer || number->sign)
            return false;
        *b = clamp_number(token_is_delim(next, '-') ? -number->number : number->number);
        range->at = number + 1;
        return true;
    }
    range->at = t;
    return true;
}

/* text is what follows the coefficient: "n", "n-", "n-3". */
static bool take_n(TokenRange *range, const Token *t, const char *text, uint32_t size, int *b)
{
    if (size == 0 || (text[0] != 'n' && text[0] != 'N'))
        return false;
    if (size == 1)
        return take_b(range, t + 1, false, b);
    if (text[1] != '-')
        return false;
    if (size == 2)
        return take_b(range, t + 1, true, b);
    range->at = t + 1;
    return digits_value(text + 2, size - 2, -1, b);
}

bool syntax_an_plus_b(TokenRange *range, int *a, int *b)
{
    const Token *t = skip_spaces(range->at, range->end);
    if (t >= range->end)
        return false;
    if (t->kind == TOKEN_IDENT && (token_is(t, "odd") || token_is(t, "even"))) {
        *a = 2;
        *b = token_is(t, "odd");
        range->at = t + 1;
        return true;
    }
    if (t->kind == TOKEN_NUMBER && t->integer) {
        *a = 0;
        *b = clamp_number(t->number);
        range->at = t + 1;
        return true;
    }
    if (t->kind == TOKEN_DIMENSION && t->integer) {
        *a = clamp_number(t->number);
        return take_n(range, t, t->text, t->size, b);
    }
    bool plus = token_is_delim(t, '+') && t + 1 < range->end;
    t += plus;
    if (t->kind != TOKEN_IDENT)
        return false;
    bool minus = !plus && t->text[0] == '-';
    *a = minus ? -1 : 1;
    return take_n(range, t, t->text + minus, t->size - minus, b);
}

/* ---- unicode ranges ---- */
static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Up to 6 hex digits and question marks; returns their number. */
static int hex_and_marks(const char **at, const char *end, uint32_t *first, uint32_t *last, bool marks)
{
    int digits = 0, wild = 0;
    *first = *last = 0;
    for (; *at < end && digits < 7; ++*at, digits++) {
        bool mark = marks && **at == '?';
        if (!mark && (wild > 0 || hex_value(**at) < 0))
            break;
        wild += mark;
        *first = *first << 4 | (mark ? 0u : (uint32_t)hex_value(**at));
        *last = *last << 4 | (mark ? 15u : (uint32_t)hex_value(**at));
    }
    return digits > 6 ? -1 : wild > 0 ? 16 + digits : digits;
}

bool syntax_urange(TokenRange range, uint32_t *first, uint32_t *last)
{
    char text[40];
    size_t size = 0;
    range = range_trim(range);
    for (const Token *t = range.at; t < range.end; t++) {
        if (t->kind == TOKEN_SPACE || size + t->raw_size > sizeof text)
            return false;
        memcpy(text + size, t->raw, t->raw_size);
        size += t->raw_size;
    }
    const char *at = text, *end = text + size;
    if (size < 3 || (text[0] != 'u' && text[0] != 'U') || text[1] != '+')
        return false;
    at += 2;
    int digits = hex_and_marks(&at, end, first, last, true);
    if (digits > 0 && digits <= 6 && at < end && *at == '-') {
        uint32_t unused;
        at++;
        digits = hex_and_marks(&at, end, last, &unused, false);
    }
    return digits > 0 && at == end && *last <= 0x10FFFF && *first <= *last;
}
