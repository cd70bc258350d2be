/* Does a selector match an element? selectors-4. Ancestor filter, caches for :nth-*() and :has(). */
#include "style/cascade.h"

static bool match_compound(Matcher *m, const Compound *compound, const Node *node, const Node *anchor);

/* ---- tree steps over elements ---- */
static const Node *previous_element(const Node *node)
{
    for (node = node->previous; node && node->kind != NODE_ELEMENT; node = node->previous)
        ;
    return node;
}

static const Node *next_element(const Node *node)
{
    for (node = node->next; node && node->kind != NODE_ELEMENT; node = node->next)
        ;
    return node;
}

static const Node *first_child(const Node *node)
{
    const Node *child = node->first;
    return !child || child->kind == NODE_ELEMENT ? child : next_element(child);
}

static bool is_html(const Matcher *m, const Node *node)
{
    return node->ns_kind == NS_HTML || (m->document->html && node->ns_kind == NS_NONE);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* ---- the ancestor filter: counts of the names of all open elements ---- */
uint32_t filter_hash(const void *name, uint32_t salt)
{
    uint64_t bits = (uint64_t)(uintptr_t)name + salt * 0x9e3779b9u;
    uint32_t hash = (uint32_t)((bits ^ bits >> 15) * 0xff51afd7ed558ccdu >> 40);
    return hash ? hash : 1;
}

static void filter_change(Matcher *m, const void *name, uint32_t salt, int change)
{
    uint32_t hash = filter_hash(name, salt);
    uint16_t *one = &m->counts[hash & 4095], *two = &m->counts[hash >> 12 & 4095];
    *one = (uint16_t)(*one + change);
    *two = (uint16_t)(*two + change);
}

static void filter_node(Matcher *m, const Node *node, int change)
{
    filter_change(m, node->name, SIMPLE_TYPE, change);
    if (node->id)
        filter_change(m, node->id, SIMPLE_ID, change);
    for (int i = 0; i < node->class_count; i++)
        filter_change(m, node->classes[i], SIMPLE_CLASS, change);
}

void filter_push(Matcher *m, const Node *node)
{
    filter_node(m, node, 1);
}

void filter_pop(Matcher *m, const Node *node)
{
    filter_node(m, node, -1);
}

/* ---- simple selectors ---- */
static bool is_xhtml(Name ns)
{
    return ns && strcmp(ns, "http://www.w3.org/1999/xhtml") == 0;
}

static bool match_namespace(const Node *node, const Simple *s)
{
    if (s->ns_any || node->ns == s->ns)
        return true;
    return node->ns_kind == NS_HTML && is_xhtml(s->ns);
}

static bool match_type(Matcher *m, const Simple *s, const Node *node)
{
    if (s->name && node->name != (m->document->html && node->ns_kind <= NS_HTML ? s->lower : s->name) &&
        !(m->document->html && node->name == s->name && node->ns_kind > NS_HTML))
        return false;
    return match_namespace(node, s);
}

static bool equal_text(const char *a, const char *b, size_t size, bool nocase)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i] && !(nocase && lower(a[i]) == lower(b[i])))
            return false;
    return true;
}

static bool has_word(const char *text, const char *word, bool nocase)
{
    size_t size = strlen(word);
    if (!size || strpbrk(word, " \t\n\r\f"))
        return false;
    while (*text) {
        text += strspn(text, " \t\n\r\f");
        size_t length = strcspn(text, " \t\n\r\f");
        if (length == size && equal_text(text, word, size, nocase))
            return true;
        text += length;
    }
    return false;
}

static bool match_value(const Simple *s, const char *value, bool nocase)
{
    if (!s->operation)
        return true;
    size_t have = strlen(value), want = strlen(s->value);
    switch (s->operation) {
    case '=': return have == want && equal_text(value, s->value, want, nocase);
    case '~': return has_word(value, s->value, nocase);
    case '|': return have >= want && equal_text(value, s->value, want, nocase) && (have == want || value[want] == '-');
    case '^': return want > 0 && have >= want && equal_text(value, s->value, want, nocase);
    case '$': return want > 0 && have >= want && equal_text(value + have - want, s->value, want, nocase);
    case '*':
        for (size_t i = 0; want > 0 && i + want <= have; i++)
            if (equal_text(value + i, s->value, want, nocase))
                return true;
        return false;
    default: return true;
    }
}

static bool match_attribute(Matcher *m, const Simple *s, const Node *node)
{
    bool html = m->document->html && is_html(m, node);
    Name name = html ? s->lower : s->name;
    bool nocase = s->ignore_case || (s->html_ignore_case && !s->keep_case && html);
    for (int i = 0; i < node->attribute_count; i++) {
        const Attribute *a = &node->attributes[i];
        if (a->name == name && (s->ns_any || a->ns == s->ns) && match_value(s, a->value, nocase))
            return true;
    }
    return false;
}

static bool match_class(Matcher *m, const Simple *s, const Node *node)
{
    for (int i = 0; i < node->class_count; i++)
        if (node->classes[i] == s->name || (m->document->quirks && text_equal_nocase(node->classes[i], s->name)))
            return true;
    return false;
}

static const char *attribute_of(const Node *node, Name name, bool no_namespace)
{
    for (int i = 0; i < node->attribute_count; i++)
        if (node->attributes[i].name == name && (!no_namespace || !node->attributes[i].ns))
            return node->attributes[i].value;
    return NULL;
}

/* ---- :lang(), :dir() ---- */
/* NULL: not known. */
static const char *node_language(Matcher *m, const Node *node)
{
    for (; node; node = node->parent)
        for (int i = 0; i < node->attribute_count; i++) {
            const Attribute *a = &node->attributes[i];
            if (a->name == m->lang && (!a->ns || strstr(a->ns, "XML/1998")))
                return a->value;
            if (a->name == m->xml_lang)
                return a->value;
        }
    return m->document->language;
}

/* Extended filtering of RFC 4647 3.3.2, with wildcards. */
static bool match_range(const char *range, const char *tag)
{
    size_t want = strcspn(range, "-"), have = strcspn(tag, "-");
    if (!*range)
        return !*tag;
    if (!*tag)
        return false;
    if (!(want == 1 && *range == '*') && !(want == have && equal_text(range, tag, want, true)))
        return false;
    range += want;
    tag += have;
    while (*range) {
        range += *range == '-';
        want = strcspn(range, "-");
        if (want == 1 && *range == '*') {
            range++;
            continue;
        }
        if (!*tag)
            return false;
        tag++;
        have = strcspn(tag, "-");
        if (want == have && equal_text(range, tag, want, true))
            range += want;
        else if (have == 1)
            return false;
        tag += have;
    }
    return true;
}

static bool match_lang(Matcher *m, const Simple *s, const Node *node)
{
    const char *language = node_language(m, node);
    for (int i = 0; language && i < s->range_count; i++)
        if (match_range(s->ranges[i], language))
            return true;
    return false;
}

static int strong_direction(const char *text, size_t size)
{
    for (const char *at = text, *end = text + size; at < end;) {
        uint32_t c = utf8_next(&at, end);
        if ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
            (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF))
            return 1;
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x590) ||
            (c >= 0x900 && c < 0x2000) || (c >= 0x3040 && c < 0xD7FF))
            return 0;
    }
    return -1;
}

static int auto_direction(const Node *node, int depth)
{
    for (const Node *child = node->first; child; child = child->next) {
        int direction = child->kind == NODE_TEXT ? strong_direction(child->text, child->text_size)
                        : depth < 64             ? auto_direction(child, depth + 1)
                                                 : -1;
        if (direction >= 0)
            return direction;
    }
    return -1;
}

static bool is_rtl(Matcher *m, const Node *node)
{
    for (; node; node = node->parent) {
        const char *dir = attribute_of(node, m->dir, true);
        if (!dir)
            continue;
        if (text_equal_nocase(dir, "rtl") || text_equal_nocase(dir, "ltr"))
            return text_equal_nocase(dir, "rtl");
        if (text_equal_nocase(dir, "auto"))
            return auto_direction(node, 0) == 1;
    }
    return false;
}

/* ---- :nth-*() ---- */
static bool matches_list(Matcher *m, const SelectorList *list, const Node *node)
{
    for (int i = 0; i < list->count; i++)
        if (match_selector(m, &list->at[i], node))
            return true;
    return false;
}

static NthCache *nth_cache(Matcher *m, const Simple *s)
{
    for (NthCache *c = m->nths; c; c = c->next)
        if (c->of == s->list && c->of_type == s->of_type && c->last == s->last)
            return c;
    NthCache *cache = NEW(m->arena, NthCache);
    *cache = (NthCache){s->list, s->of_type, s->last, NEW_ARRAY(m->arena, int32_t, m->document->node_count), m->nths};
    return m->nths = cache;
}

typedef struct {
    Name name, ns;
    int32_t count;
} TypeCount;

/* Numbers all siblings at once; of types with a small open table that grows. */
static void count_siblings(Matcher *m, NthCache *cache, const Node *node)
{
    enum { TABLE = 64 };
    TypeCount table[TABLE] = {{0}}, *counts = table;
    uint32_t room = TABLE, used = 0;
    int32_t total = 0;
    const Node *first = node;
    if (node->parent)
        first = cache->last ? node->parent->last : node->parent->first;
    for (const Node *n = first; n; n = cache->last ? n->previous : n->next) {
        if (n->kind != NODE_ELEMENT)
            continue;
        int32_t *number = &cache->index[n->index];
        if (cache->of) {
            *number = matches_list(m, cache->of, n) ? ++total : -1;
        } else if (!cache->of_type) {
            *number = ++total;
        } else {
            if (used * 2 >= room) {
                TypeCount *old = counts;
                uint32_t old_room = room;
                room *= 4;
                counts = NEW_ARRAY(m->arena, TypeCount, room);
                for (uint32_t i = 0; i < old_room; i++) {
                    uint32_t at = filter_hash(old[i].name, 9) & (room - 1);
                    while (old[i].name && counts[at].name)
                        at = (at + 1) & (room - 1);
                    if (old[i].name)
                        counts[at] = old[i];
                }
            }
            uint32_t at = filter_hash(n->name, 9) & (room - 1);
            while (counts[at].name && (counts[at].name != n->name || counts[at].ns != n->ns))
                at = (at + 1) & (room - 1);
            used += !counts[at].name;
            counts[at].name = n->name;
            counts[at].ns = n->ns;
            *number = ++counts[at].count;
        }
    }
}

static bool match_nth(Matcher *m, const Simple *s, const Node *node)
{
    if (s->a == 0 && s->b == 1 && !s->list && !s->of_type) /* first, last */
        return s->last ? !next_element(node) : !previous_element(node);
    NthCache *cache = nth_cache(m, s);
    if (!cache->index[node->index])
        count_siblings(m, cache, node);
    int64_t index = cache->index[node->index], difference = index - s->b;
    if (index < 0)
        return false;
    return s->a == 0 ? difference == 0 : difference % s->a == 0 && difference / s->a >= 0;
}

/* ---- :has() ---- */
static bool match_relative(Matcher *m, const Selector *selector, const Node *node, const Node *anchor);

/* Does the subtree below node hold a match? Cached for selectors whose subject decides alone. */
static bool search_below(Matcher *m, const Selector *selector, const Node *top, const Node *anchor)
{
    const Node *node = first_child(top);
    while (node) {
        if (match_relative(m, selector, node, anchor))
            return true;
        const Node *next = first_child(node);
        while (!next && node != top) {
            next = next_element(node);
            node = next ? node : node->parent;
        }
        node = next;
    }
    return false;
}

static HasCache *has_cache(Matcher *m, const Selector *selector)
{
    for (HasCache *c = m->hases; c; c = c->next)
        if (c->selector == selector)
            return c;
    HasCache *cache = NEW(m->arena, HasCache);
    *cache = (HasCache){selector, NEW_ARRAY(m->arena, uint8_t, m->document->node_count), m->hases};
    return m->hases = cache;
}

/* ":has(x)": one pass over the document marks the ancestors of every x. */
static bool has_descendant(Matcher *m, const Selector *selector, const Node *node)
{
    HasCache *cache = has_cache(m, selector);
    const Node *root = m->document->root;
    if (!cache->state[root->index]) {
        cache->state[root->index] = 1;
        for (const Node *n = root; n;) {
            if (match_compound(m, &selector->compounds[0], n, NULL))
                for (const Node *up = n->parent; up && cache->state[up->index] != 2; up = up->parent)
                    cache->state[up->index] = 2;
            const Node *next = first_child(n);
            while (!next && n && n != root) {
                next = next_element(n);
                n = next ? n : n->parent;
            }
            n = next;
        }
    }
    return cache->state[node->index] == 2;
}

/* ":has(~ x)": as far as the first sibling of which it is known, and back. */
static bool has_follower(Matcher *m, const Selector *selector, const Node *node)
{
    HasCache *cache = has_cache(m, selector);
    const Node *last = node;
    while (!cache->state[last->index]) {
        const Node *next = next_element(last);
        if (!next || match_compound(m, &selector->compounds[0], next, NULL))
            cache->state[last->index] = next ? 2 : 1;
        else
            last = next;
    }
    for (const Node *n = node; n != last; n = next_element(n))
        cache->state[n->index] = cache->state[last->index];
    return cache->state[node->index] == 2;
}

static bool has_relative(Matcher *m, const Selector *selector, const Node *node)
{
    char lead = selector->compounds[selector->count - 2].combinator;
    if (lead == ' ' && selector->count == 2)
        return has_descendant(m, selector, node);
    if (lead == '~' && selector->count == 2)
        return has_follower(m, selector, node);
    if (lead == ' ')
        return search_below(m, selector, node, node);
    if (lead == '>') {
        for (const Node *child = first_child(node); child; child = next_element(child))
            if (match_relative(m, selector, child, node) ||
                (selector->count > 2 && search_below(m, selector, child, node)))
                return true;
        return false;
    }
    for (const Node *next = next_element(node); next; next = next_element(next)) {
        if (match_relative(m, selector, next, node) || (selector->count > 2 && search_below(m, selector, next, node)))
            return true;
        if (lead == '+' && selector->count == 2)
            return false;
    }
    return false;
}

static bool match_has(Matcher *m, const SelectorList *list, const Node *node)
{
    for (int i = 0; i < list->count; i++)
        if (list->at[i].count >= 2 && has_relative(m, &list->at[i], node))
            return true;
    return false;
}

/* ---- compounds ---- */
static bool match_simple(Matcher *m, const Simple *s, const Node *node)
{
    switch (s->kind) {
    case SIMPLE_TYPE: return match_type(m, s, node);
    case SIMPLE_ID:
        return node->id == s->name || (m->document->quirks && node->id && text_equal_nocase(node->id, s->name));
    case SIMPLE_CLASS: return match_class(m, s, node);
    case SIMPLE_ATTRIBUTE: return match_attribute(m, s, node);
    case SIMPLE_IS: return matches_list(m, s->list, node);
    case SIMPLE_NOT: return !matches_list(m, s->list, node);
    case SIMPLE_HAS: return match_has(m, s->list, node);
    case SIMPLE_NTH: return match_nth(m, s, node);
    case SIMPLE_ROOT: return node == m->document->root;
    case SIMPLE_SCOPE: return node == m->scope;
    case SIMPLE_EMPTY:
        for (const Node *child = node->first; child; child = child->next)
            if (child->kind == NODE_ELEMENT || child->text_size > 0)
                return false;
        return true;
    case SIMPLE_LINK:
        return attribute_of(node, m->href, true) &&
               (node_is(node, "a") || node_is(node, "area") || node_is(node, "link"));
    case SIMPLE_LANG: return match_lang(m, s, node);
    case SIMPLE_DIR: return is_rtl(m, node) == s->rtl;
    case SIMPLE_CHECKED:
        return (node_is(node, "input") && attribute_of(node, m->checked, true)) ||
               (node_is(node, "option") && attribute_of(node, m->selected, true));
    case SIMPLE_DISABLED:
    case SIMPLE_ENABLED: {
        bool control = node_is(node, "input") || node_is(node, "button") || node_is(node, "select") ||
                       node_is(node, "textarea") || node_is(node, "option") || node_is(node, "fieldset") ||
                       node_is(node, "optgroup");
        return control && (attribute_of(node, m->disabled, true) != NULL) == (s->kind == SIMPLE_DISABLED);
    }
    case SIMPLE_ALWAYS: return true;
    default: return false;
    }
}

/* anchor: what :has()'s last compound must be; NULL: no matter. */
static bool match_compound(Matcher *m, const Compound *compound, const Node *node, const Node *anchor)
{
    if (anchor && node != anchor)
        return false;
    for (int i = 0; i < compound->count; i++)
        if (!match_simple(m, &compound->simples[i], node))
            return false;
    return true;
}

/* ---- complex selectors ----
 * A failure says from where another try may help, so that no element is tried twice for one compound. */
typedef enum { MATCHED, FAILED_TRY_SIBLINGS, FAILED_TRY_DESCENDANTS, FAILED_FOR_GOOD } Outcome;

static Outcome match_from(Matcher *m, const Selector *selector, int at, const Node *node, const Node *anchor)
{
    const Compound *compound = &selector->compounds[at];
    bool last = at == selector->count - 1;
    if (!match_compound(m, compound, node, last ? anchor : NULL))
        return FAILED_TRY_SIBLINGS;
    if (last)
        return MATCHED;
    char combinator = compound->combinator;
    bool sideways = combinator == '+' || combinator == '~';
    const Node *next = node;
    for (;;) {
        next = sideways ? previous_element(next) : next->parent;
        if (!next)
            return sideways ? FAILED_TRY_DESCENDANTS : FAILED_FOR_GOOD;
        Outcome outcome = match_from(m, selector, at + 1, next, anchor);
        if (outcome == MATCHED || outcome == FAILED_FOR_GOOD || combinator == '+')
            return outcome;
        if (combinator == '>')
            return FAILED_TRY_DESCENDANTS;
        if (combinator == '~' && outcome == FAILED_TRY_DESCENDANTS)
            return outcome;
    }
}

static bool match_relative(Matcher *m, const Selector *selector, const Node *node, const Node *anchor)
{
    return match_from(m, selector, 0, node, anchor) == MATCHED;
}

bool match_selector(Matcher *m, const Selector *selector, const Node *node)
{
    return match_from(m, selector, 0, node, NULL) == MATCHED;
}
