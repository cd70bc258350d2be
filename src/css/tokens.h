/* css/tokens.h: from characters to tokens (css-syntax-3 4).
 *   in    UTF-8 text after css_preprocess
 *   out   tokens with their place; every opening token knows where it closes
 * Texts are slices of the sheet's text or, where they hold escapes, copies in the arena. */
#ifndef N2P_CSS_TOKENS_H
#define N2P_CSS_TOKENS_H

#include "base/base.h"

typedef enum {
    TOKEN_END,
    TOKEN_SPACE,
    TOKEN_IDENT,
    TOKEN_FUNCTION,
    TOKEN_AT,
    TOKEN_HASH,
    TOKEN_STRING,
    TOKEN_BAD_STRING,
    TOKEN_URL,
    TOKEN_BAD_URL,
    TOKEN_DELIM,
    TOKEN_NUMBER,
    TOKEN_PERCENTAGE,
    TOKEN_DIMENSION,
    TOKEN_CDO,
    TOKEN_CDC,
    TOKEN_COLON,
    TOKEN_SEMICOLON,
    TOKEN_COMMA,
    TOKEN_OPEN_SQUARE,
    TOKEN_CLOSE_SQUARE,
    TOKEN_OPEN_ROUND,
    TOKEN_CLOSE_ROUND,
    TOKEN_OPEN_CURLY,
    TOKEN_CLOSE_CURLY
} TokenKind;

typedef struct Token {
    uint8_t kind;
    bool integer;     /* numbers: type integer; HASH: type id */
    bool sign;        /* numbers: written with + or - */
    uint32_t delim;   /* DELIM: the code point */
    int32_t match;    /* FUNCTION ( [ {: steps to the closing token, or past the last one where it is missing */
    uint32_t size;    /* of text */
    const char *text; /* IDENT FUNCTION AT HASH STRING URL: value; DIMENSION: unit. Not NUL-terminated */
    const char *raw;  /* as written */
    uint32_t raw_size;
    int32_t line, column; /* from 1; columns count code points */
    double number;
} Token;

typedef struct {
    Arena *arena;
    const char *at, *end;
    const char *place; /* how far line and column have been counted */
    int line, column;
} Tokenizer;
typedef VEC(Token) TokenList;

/* css-syntax-3 3.3: CR, CRLF, FF become LF, NUL and bad bytes U+FFFD; the text itself where nothing changes. */
Bytes css_preprocess(Arena *arena, const char *text, size_t size);
Tokenizer tokenizer_start(Arena *arena, Bytes text, int line, int column);
/* All tokens up to the end. */
void tokens_read(Tokenizer *tokenizer, TokenList *list);
/* The tokens of the next top-level rule (with spaces, CDO and CDC before it); false: none are left. list is emptied first. */
bool tokens_read_rule(Tokenizer *tokenizer, TokenList *list);

bool token_is(const Token *token, const char *ident); /* IDENT or FUNCTION or AT of that name, any case */
bool token_is_delim(const Token *token, char delim);
int token_unit_compare(const Token *token, const char *unit); /* 0: its text is that, any case */
/* Tokens as written; the excerpt is cut between letters to EXCERPT_MOST bytes, for messages. */
enum { EXCERPT_MOST = 60 };
const char *tokens_text(Arena *arena, const Token *from, const Token *to);
const char *tokens_excerpt(Arena *arena, const Token *from, const Token *to);

#endif
