/* Sharing: equal rules below equal parents are computed once. See cascade.h. */
#include "style/cascade.h"

typedef struct CachedStyle {
    struct CachedStyle *next; /* in its chain */
    const Style *parent, *box_parent;
    const CustomSet *custom;
    Name language;
    const Node *node;
    Computed computed;
    uint32_t hash;
    uint16_t count;
    bool root, page;
    uint8_t pseudo;
    const DeclarationBlock *blocks[];
} CachedStyle;
struct ComputedCache {
    CachedStyle **chains;
    uint32_t room, count;
};

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0xff51afd7ed558ccdu;
    return hash ^ hash >> 32;
}

static uint32_t context_hash(const ComputeContext *x, const MatchedList *matched)
{
    uint64_t hash = mix(mix(1469598103934665603u, (uintptr_t)x->parent), (uintptr_t)x->box_parent);
    hash = mix(mix(mix(hash, (uintptr_t)x->custom), (uintptr_t)x->language), (uintptr_t)x->node);
    hash = mix(hash, (uint64_t)x->pseudo * 4 + (uint64_t)x->root * 2 + x->page);
    for (int i = 0; i < matched->count; i++)
        hash = mix(hash, (uintptr_t)matched->at[i].block);
    return (uint32_t)hash;
}

static bool is_cached(const CachedStyle *c, uint32_t hash, const ComputeContext *x, const MatchedList *matched)
{
    if (c->hash != hash || c->parent != x->parent || c->box_parent != x->box_parent || c->custom != x->custom ||
        c->language != x->language || c->node != x->node || c->root != x->root || c->page != x->page ||
        c->pseudo != x->pseudo || c->count != matched->count)
        return false;
    for (int i = 0; i < c->count; i++)
        if (c->blocks[i] != matched->at[i].block)
            return false;
    return true;
}

static void cache_grow(Cascade *cascade, ComputedCache *cache)
{
    ComputedCache old = *cache;
    cache->room = old.room ? old.room * 4 : 256;
    cache->chains = NEW_ARRAY(cascade->arena, CachedStyle *, cache->room);
    for (uint32_t i = 0; i < old.room; i++)
        for (CachedStyle *c = old.chains[i], *next; c; c = next) {
            next = c->next;
            c->next = cache->chains[c->hash & (cache->room - 1)];
            cache->chains[c->hash & (cache->room - 1)] = c;
        }
}

static bool any_attr(const MatchedList *matched)
{
    for (int i = 0; i < matched->count; i++)
        if (matched->at[i].block->any_attr)
            return true;
    return false;
}

static Computed compute_and_keep(Cascade *cascade, const ComputeContext *x, const MatchedList *matched, uint32_t hash)
{
    ComputedCache *cache = cascade->computed;
    Computed computed = compute_style(cascade, x, matched);
    if (matched->count > 1000)
        return computed;
    CachedStyle *c = arena_alloc(cascade->arena, sizeof *c + sizeof *c->blocks * (size_t)matched->count);
    *c = (CachedStyle){cache->chains[hash & (cache->room - 1)],
                       x->parent,
                       x->box_parent,
                       x->custom,
                       x->language,
                       x->node,
                       computed,
                       hash,
                       (uint16_t)matched->count,
                       x->root,
                       x->page,
                       x->pseudo};
    for (int i = 0; i < matched->count; i++)
        c->blocks[i] = matched->at[i].block;
    cache->chains[hash & (cache->room - 1)] = c;
    cache->count++;
    return computed;
}

/* Blockification asks only whether the parent is a flex or grid container. */
Computed compute_cached(Cascade *cascade, const ComputeContext *given, const MatchedList *matched)
{
    ComputeContext x = *given;
    if (!blockifies_children(x.box_parent))
        x.box_parent = NULL;
    if (!any_attr(matched))
        x.node = NULL;
    if (!cascade->computed)
        cascade->computed = NEW(cascade->arena, ComputedCache);
    ComputedCache *cache = cascade->computed;
    if (cache->count >= cache->room)
        cache_grow(cascade, cache);
    uint32_t hash = context_hash(&x, matched);
    for (const CachedStyle *c = cache->chains[hash & (cache->room - 1)]; c; c = c->next)
        if (is_cached(c, hash, &x, matched))
            return c->computed;
    return compute_and_keep(cascade, &x, matched, hash);
}
