/* Which rules may match: by id, class, type or attribute of the subject; and in what order they count. */
#include "style/cascade.h"

/* ---- layers: css-cascade-5 6.4. A layer's own rules are stronger than those of the layers in it. ---- */
typedef struct LayerNode {
    Name name; /* full name */
    struct LayerNode *parent, *first, *last, *next;
    int level;
} LayerNode;

static LayerNode *layer_child(Arena *arena, LayerNode *parent, Name name)
{
    for (LayerNode *child = parent->first; child; child = child->next)
        if (child->name == name)
            return child;
    LayerNode *child = NEW(arena, LayerNode);
    child->name = name;
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

int layer_level(Cascade *cascade, int sheet, int layer)
{
    return cascade->index.layer_levels[sheet][layer];
}

/* The node of a full name; its outer layers exist already. Anonymous names are made unique per sheet. */
static LayerNode *layer_node(Cascade *cascade, LayerNode *root, Name full, int sheet)
{
    LayerNode *node = root;
    for (const char *at = full;;) {
        const char *dot = strchr(at, '.');
        size_t size = dot ? (size_t)(dot - full) : strlen(full);
        bool anonymous = *at >= '0' && *at <= '9';
        const char *name = anonymous ? arena_format(cascade->arena, "%d:%.*s", sheet, (int)size, full) : full;
        node = layer_child(cascade->arena, node, name_intern(cascade->names, name, anonymous ? strlen(name) : size));
        if (!dot)
            return node;
        at = dot + 1;
    }
}

static void number_layers(RuleIndex *index, Arena *arena, LayerNode *node, uint8_t origin)
{
    for (LayerNode *child = node->first; child; child = child->next)
        number_layers(index, arena, child, origin);
    node->level = index->levels.count;
    VEC_PUSH(arena, index->levels, ((Level){.origin = origin}));
}

typedef struct {
    int *levels; /* by layer index; [0] unlayered */
} SheetLevels;

static SheetLevels *sheet_levels(Cascade *cascade)
{
    static const uint8_t origins[] = {ORIGIN_AGENT, ORIGIN_USER, ORIGIN_AUTHOR};
    Arena *arena = cascade->arena;
    SheetLevels *all = NEW_ARRAY(arena, SheetLevels, cascade->sheet_count);
    for (int o = 0; o < 3; o++) {
        LayerNode root = {0};
        if (origins[o] == ORIGIN_AUTHOR) {
            cascade->index.hints_level = cascade->index.levels.count;
            VEC_PUSH(arena, cascade->index.levels, ((Level){.origin = ORIGIN_AUTHOR, .hints = true}));
        }
        for (int s = 0; s < cascade->sheet_count; s++)
            for (int i = 0; cascade->sheets[s]->origin == origins[o] && i < cascade->sheets[s]->layers.count; i++)
                layer_node(cascade, &root, cascade->sheets[s]->layers.at[i], s);
        number_layers(&cascade->index, arena, &root, origins[o]);
        for (int s = 0; s < cascade->sheet_count; s++) {
            const StyleSheet *sheet = cascade->sheets[s];
            if (sheet->origin != origins[o])
                continue;
            all[s].levels = NEW_ARRAY(arena, int, sheet->layers.count + 1);
            all[s].levels[0] = root.level;
            for (int i = 0; i < sheet->layers.count; i++)
                all[s].levels[i + 1] = layer_node(cascade, &root, sheet->layers.at[i], s)->level;
        }
    }
    cascade->index.inline_level = cascade->index.levels.count;
    VEC_PUSH(arena, cascade->index.levels, ((Level){.origin = ORIGIN_AUTHOR, .inline_style = true}));
    return all;
}

/* ---- buckets ---- */
static uint32_t hash_pointer(const void *key)
{
    uint64_t bits = (uint64_t)(uintptr_t)key;
    return (uint32_t)((bits ^ bits >> 17) * 0x9e3779b97f4a7c15u >> 32);
}

const EntryIndices *bucket_find(const BucketMap *map, const void *key)
{
    if (!map->count)
        return NULL;
    for (uint32_t at = hash_pointer(key) & (map->room - 1); map->slots[at].key; at = (at + 1) & (map->room - 1))
        if (map->slots[at].key == key)
            return &map->slots[at].entries;
    return NULL;
}

EntryIndices *bucket_make(Arena *arena, BucketMap *map, const void *key)
{
    if (map->count * 2 >= map->room) {
        BucketMap old = *map;
        map->room = old.room ? old.room * 2 : 64;
        map->slots = NEW_ARRAY(arena, Bucket, map->room);
        for (uint32_t i = 0; i < old.room; i++) {
            if (!old.slots[i].key)
                continue;
            uint32_t at = hash_pointer(old.slots[i].key) & (map->room - 1);
            while (map->slots[at].key)
                at = (at + 1) & (map->room - 1);
            map->slots[at] = old.slots[i];
        }
    }
    uint32_t at = hash_pointer(key) & (map->room - 1);
    while (map->slots[at].key && map->slots[at].key != key)
        at = (at + 1) & (map->room - 1);
    map->count += !map->slots[at].key;
    map->slots[at].key = key;
    return &map->slots[at].entries;
}

static const Simple *find_simple(const Compound *compound, SimpleKind kind)
{
    for (int i = 0; i < compound->count; i++)
        if (compound->simples[i].kind == kind && (kind != SIMPLE_TYPE || compound->simples[i].name))
            return &compound->simples[i];
    return NULL;
}

static void add_to_bucket(Cascade *cascade, int entry, const Compound *compound)
{
    RuleIndex *index = &cascade->index;
    Arena *arena = cascade->arena;
    bool quirks = cascade->document->quirks; /* ids and classes match without case */
    const Simple *s;
    EntryIndices *list = &index->others;
    if ((s = find_simple(compound, SIMPLE_ID)) != NULL && !quirks) {
        list = bucket_make(arena, &index->ids, s->name);
    } else if ((s = find_simple(compound, SIMPLE_CLASS)) != NULL && !quirks) {
        list = bucket_make(arena, &index->classes, s->name);
    } else if ((s = find_simple(compound, SIMPLE_TYPE)) != NULL) {
        list = bucket_make(arena, &index->types, s->lower);
        if (s->name != s->lower) /* an element of XML keeps its case */
            VEC_PUSH(arena, *bucket_make(arena, &index->types, s->name), entry);
        list = bucket_make(arena, &index->types, s->lower);
    } else if ((s = find_simple(compound, SIMPLE_ATTRIBUTE)) != NULL && s->name == s->lower) {
        list = bucket_make(arena, &index->attributes, s->name);
    }
    VEC_PUSH(arena, *list, entry);
}

/* ---- ancestor hashes ---- */
static void ancestor_hashes(const Cascade *cascade, const Selector *selector, uint32_t hashes[4])
{
    int count = 0;
    if (cascade->document->quirks)
        return;
    for (int c = 1; c < selector->count && count < 4; c++) {
        char link = selector->compounds[c - 1].combinator;
        for (int i = 0; (link == ' ' || link == '>') && i < selector->compounds[c].count && count < 4; i++) {
            const Simple *s = &selector->compounds[c].simples[i];
            if (s->kind == SIMPLE_ID || s->kind == SIMPLE_CLASS)
                hashes[count++] = filter_hash(s->name, s->kind);
            else if (s->kind == SIMPLE_TYPE && s->name && s->name == s->lower)
                hashes[count++] = filter_hash(s->name, SIMPLE_TYPE);
        }
    }
}

uint64_t cascade_key(int level, uint32_t specificity, uint32_t order)
{
    return (uint64_t)(level > 1023 ? 1023 : level) << 54 | (uint64_t)specificity << 24 | (order & 0xFFFFFF);
}

static void index_sheet(Cascade *cascade, const StyleSheet *sheet, const SheetLevels *levels, uint32_t *order)
{
    for (int r = 0; r < sheet->rules.count; r++) {
        const StyleRule *rule = &sheet->rules.at[r];
        ++*order;
        for (int i = 0; rule->selectors && i < rule->selectors->count; i++) {
            const Selector *selector = &rule->selectors->at[i];
            if (selector->pseudo == PSEUDO_NEVER)
                continue;
            RuleEntry entry = {.selector = selector,
                               .block = rule->block,
                               .key = cascade_key(levels->levels[rule->layer], selector->specificity, *order)};
            ancestor_hashes(cascade, selector, entry.ancestors);
            VEC_PUSH(cascade->arena, cascade->index.entries, entry);
            add_to_bucket(cascade, cascade->index.entries.count - 1, &selector->compounds[0]);
        }
    }
}

void index_build(Cascade *cascade)
{
    SheetLevels *levels = sheet_levels(cascade);
    uint32_t order = 0;
    cascade->index.layer_levels = NEW_ARRAY(cascade->arena, const int *, cascade->sheet_count);
    for (int s = 0; s < cascade->sheet_count; s++)
        cascade->index.layer_levels[s] = levels[s].levels;
    for (int s = 0; s < cascade->sheet_count; s++)
        index_sheet(cascade, cascade->sheets[s], &levels[s], &order);
}

/* ---- what matches an element ---- */
void sort_matched(MatchedList *list)
{
    Matched *at = list->at;
    if (list->count < 24) {
        for (int i = 1; i < list->count; i++) {
            Matched one = at[i];
            int j = i;
            for (; j > 0 && at[j - 1].key > one.key; j--)
                at[j] = at[j - 1];
            at[j] = one;
        }
        return;
    }
    for (int start = list->count / 2 - 1, end = list->count; end > 1;) { /* heap sort: no worst case */
        Matched one;
        int root;
        if (start >= 0) {
            root = start--;
        } else {
            one = at[--end];
            at[end] = at[0];
            at[0] = one;
            root = 0;
        }
        for (int child; (child = 2 * root + 1) < end; root = child) {
            child += child + 1 < end && at[child].key < at[child + 1].key;
            if (at[root].key >= at[child].key)
                break;
            one = at[root];
            at[root] = at[child];
            at[child] = one;
        }
    }
}

static bool filter_allows(const Matcher *matcher, const uint32_t hashes[4])
{
    for (int i = 0; i < 4 && hashes[i]; i++)
        if (!matcher->counts[hashes[i] & 4095] || !matcher->counts[hashes[i] >> 12 & 4095])
            return false;
    return true;
}

static void try_entries(Cascade *cascade, const EntryIndices *indices, const Node *node,
                        MatchedList lists[PSEUDO_NEVER])
{
    for (int i = 0; indices && i < indices->count; i++) {
        const RuleEntry *entry = &cascade->index.entries.at[indices->at[i]];
        if (cascade->matcher.filter && !filter_allows(&cascade->matcher, entry->ancestors))
            continue;
        if (match_selector(&cascade->matcher, entry->selector, node))
            VEC_PUSH(cascade->arena, lists[entry->selector->pseudo], ((Matched){entry->block, entry->key}));
    }
}

/* Of two selectors of one rule the more specific counts. */
static void drop_repeats(MatchedList *list)
{
    int to = 0;
    for (int i = 0; i < list->count; i++) {
        bool again = false;
        for (int j = i + 1; j < list->count && j < i + 64 && !again; j++)
            again = list->at[j].block == list->at[i].block;
        if (!again)
            list->at[to++] = list->at[i];
    }
    list->count = to;
}

void cascade_match(Cascade *cascade, const Node *node, MatchedList lists[PSEUDO_NEVER])
{
    const RuleIndex *index = &cascade->index;
    for (int i = 0; i < PSEUDO_NEVER; i++)
        lists[i].count = 0;
    if (node->id)
        try_entries(cascade, bucket_find(&index->ids, node->id), node, lists);
    for (int i = 0; i < node->class_count; i++)
        try_entries(cascade, bucket_find(&index->classes, node->classes[i]), node, lists);
    try_entries(cascade, bucket_find(&index->types, node->name), node, lists);
    if (index->attributes.count)
        for (int i = 0; i < node->attribute_count; i++)
            try_entries(cascade, bucket_find(&index->attributes, node->attributes[i].name), node, lists);
    try_entries(cascade, &index->others, node, lists);
    const DeclarationBlock *hints = hints_block(cascade, node), *inlined = inline_block(cascade, node);
    if (hints)
        VEC_PUSH(cascade->arena, lists[0], ((Matched){hints, cascade_key(index->hints_level, 0, 0)}));
    if (inlined)
        VEC_PUSH(cascade->arena, lists[0], ((Matched){inlined, cascade_key(index->inline_level, 0, 0)}));
    for (int i = 0; i < PSEUDO_NEVER; i++) {
        sort_matched(&lists[i]);
        if (lists[i].count > 1)
            drop_repeats(&lists[i]);
    }
}
