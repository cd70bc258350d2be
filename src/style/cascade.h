/* style/cascade.h: what the files of this folder share. Nobody else includes it. */
#ifndef N2P_STYLE_CASCADE_H
#define N2P_STYLE_CASCADE_H

#include "css/rules.h"
#include "style/style.h"

/* ---- levels: origins and layers in ascending order of normal declarations ---- */
typedef struct {
    uint8_t origin;
    bool inline_style, hints;
} Level;

/* One selector of one rule. */
typedef struct RuleEntry {
    const Selector *selector;
    const DeclarationBlock *block;
    uint64_t key;          /* level << 54 | specificity << 24 | order */
    uint32_t ancestors[4]; /* hashes that the ancestor filter must hold; 0: no more */
} RuleEntry;
typedef VEC(int) EntryIndices;
typedef struct {
    const void *key;
    EntryIndices entries;
} Bucket;
typedef struct {
    Bucket *slots;
    uint32_t room, count;
} BucketMap;
typedef struct RuleIndex {
    VEC(RuleEntry) entries;
    BucketMap ids, classes, types, attributes;
    EntryIndices others;
    VEC(Level) levels;
    int hints_level, inline_level;
    const int **layer_levels; /* by sheet, by layer index */
} RuleIndex;

/* ---- matching ---- */
typedef struct NthCache {
    const SelectorList *of;
    bool of_type, last;
    int32_t *index; /* by Node.index; 0: not counted yet, -1: not among S */
    struct NthCache *next;
} NthCache;
typedef struct HasCache {
    const Selector *selector;
    uint8_t *state; /* by Node.index: 0 unknown, 1 no, 2 yes */
    struct HasCache *next;
} HasCache;
typedef struct Matcher {
    Arena *arena;
    const Document *document;
    const Node *scope;
    NthCache *nths;
    HasCache *hases;
    bool filter; /* the ancestor filter is up to date */
    uint16_t counts[4096];
    Name lang, xml_lang, dir, href, disabled, checked, selected;
} Matcher;
bool match_selector(Matcher *matcher, const Selector *selector, const Node *node);
void filter_push(Matcher *matcher, const Node *node);
void filter_pop(Matcher *matcher, const Node *node);
uint32_t filter_hash(const void *name, uint32_t salt);

/* ---- custom properties ---- */
typedef struct {
    Name name;
    const TokenText *tokens; /* NULL: guaranteed-invalid */
} CustomVar;
typedef struct CustomSet {
    int count;
    const CustomVar *at; /* sorted by address of the name: for looking up only */
} CustomSet;

/* ---- the result for one element or pseudo-element ---- */
typedef struct {
    const Style *style;
    const CustomSet *custom;
} Computed;

typedef struct {
    const DeclarationBlock *block;
    uint64_t key;
} Matched;
typedef VEC(Matched) MatchedList;

typedef enum {
    GROUP_FONT,
    GROUP_TEXT,
    GROUP_BOX,
    GROUP_DECORATION,
    GROUP_FRAGMENTATION,
    GROUP_CONTENT,
    GROUP_FLEX,
    GROUP_COUNT
} GroupId;
typedef struct {
    uint8_t group;
    char type;
    uint16_t offset, size;
} FieldRow;
extern const FieldRow field_rows[PROPERTY_COUNT];
extern const uint16_t group_sizes[GROUP_COUNT];

/* ---- interning ---- */
typedef struct {
    void **slots;
    uint32_t *hashes;
    uint32_t room, count;
} InternTable;
const void *intern_bytes(Arena *arena, InternTable *table, const void *data, uint32_t size);
const Value *intern_value(Arena *arena, InternTable *table, const Value *value);

typedef struct ComputedCache ComputedCache;
typedef struct TextCache TextCache; /* blocks by the text that they were parsed from */
typedef struct CounterStyles CounterStyles;
typedef struct TargetUse { /* a target-counter() of another counter than page: known when all is counted */
    ContentItem *item;
    Name id;
    const Value *function;
} TargetUse;
typedef struct TargetFacts {
    Name id, counter;
    int count;
    const int *values;
} TargetFacts;
typedef struct PageCache PageCache;

struct Cascade {
    Arena *arena;
    const Document *document;
    Names *names;
    const StyleSheet *const *sheets;
    int sheet_count;
    StyleContext context;
    StyleMetrics metrics;
    CssContext css_context; /* page_width, page_height: the default page */
    Len viewport_width, viewport_height;
    Diag *diag;
    Reader *reader; /* for values with var(), style attributes, hints */
    RuleIndex index;
    Matcher matcher;
    InternTable groups[GROUP_COUNT], styles, values;
    const Style *initial;   /* computed */
    void *raw[GROUP_COUNT]; /* initial values before line widths without a style become 0 */
    const Value *specified_initial[PROPERTY_COUNT];
    const CustomSet *base_custom, *root_custom; /* of @property; of the root element */
    VEC(const PropertyRule *) properties;       /* @property, one a name */
    BucketMap property_places;                  /* of names in it */
    bool any_uninherited;                       /* one of them doesn't inherit */
    const Style *root;                          /* the root element's style, once known */
    ComputedCache *computed;
    TextCache *inline_blocks, *hint_blocks;
    const Name *hint_names;
    CounterStyles *counter_styles;
    PageCache *pages;
    Name list_item, page, pages_name, footnote;
    VEC(TargetUse) target_uses;
    VEC(TargetFacts) target_facts;
    VEC(Name) target_counters; /* counters that some target-counter() names */
    bool ids_indexed;
    BucketMap ids_known; /* id -> index in id_nodes */
    VEC(const Node *) id_nodes;
};
typedef struct Cascade Cascade;

/* index.c */
void index_build(Cascade *cascade);
int layer_level(Cascade *cascade, int sheet, int layer);               /* of a sheet's rule */
uint64_t cascade_key(int level, uint32_t specificity, uint32_t order); /* RuleEntry.key */
const EntryIndices *bucket_find(const BucketMap *map, const void *key);
EntryIndices *bucket_make(Arena *arena, BucketMap *map, const void *key);
/* Rules that match, by pseudo-element, each list sorted from the weakest. lists is emptied first. */
void cascade_match(Cascade *cascade, const Node *node, MatchedList lists[PSEUDO_NEVER]);
void sort_matched(MatchedList *list);

/* hints.c */
const DeclarationBlock *hints_block(Cascade *cascade, const Node *node); /* NULL: none */
const DeclarationBlock *inline_block(Cascade *cascade, const Node *node);
TextCache *text_cache_new(Arena *arena);
const DeclarationBlock **text_cache_slot(TextCache *cache, const char *text, size_t size, bool *known);

/* variables.c */
const CustomSet *custom_resolve(Cascade *cascade, const CustomSet *parent, const Node *node,
                                const Declaration *const *declared, int count);
const CustomSet *custom_inherit(Cascade *cascade, const CustomSet *parent);
const CustomSet *custom_override(Cascade *cascade, const CustomSet *set, const char *const *pairs);
/* node: whose attributes attr() reads; NULL: it has none. */
bool substitute(Cascade *cascade, const CustomSet *set, const Node *node, const TokenText *text, TokenList *out);
const TokenText *custom_value(const CustomSet *set, Name name); /* NULL: none */
void custom_prepare(Cascade *cascade);

/* compute.c */
void initial_prepare(Cascade *cascade);
typedef struct {
    const Style *parent;     /* NULL: the root */
    const Style *box_parent; /* whose display decides blockification; NULL: none */
    const CustomSet *custom; /* the parent's */
    Name language;           /* NULL: the parent's */
    const Node *node;        /* where attr() is used: the element, else NULL */
    bool root, page;
    uint8_t pseudo; /* PseudoElement: which properties it takes */
} ComputeContext;
Computed compute_style(Cascade *cascade, const ComputeContext *context, const MatchedList *matched);
bool blockifies_children(const Style *box_parent); /* a flex or grid container; NULL: no */
/* share.c: the same through the cache: equal rules below equal parents give the same pointers. */
Computed compute_cached(Cascade *cascade, const ComputeContext *context, const MatchedList *matched);
const Style *style_intern(Cascade *cascade, const Style *style);
const void *group_of(const Style *style, GroupId group);

/* counters.c */
typedef struct CounterState CounterState;
CounterState *counters_new(Cascade *cascade);
void counters_apply(CounterState *state, const Style *style, const Node *node, bool list_item);
void counters_enter(CounterState *state); /* the children of what was applied last */
void counters_leave(CounterState *state);
bool counter_value(const CounterState *state, Name name, int *value);
int counter_values(const CounterState *state, Name name, const int **values); /* from the outermost */
int *counters_quote_depth(CounterState *state);
void footnote_counter(CounterState *state);

/* counter_styles.c */
void counter_styles_prepare(Cascade *cascade);
const char *counter_text(Cascade *cascade, Arena *arena, const Value *style,
                         int value); /* IDENT, STRING, symbols(); NULL: decimal */
const char *counter_marker_text(Cascade *cascade, Arena *arena, const Value *style,
                                int value); /* with prefix and suffix */
const char *counter_name_text(Cascade *cascade, Arena *arena, Name style, int value);

/* content.c */
typedef struct {
    Cascade *cascade;
    Arena *arena;
    const Node *node;
    const Style *style;
    CounterState *counters; /* NULL: a page's margin box: every counter is left to layout */
    const StyledNode *nodes;
} ContentContext;
Content content_build(const ContentContext *context, const Value *items);
const char *content_text(const ContentContext *context, const Value *items,
                         int from); /* items from that one on, as a string */
/* Targets: what is known at an element, and putting it into the items at the end. */
void targets_prepare(Cascade *cascade);
void targets_note(Cascade *cascade, const CounterState *counters, const Node *node);
void targets_finish(Cascade *cascade);
const char *attribute_text(const Node *node, const Value *function); /* of attr(); NULL: absent, no fallback */

/* page.c */
void viewport_prepare(Cascade *cascade); /* viewport units: the first page's area (css-values-4 6.1.2) */

#endif
