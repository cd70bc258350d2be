/* css/syntax.h: from tokens to rules and declarations, without knowing what they mean (css-syntax-3 5).
 *   in    a range of tokens
 *   out   its rules or declarations one after another, as ranges of the same tokens */
#ifndef N2P_CSS_SYNTAX_H
#define N2P_CSS_SYNTAX_H

#include "css/tokens.h"

typedef struct {
    const Token *at, *end;
} TokenRange;

typedef enum { SYNTAX_AT_RULE, SYNTAX_QUALIFIED, SYNTAX_DECLARATION, SYNTAX_INVALID } SyntaxKind;
typedef struct {
    uint8_t kind;
    bool has_block, important;
    const Token *first; /* its place; AT_RULE: the at-keyword; DECLARATION: the name */
    TokenRange prelude; /* DECLARATION: the value, spaces as written, without !important */
    TokenRange block;   /* content of the {} block */
} SyntaxItem;

/* The next rule of a rule list, false: none is left. CDO and CDC are skipped at top level. */
bool syntax_next_rule(TokenRange *rest, bool top_level, SyntaxItem *item);
/* The next declaration, at-rule or nested rule of a block's content. */
bool syntax_next_in_block(TokenRange *rest, SyntaxItem *item);
/* One declaration that fills the whole range. */
bool syntax_declaration(TokenRange range, SyntaxItem *item);

const Token *token_after(const Token *token, const Token *end); /* past a token or, if it opens one, its block */
TokenRange token_inside(const Token *open, const Token *end);   /* what a block or function holds */
TokenRange range_trim(TokenRange range);                        /* without spaces at both ends */
/* "An+B" at the start of the range, which moves past it. */
bool syntax_an_plus_b(TokenRange *range, int *a, int *b);
/* One urange that fills the range. */
bool syntax_urange(TokenRange range, uint32_t *first, uint32_t *last);

#endif
