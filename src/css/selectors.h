/* css/selectors.h: selectors as data (selectors-4). Matching is style's.
 * Compounds stand from the subject leftwards. */
#ifndef N2P_CSS_SELECTORS_H
#define N2P_CSS_SELECTORS_H

#include "css/values.h"

typedef enum {
    SIMPLE_TYPE, /* name NULL: universal; ns_any or ns */
    SIMPLE_ID,
    SIMPLE_CLASS,
    SIMPLE_ATTRIBUTE, /* name, operation, value */
    SIMPLE_IS,        /* any of list; also :where and & */
    SIMPLE_NOT,
    SIMPLE_HAS,
    SIMPLE_NTH, /* a, b, last, of_type, list (of S) */
    SIMPLE_ROOT,
    SIMPLE_SCOPE,
    SIMPLE_EMPTY,
    SIMPLE_LINK,
    SIMPLE_LANG,
    SIMPLE_DIR,
    SIMPLE_CHECKED,
    SIMPLE_DISABLED,
    SIMPLE_ENABLED,
    SIMPLE_ALWAYS,
    SIMPLE_NEVER
} SimpleKind;
struct Selector;
typedef struct SelectorList {
    int count;
    int cost; /* the sum of theirs */
    const struct Selector *at;
} SelectorList;
typedef struct {
    uint8_t kind;
    char operation;              /* ATTRIBUTE: 0 present, = ~ | ^ $ * */
    bool ignore_case, keep_case; /* ATTRIBUTE flags i and s */
    bool html_ignore_case;       /* ATTRIBUTE: HTML compares its value without case */
    bool ns_any;                 /* TYPE, ATTRIBUTE: any namespace; otherwise ns, NULL none */
    bool last, of_type, rtl;
    int a, b;
    Name name, lower; /* lower: in HTML documents */
    Name ns;
    const char *value;         /* ATTRIBUTE */
    const char *const *ranges; /* LANG */
    int range_count;
    const SelectorList *list;
} Simple;
typedef struct {
    char combinator; /* to the next compound (on its left): ' ' > + ~; 0: the last one */
    int count;
    const Simple *simples;
} Compound;
typedef enum {
    ELEMENT_ITSELF,
    PSEUDO_BEFORE,
    PSEUDO_AFTER,
    PSEUDO_MARKER,
    PSEUDO_FIRST_LINE,
    PSEUDO_FIRST_LETTER,
    PSEUDO_FOOTNOTE_CALL,
    PSEUDO_FOOTNOTE_MARKER,
    PSEUDO_NEVER
} PseudoElement;
typedef struct Selector {
    int count;
    const Compound *compounds;
    uint32_t specificity; /* a << 20 | b << 10 | c */
    int cost;             /* simple selectors to look at for one element, with those of the lists that it names */
    uint8_t pseudo;
    bool anchored; /* in :has(): the last compound's combinator leads to the anchor */
} Selector;

/* A selector list that fills the range; NULL: not valid. parent: the rule around a nested one, NULL: none. */
const SelectorList *selectors_parse(Reader *reader, TokenRange in, const SelectorList *parent);

#endif
