/* Custom properties and var(): css-variables-1, @property of css-properties-values-api-1, env(). */
#include <stdlib.h>

#include "style/cascade.h"

enum { TOKENS_MOST = 1 << 16, DEPTH_MOST = 64 };

/* ---- sets, sorted by the address of the interned name ---- */
static int compare_vars(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const CustomVar *)a)->name, y = (uintptr_t)((const CustomVar *)b)->name;
    return x < y ? -1 : x > y;
}

static const CustomVar *find_var(const CustomSet *set, Name name)
{
    int from = 0, to = set ? set->count : 0;
    while (from < to) {
        int middle = (from + to) / 2;
        if (set->at[middle].name == name)
            return &set->at[middle];
        if ((uintptr_t)set->at[middle].name < (uintptr_t)name)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

const TokenText *custom_value(const CustomSet *set, Name name)
{
    const CustomVar *var = find_var(set, name);
    return var ? var->tokens : NULL;
}

/* parent with some values changed (later ones win); names compare by address. */
static const CustomSet *with_changes(Arena *arena, const CustomSet *parent, CustomVar *changes, int count)
{
    if (!count)
        return parent;
    qsort(changes, (size_t)count, sizeof *changes, compare_vars);
    int old = parent ? parent->count : 0, i = 0, j = 0, to = 0;
    CustomVar *at = NEW_ARRAY(arena, CustomVar, old + count);
    while (i < old || j < count) {
        bool take_old = j == count || (i < old && (uintptr_t)parent->at[i].name < (uintptr_t)changes[j].name);
        if (!take_old && i < old && parent->at[i].name == changes[j].name)
            i++;
        at[to++] = take_old ? parent->at[i++] : changes[j++];
    }
    CustomSet *set = NEW(arena, CustomSet);
    *set = (CustomSet){to, at};
    return set;
}

/* ---- substitution ---- */
typedef struct Pending { /* a property of the element that is being resolved */
    const Declaration *declaration;
    const TokenText *tokens;
    uint8_t state; /* 0 waiting, 1 being resolved, 2 done */
    bool in_cycle;
    struct Pending *below; /* the one that referred to it */
} Pending;
typedef struct {
    Cascade *cascade;
    const CustomSet *set;
    const Node *node;
    Pending *pending;   /* of this element; looked at before set */
    BucketMap *waiting; /* names of pending; NULL: there are none */
    Pending *active;    /* being resolved, innermost first */
    int depth, tokens;
} Substitution;

static bool put_tokens(Substitution *s, const Token *from, const Token *end, TokenList *out);
static const TokenText *resolve_pending(Substitution *s, Pending *p);

static const TokenText *lookup(Substitution *s, Name name)
{
    const EntryIndices *own = s->waiting ? bucket_find(s->waiting, name) : NULL;
    if (own)
        return resolve_pending(s, &s->pending[own->at[0]]);
    const CustomVar *var = find_var(s->set, name);
    return var ? var->tokens : NULL;
}

/* ---- attr(): css-values-5 7.7, also with the older types ---- */
static bool fits_type(Substitution *s, const Token *type, TokenRange in)
{
    Reader *reader = s->cascade->reader;
    const Value *value = NULL;
    in = range_trim(in);
    if (token_is(type, "color"))
        value = take_color(reader, &in);
    else if (token_is(type, "integer"))
        value = take_integer(reader, &in, -INT_MAX);
    else if (token_is(type, "number"))
        value = take_number(reader, &in, -1e9);
    else if (token_is(type, "length"))
        value = take_size(reader, &in, ALLOW_NEGATIVE);
    else if (token_is(type, "percentage"))
        value = take_percentage(reader, &in);
    else if (token_is(type, "length-percentage"))
        value = take_size(reader, &in, ALLOW_NEGATIVE | ALLOW_PERCENT);
    else if (token_is(type, "angle"))
        value = take_angle(reader, &in, false);
    else if (token_is(type, "custom-ident") || token_is(type, "ident"))
        value = take_custom_ident(reader, &in);
    else if (token_is(type, "string"))
        value = take_string(reader, &in);
    else if (token_is(type, "url"))
        value = take_url(reader, &in);
    else
        return token_is_delim(type, '*');
    return value && range_empty(&in);
}

static bool is_type_name(const Token *type)
{
    return type->kind == TOKEN_IDENT &&
           word_in_list("color integer number length percentage length-percentage angle custom-ident ident string url",
                        type->text, type->size);
}

static Token token_of(TokenKind kind, const char *text, const Token *place)
{
    uint32_t size = (uint32_t)strlen(text);
    return (Token){.kind = (uint8_t)kind,
                   .text = text,
                   .size = size,
                   .raw = text,
                   .raw_size = size,
                   .line = place->line,
                   .column = place->column};
}

/* The attribute's text as tokens of the type; false: it has none or doesn't fit. */
static bool put_attribute(Substitution *s, const char *text, const Token *type, const Token *place, TokenList *out)
{
    Arena *arena = s->cascade->arena;
    TokenList list = {0};
    Unit unit;
    double factor;
    if (!text)
        return false;
    if (!type || token_is(type, "string") || token_is(type, "raw-string") || token_is(type, "url")) {
        VEC_PUSH(arena, *out, token_of(type && token_is(type, "url") ? TOKEN_URL : TOKEN_STRING, text, place));
        return true;
    }
    Tokenizer tokenizer = tokenizer_start(arena, css_preprocess(arena, text, strlen(text)), place->line, place->column);
    tokens_read(&tokenizer, &list);
    TokenRange in = range_trim((TokenRange){list.at, list.at + list.count});
    bool percent = token_is_delim(type, '%');
    if (tokens_have_substitution(in) || in.at >= in.end)
        return false;
    if (percent || (type->kind == TOKEN_IDENT && unit_find(type, &unit, &factor))) { /* a number that gets the unit */
        if (in.end - in.at != 1 || in.at->kind != TOKEN_NUMBER)
            return false;
        Token number = *in.at;
        number.kind = percent ? TOKEN_PERCENTAGE : TOKEN_DIMENSION;
        number.text = type->text;
        number.size = type->size;
        VEC_PUSH(arena, *out, number);
        return true;
    }
    if (!fits_type(s, type, in))
        return false;
    for (const Token *t = in.at; t < in.end; t++)
        VEC_PUSH(arena, *out, *t);
    return true;
}

/* The type: an identifier, %, or what type(<name>) and type(*) name. NULL: none. */
static const Token *take_attr_type(TokenRange *in)
{
    TokenRange inside;
    const Token *t = range_peek(in);
    if (!t || t->kind == TOKEN_COMMA)
        return NULL;
    if (!take_function(in, "type", &inside)) {
        in->at++;
        return t;
    }
    for (const Token *i = inside.at; i < inside.end; i++)
        if (i->kind == TOKEN_IDENT || token_is_delim(i, '*'))
            return i;
    return t;
}

static bool put_attr(Substitution *s, TokenRange in, TokenList *out)
{
    const Token *name = range_peek(&in);
    const char *text = NULL;
    if (!name || name->kind != TOKEN_IDENT)
        return false;
    in.at++;
    for (int i = 0; s->node && i < s->node->attribute_count; i++)
        if (token_unit_compare(name, s->node->attributes[i].name) == 0)
            text = s->node->attributes[i].value;
    const Token *type = take_attr_type(&in);
    if (put_attribute(s, text, type, name, out))
        return true;
    bool fallback = take_delim(&in, ',');
    if (!fallback && !type) {
        VEC_PUSH(s->cascade->arena, *out, token_of(TOKEN_STRING, "", name));
        return true;
    }
    in = range_trim(in);
    if (!fallback || (type && is_type_name(type) && !tokens_have_substitution(in) && !fits_type(s, type, in)))
        return false;
    return put_tokens(s, in.at, in.end, out);
}

static bool put_reference(Substitution *s, TokenRange in, bool environment, TokenList *out)
{
    const Token *t = range_peek(&in);
    bool custom = t && t->kind == TOKEN_IDENT && t->size > 2 && t->text[0] == '-' && t->text[1] == '-';
    if (!t || t->kind != TOKEN_IDENT || (!environment && !custom))
        return false;
    in.at++;
    const TokenText *found = environment ? NULL : lookup(s, name_intern(s->cascade->names, t->text, t->size));
    bool fallback = false;
    while (environment && range_peek(&in) && in.at->kind == TOKEN_NUMBER)
        in.at++;
    if (range_peek(&in)) {
        fallback = in.at->kind == TOKEN_COMMA;
        if (!fallback)
            return false;
        in.at++;
    }
    if (found) {
        s->tokens += found->count;
        if (s->tokens > TOKENS_MOST)
            return false;
        for (int i = 0; i < found->count; i++)
            VEC_PUSH(s->cascade->arena, *out, found->at[i]);
        return true;
    }
    if (!fallback)
        return false;
    in = range_trim(in);
    return put_tokens(s, in.at, in.end, out);
}

static bool put_tokens(Substitution *s, const Token *from, const Token *end, TokenList *out)
{
    if (s->depth >= DEPTH_MOST)
        return false;
    s->depth++;
    bool good = true;
    for (const Token *t = from; t < end && good; t++) {
        bool function = t->kind == TOKEN_FUNCTION, var = function && token_is(t, "var"),
             env = function && token_is(t, "env");
        if (var || env) {
            good = put_reference(s, token_inside(t, end), env, out);
            t = token_after(t, end) - 1;
        } else if (function && token_is(t, "attr")) {
            good = put_attr(s, token_inside(t, end), out);
            t = token_after(t, end) - 1;
        } else if (++s->tokens > TOKENS_MOST) {
            good = false;
        } else {
            VEC_PUSH(s->cascade->arena, *out, *t);
        }
    }
    s->depth--;
    return good;
}

/* The closing places again, after tokens were put in between. */
static void match_again(TokenList *list)
{
    int open = -1;
    for (int i = 0; i < list->count; i++) {
        Token *t = &list->at[i];
        bool opens = t->kind == TOKEN_FUNCTION || t->kind == TOKEN_OPEN_ROUND || t->kind == TOKEN_OPEN_SQUARE ||
                     t->kind == TOKEN_OPEN_CURLY;
        if (opens) {
            t->match = open;
            open = i;
        } else if (open >= 0) {
            const Token *o = &list->at[open];
            TokenKind closer = o->kind == TOKEN_OPEN_SQUARE  ? TOKEN_CLOSE_SQUARE
                               : o->kind == TOKEN_OPEN_CURLY ? TOKEN_CLOSE_CURLY
                                                             : TOKEN_CLOSE_ROUND;
            if (t->kind == closer) {
                int outer = o->match;
                list->at[open].match = i - open;
                open = outer;
            }
        }
    }
    while (open >= 0) {
        int outer = list->at[open].match;
        list->at[open].match = list->count - open;
        open = outer;
    }
}

bool substitute(Cascade *cascade, const CustomSet *set, const Node *node, const TokenText *text, TokenList *out)
{
    Substitution s = {.cascade = cascade, .set = set, .node = node};
    out->count = 0;
    if (!put_tokens(&s, text->at, text->at + text->count, out))
        return false;
    match_again(out);
    return true;
}

/* ---- the custom properties of one element ---- */
static const TokenText *resolve_pending(Substitution *s, Pending *p)
{
    if (p->state == 1) { /* a cycle: everything in it is invalid */
        for (Pending *q = s->active; q; q = q == p ? NULL : q->below)
            q->in_cycle = true;
        return NULL;
    }
    if (p->state == 2)
        return p->tokens;
    const Declaration *d = p->declaration;
    TokenRange range = {d->tokens->at, d->tokens->at + d->tokens->count};
    if (!tokens_have_substitution(range)) {
        p->state = 2;
        return p->tokens = d->tokens;
    }
    Substitution inner = *s;
    TokenList out = {0};
    p->state = 1;
    p->below = s->active;
    inner.active = p;
    inner.tokens = 0;
    inner.depth = s->depth + 1;
    bool good = inner.depth < DEPTH_MOST && put_tokens(&inner, range.at, range.end, &out);
    s->tokens += inner.tokens;
    p->state = 2;
    if (!good || p->in_cycle)
        return NULL;
    match_again(&out);
    TokenText *text = NEW(s->cascade->arena, TokenText);
    *text = (TokenText){.count = out.count, .at = out.at, .base = d->tokens->base};
    return p->tokens = text;
}

static const PropertyRule *registered(const Cascade *cascade, Name name)
{
    const EntryIndices *place = bucket_find(&cascade->property_places, name);
    return place ? cascade->properties.at[place->at[0]] : NULL;
}

static const TokenText *initial_tokens(const Cascade *cascade, Name name)
{
    const PropertyRule *rule = registered(cascade, name);
    return rule ? rule->initial : NULL;
}

const CustomSet *custom_resolve(Cascade *cascade, const CustomSet *parent, const Node *node,
                                const Declaration *const *declared, int count)
{
    Arena *arena = cascade->arena;
    Pending *pending = NEW_ARRAY(arena, Pending, count);
    CustomVar *changes = NEW_ARRAY(arena, CustomVar, count);
    const CustomSet *inherited = custom_inherit(cascade, parent);
    BucketMap names = {0};
    int waiting = 0, changed = 0;
    for (int i = 0; i < count; i++) {
        const Declaration *d = declared[i];
        uint16_t wide = d->value ? d->value->keyword : 0;
        const PropertyRule *rule = wide ? registered(cascade, d->custom) : NULL;
        bool initial = wide == KW_INITIAL || (wide != KW_INHERIT && rule && !rule->inherits);
        if (!wide) {
            VEC_PUSH(arena, *bucket_make(arena, &names, d->custom), waiting);
            pending[waiting++] = (Pending){.declaration = d};
        } else if (initial) {
            changes[changed++] = (CustomVar){d->custom, initial_tokens(cascade, d->custom)};
        } else if (wide == KW_INHERIT) {
            const CustomVar *var = find_var(parent, d->custom);
            changes[changed++] = (CustomVar){d->custom, var ? var->tokens : NULL};
        }
    }
    Substitution s = {.cascade = cascade,
                      .set = with_changes(arena, inherited, changes, changed),
                      .node = node,
                      .pending = pending,
                      .waiting = &names};
    for (int i = 0; i < waiting; i++) {
        s.tokens = 0;
        resolve_pending(&s, &pending[i]);
    }
    CustomVar *own = NEW_ARRAY(arena, CustomVar, waiting);
    for (int i = 0; i < waiting; i++) {
        const TokenText *tokens = pending[i].in_cycle ? NULL : pending[i].tokens;
        own[i] = (CustomVar){pending[i].declaration->custom,
                             tokens ? tokens : initial_tokens(cascade, pending[i].declaration->custom)};
    }
    return with_changes(arena, s.set, own, waiting);
}

/* What a child starts with: without the registered properties that don't inherit. */
const CustomSet *custom_inherit(Cascade *cascade, const CustomSet *parent)
{
    if (!cascade->any_uninherited || !parent)
        return parent;
    VEC(CustomVar) changes = {0};
    for (int i = 0; i < cascade->properties.count; i++) {
        const PropertyRule *rule = cascade->properties.at[i];
        const CustomVar *var = find_var(parent, rule->name);
        if (!rule->inherits && var && var->tokens != rule->initial)
            VEC_PUSH(cascade->arena, changes, ((CustomVar){rule->name, rule->initial}));
    }
    return with_changes(cascade->arena, parent, changes.at, changes.count);
}

/* --set: name, value, ..., NULL. */
const CustomSet *custom_override(Cascade *cascade, const CustomSet *set, const char *const *pairs)
{
    VEC(CustomVar) changes = {0};
    Arena *arena = cascade->arena;
    for (; pairs && pairs[0] && pairs[1]; pairs += 2) {
        const char *name = strncmp(pairs[0], "--", 2) == 0 ? pairs[0] : arena_format(arena, "--%s", pairs[0]);
        TokenList list = {0};
        Tokenizer tokenizer = tokenizer_start(arena, css_preprocess(arena, pairs[1], strlen(pairs[1])), 1, 1);
        tokens_read(&tokenizer, &list);
        CustomVar var = {
            name_of(cascade->names, name),
            token_text_copy(cascade->reader, range_trim((TokenRange){list.at, list.at + list.count}), NULL)};
        int i = 0;
        while (i < changes.count && changes.at[i].name != var.name)
            i++;
        if (i < changes.count)
            changes.at[i] = var;
        else
            VEC_PUSH(arena, changes, var);
    }
    return with_changes(arena, set, changes.at, changes.count);
}

/* Of several @property rules of one name the last counts. */
void custom_prepare(Cascade *cascade)
{
    VEC(CustomVar) list = {0};
    Arena *arena = cascade->arena;
    for (int s = 0; s < cascade->sheet_count; s++)
        for (int i = 0; i < cascade->sheets[s]->properties.count; i++) {
            const PropertyRule *rule = &cascade->sheets[s]->properties.at[i];
            EntryIndices *place = bucket_make(arena, &cascade->property_places, rule->name);
            if (!place->count) {
                VEC_PUSH(arena, *place, list.count);
                VEC_PUSH(arena, list, ((CustomVar){.name = rule->name}));
                VEC_PUSH(arena, cascade->properties, NULL);
            }
            list.at[place->at[0]].tokens = rule->initial;
            cascade->properties.at[place->at[0]] = rule;
            cascade->any_uninherited = cascade->any_uninherited || !rule->inherits;
        }
    cascade->base_custom = with_changes(arena, NULL, list.at, list.count);
}
