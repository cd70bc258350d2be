/* css/rules.h: a style sheet as data: what css_read makes and style reads.
 * Rules of @media and @supports blocks that apply stand among the others; those that don't are gone.
 * Rules of imported sheets stand where the @import was. */
#ifndef N2P_CSS_RULES_H
#define N2P_CSS_RULES_H

#include "css/selectors.h"
#include "css/shorthands.h"

/* Tokens of a custom property, or of a value with var(), attr() or env() to be put in later. */
typedef struct TokenText {
    int count;
    const Token *at;
    const ShorthandRow *shorthand; /* the value is a shorthand's, NULL: a longhand's */
    const char *base;              /* for url() */
    bool has_attr;                 /* attr() of the element is to be put in */
} TokenText;
typedef struct {
    uint16_t property; /* longhand, or PROPERTY_CUSTOM */
    bool important;
    int32_t line, column;
    Name custom;        /* name of a custom property, with its dashes */
    const Value *value; /* specified value; NULL: see tokens */
    const TokenText *tokens;
} Declaration;
typedef struct DeclarationBlock {
    int count;
    const Declaration *at;
    bool any_important, any_attr;
    const char *file;
} DeclarationBlock;

typedef struct {
    const SelectorList *selectors;
    const DeclarationBlock *block;
    int layer; /* index in layers + 1; 0: in none */
    int line, column;
    const char *file;
} StyleRule;

typedef struct {
    Name name; /* NULL: any page */
    bool first, left, right, blank, nth;
    int a, b;
    Name nth_of;          /* :nth(... of name) */
    uint32_t specificity; /* name << 20 | first, blank, nth << 10 | left, right */
} PageSelector;
typedef struct {
    int count; /* of selectors; at least 1 */
    const PageSelector *selectors;
    const DeclarationBlock *block;
    const DeclarationBlock *margin[16]; /* in the order of style.h's MarginBox; NULL: not said */
    const DeclarationBlock *footnote;   /* @footnote; NULL: not said */
    int layer;
    int line, column;
} PageRule;

typedef enum {
    COUNTER_CYCLIC,
    COUNTER_NUMERIC,
    COUNTER_ALPHABETIC,
    COUNTER_SYMBOLIC,
    COUNTER_ADDITIVE,
    COUNTER_FIXED,
    COUNTER_EXTENDS
} CounterSystem;
typedef struct {
    Name name;
    uint8_t system;
    int first; /* of fixed */
    Name extends;
    const char *negative_before, *negative_after, *prefix, *suffix, *pad_symbol; /* NULL: not said */
    int pad;                                                                     /* 0: none */
    int range_count;                                                             /* -1: auto, -2: not said */
    const int (*ranges)[2];
    Name fallback; /* NULL: decimal */
    int symbol_count;
    const char *const *symbols;
    const int *weights; /* additive: descending, beside symbols */
    int layer;
} CounterStyleRule;

typedef struct { /* @property */
    Name name;
    bool inherits;
    const TokenText *initial; /* NULL: none */
} PropertyRule;

struct StyleSheet {
    uint8_t origin;
    const char *file;
    Names *names; /* every Name of the sheet is interned here */
    VEC(StyleRule) rules;
    VEC(PageRule) pages;
    VEC(FontFace) faces;
    VEC(ColorProfileRule) profiles;
    VEC(CounterStyleRule) counter_styles;
    VEC(PropertyRule) properties;
    VEC(Name) layers; /* full names in order of appearance: "base.type"; anonymous ones begin with a digit */
};

/* Declarations of a block's content, for a style attribute and for @page; at-rules in it are handed to at_rule. */
typedef struct SheetReader SheetReader;
const DeclarationBlock *declarations_read(Reader *reader, TokenRange content);
/* A declaration's value with every var() put in already: adds longhands to list. False: not valid. */
typedef VEC(Declaration) DeclarationList;
bool declaration_add(Reader *reader, DeclarationList *list, const SyntaxItem *item);
const DeclarationBlock *block_of(Reader *reader, const DeclarationList *list);
bool tokens_have_substitution(TokenRange range); /* var(), env(), or attr() outside content */

/* Of at-rules, in atrules.c. */
void font_face_read(Reader *reader, TokenRange content, const Token *place, StyleSheet *sheet);
void color_profile_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, StyleSheet *sheet);
void counter_style_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, int layer,
                        StyleSheet *sheet);
void page_rule_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, int layer,
                    StyleSheet *sheet);
void property_rule_read(Reader *reader, TokenRange prelude, TokenRange content, StyleSheet *sheet);
const TokenText *token_text_copy(Reader *reader, TokenRange range, const ShorthandRow *shorthand);

/* Of conditions, in conditions.c. */
bool media_matches(Reader *reader, TokenRange query);
bool supports_matches(Reader *reader, TokenRange condition);

/* Messages at a token. */
Source token_source(const Reader *reader, const Token *token);
int reader_warn(Reader *reader, const Token *token, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5))); /* -1: silent */
void reader_start(Reader *reader, Arena *arena, Names *names, const char *file, const char *base, Origin origin,
                  const CssContext *context, Diag *diag);

#endif
