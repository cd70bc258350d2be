/* Parsing selectors. See selectors.h. */
#include "css/selectors.h"

/* COST_MOST: "& &" in "& &" in "& &" ... asks twice as much with each level; such a selector is not valid. */
enum { DEPTH_MOST = 24, COST_MOST = 1 << 14, CLASS = 1 << 10, ID = 1 << 20 };

typedef struct {
    Reader *reader;
    const SelectorList *parent;
    bool in_has, saw_parent;
} Selecting;
typedef VEC(Simple) SimpleList;
typedef struct {
    SimpleList simples;
    uint32_t specificity;
    int cost;
    uint8_t pseudo;
} Building;

static const SelectorList *parse_list(Selecting *s, TokenRange in, bool forgiving, bool relative);

static uint32_t add_specificity(uint32_t a, uint32_t b)
{
    uint32_t sum = 0;
    for (int shift = 0; shift <= 20; shift += 10) { /* each part stays below 1024 */
        uint32_t part = (a >> shift & 1023) + (b >> shift & 1023);
        sum |= (part > 1023 ? 1023 : part) << shift;
    }
    return sum;
}

/* Of the most specific. */
static uint32_t selectors_specificity(const SelectorList *list)
{
    uint32_t most = 0;
    for (int i = 0; list && i < list->count; i++)
        if (list->at[i].specificity > most)
            most = list->at[i].specificity;
    return most;
}

static int add_cost(int a, int b)
{
    return a > COST_MOST - b ? COST_MOST + 1 : a + b;
}

static void add_simple(Selecting *s, Building *b, Simple simple, uint32_t specificity)
{
    VEC_PUSH(s->reader->arena, b->simples, simple);
    b->specificity = add_specificity(b->specificity, specificity);
    b->cost = add_cost(b->cost, simple.list ? simple.list->cost + 1 : 1);
}

/* ---- names with namespaces ---- */
static bool find_namespace(Selecting *s, const Token *prefix, Name *uri)
{
    for (int i = s->reader->namespaces.count - 1; i >= 0; i--) {
        const NamespacePrefix *known = &s->reader->namespaces.at[i];
        bool same = prefix ? known->prefix && strlen(known->prefix) == prefix->size &&
                                 memcmp(known->prefix, prefix->text, prefix->size) == 0
                           : !known->prefix;
        if (same) {
            *uri = known->uri;
            return true;
        }
    }
    return false;
}

/* [prefix|]name or [prefix|]* at the range; 1 taken, 0 there is none, -1 an unknown prefix. */
static int take_qualified_name(Selecting *s, TokenRange *in, bool attribute, Simple *simple)
{
    const Token *t = in->at, *end = in->end;
    const Token *prefix = NULL;
    bool bar = false;
    if (t >= end)
        return 0;
    bool name_first = t->kind == TOKEN_IDENT || token_is_delim(t, '*');
    const Token *at_bar = name_first ? t + 1 : t;
    if (at_bar + 1 < end && token_is_delim(at_bar, '|') &&
        (at_bar[1].kind == TOKEN_IDENT || token_is_delim(&at_bar[1], '*')) &&
        !(attribute && at_bar[1].kind != TOKEN_IDENT)) {
        bar = true;
        prefix = name_first ? t : NULL;
        t = at_bar + 1;
    } else if (!name_first) {
        return 0;
    }
    if (token_is_delim(t, '*') && attribute)
        return 0;
    simple->ns_any = bar ? prefix && token_is_delim(prefix, '*') : !attribute;
    if (bar && prefix && !simple->ns_any && !find_namespace(s, prefix, &simple->ns))
        return -1;
    if (!bar && !attribute && find_namespace(s, NULL, &simple->ns))
        simple->ns_any = false;
    if (t->kind == TOKEN_IDENT) {
        simple->name = intern_token(s->reader, t);
        simple->lower = intern_lower(s->reader, t);
    }
    in->at = t + 1;
    return 1;
}

/* ---- attributes ---- */
static bool parse_attribute(Selecting *s, TokenRange in, Building *b)
{
    static const char insensitive[] =
        "accept accept-charset align alink axis bgcolor charset checked clear codetype color compact declare defer dir "
        "direction disabled enctype "
        "face frame hreflang http-equiv lang language link media method multiple nohref noresize noshade nowrap "
        "readonly rel rev rules scope scrolling selected shape target text type valign valuetype vlink";
    Simple simple = {.kind = SIMPLE_ATTRIBUTE};
    in = range_trim(in);
    if (take_qualified_name(s, &in, true, &simple) != 1)
        return false;
    const Token *t = range_peek(&in);
    if (t) {
        static const char operations[] = "~|^$*";
        simple.operation = token_is_delim(t, '=') ? '=' : 0;
        for (const char *o = operations; *o && !simple.operation; o++)
            if (token_is_delim(t, *o) && t + 1 < in.end && token_is_delim(t + 1, '=')) {
                simple.operation = *o;
                in.at++;
            }
        in.at++;
        const Token *value = range_peek(&in);
        if (!simple.operation || !value || (value->kind != TOKEN_IDENT && value->kind != TOKEN_STRING))
            return false;
        simple.value = intern_token(s->reader, value);
        in.at++;
        if (take_word(&in, "i"))
            simple.ignore_case = true;
        else if (take_word(&in, "s"))
            simple.keep_case = true;
        else if (word_in_list(insensitive, simple.lower, strlen(simple.lower)))
            simple.html_ignore_case = true;
    }
    if (!range_empty(&in))
        return false;
    add_simple(s, b, simple, CLASS);
    return true;
}

/* ---- pseudo-classes ---- */
static Simple nth(int a, int b, bool last, bool of_type)
{
    return (Simple){.kind = SIMPLE_NTH, .a = a, .b = b, .last = last, .of_type = of_type};
}

static bool plain_pseudo_class(Selecting *s, const Token *name, Building *b)
{
    static const struct {
        const char *name;
        uint8_t kind;
    } plain[] = {
        {"root", SIMPLE_ROOT},
        {"scope", SIMPLE_SCOPE},
        {"empty", SIMPLE_EMPTY},
        {"link", SIMPLE_LINK},
        {"any-link", SIMPLE_LINK},
        {"-webkit-any-link", SIMPLE_LINK},
        {"checked", SIMPLE_CHECKED},
        {"disabled", SIMPLE_DISABLED},
        {"enabled", SIMPLE_ENABLED},
        {"defined", SIMPLE_ALWAYS},
        {"read-only", SIMPLE_NEVER},
        {"visited", SIMPLE_NEVER},
        {"hover", SIMPLE_NEVER},
        {"active", SIMPLE_NEVER},
        {"focus", SIMPLE_NEVER},
        {"focus-visible", SIMPLE_NEVER},
        {"focus-within", SIMPLE_NEVER},
        {"target", SIMPLE_NEVER},
        {"target-within", SIMPLE_NEVER},
        {"local-link", SIMPLE_NEVER},
        {"current", SIMPLE_NEVER},
        {"past", SIMPLE_NEVER},
        {"future", SIMPLE_NEVER},
        {"playing", SIMPLE_NEVER},
        {"paused", SIMPLE_NEVER},
        {"read-write", SIMPLE_NEVER},
        {"placeholder-shown", SIMPLE_NEVER},
        {"autofill", SIMPLE_NEVER},
        {"default", SIMPLE_NEVER},
        {"indeterminate", SIMPLE_NEVER},
        {"valid", SIMPLE_NEVER},
        {"invalid", SIMPLE_NEVER},
        {"in-range", SIMPLE_NEVER},
        {"out-of-range", SIMPLE_NEVER},
        {"required", SIMPLE_NEVER},
        {"optional", SIMPLE_NEVER},
        {"user-invalid", SIMPLE_NEVER},
        {"user-valid", SIMPLE_NEVER},
        {"fullscreen", SIMPLE_NEVER},
        {"modal", SIMPLE_NEVER},
        {"open", SIMPLE_NEVER},
        {"popover-open", SIMPLE_NEVER},
        {"picture-in-picture", SIMPLE_NEVER},
        {"blank", SIMPLE_NEVER},
        {"host", SIMPLE_NEVER},
    };
    static const struct {
        const char *name;
        bool last, of_type, both;
    } ends[] = {{"first-child", false, false, false}, {"last-child", true, false, false},
                {"only-child", false, false, true},   {"first-of-type", false, true, false},
                {"last-of-type", true, true, false},  {"only-of-type", false, true, true}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (token_is(name, plain[i].name)) {
            add_simple(s, b, (Simple){.kind = plain[i].kind}, CLASS);
            return true;
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (token_is(name, ends[i].name)) {
            add_simple(s, b, nth(0, 1, ends[i].last, ends[i].of_type), CLASS);
            if (ends[i].both)
                add_simple(s, b, nth(0, 1, true, ends[i].of_type), 0);
            return true;
        }
    return false;
}

static bool parse_nth(Selecting *s, TokenRange in, bool last, bool of_type, Building *b)
{
    Simple simple = nth(0, 0, last, of_type);
    if (!syntax_an_plus_b(&in, &simple.a, &simple.b))
        return false;
    if (!of_type && take_word(&in, "of")) {
        simple.list = parse_list(s, in, false, false);
        if (!simple.list)
            return false;
        in.at = in.end;
    }
    add_simple(s, b, simple, add_specificity(CLASS, selectors_specificity(simple.list)));
    return range_empty(&in);
}

static bool parse_lang(Selecting *s, TokenRange in, Building *b)
{
    VEC(const char *) ranges = {0};
    do {
        const Token *t = range_peek(&in);
        if (!t || (t->kind != TOKEN_IDENT && t->kind != TOKEN_STRING))
            return false;
        in.at++;
        const char *range = intern_token(s->reader, t);
        VEC_PUSH(s->reader->arena, ranges, range);
    } while (take_delim(&in, ','));
    Simple simple = {.kind = SIMPLE_LANG, .ranges = ranges.at, .range_count = ranges.count};
    add_simple(s, b, simple, CLASS);
    return range_empty(&in);
}

static bool list_pseudo_class(Selecting *s, SimpleKind kind, TokenRange in, bool forgiving, bool weightless,
                              Building *b)
{
    bool outer = s->in_has;
    if (kind == SIMPLE_HAS && outer) /* :has() inside :has() is not valid */
        return false;
    s->in_has = outer || kind == SIMPLE_HAS;
    const SelectorList *list = parse_list(s, in, forgiving, kind == SIMPLE_HAS);
    s->in_has = outer;
    if (!list)
        return false;
    add_simple(s, b, (Simple){.kind = (uint8_t)kind, .list = list}, weightless ? 0 : selectors_specificity(list));
    return true;
}

static bool functional_pseudo_class(Selecting *s, const Token *name, TokenRange in, Building *b)
{
    if (token_is(name, "is") || token_is(name, "matches") || token_is(name, "-webkit-any") ||
        token_is(name, "-moz-any"))
        return list_pseudo_class(s, SIMPLE_IS, in, true, false, b);
    if (token_is(name, "where"))
        return list_pseudo_class(s, SIMPLE_IS, in, true, true, b);
    if (token_is(name, "not"))
        return list_pseudo_class(s, SIMPLE_NOT, in, false, false, b);
    if (token_is(name, "has"))
        return list_pseudo_class(s, SIMPLE_HAS, in, false, false, b);
    if (token_is(name, "nth-child"))
        return parse_nth(s, in, false, false, b);
    if (token_is(name, "nth-last-child"))
        return parse_nth(s, in, true, false, b);
    if (token_is(name, "nth-of-type"))
        return parse_nth(s, in, false, true, b);
    if (token_is(name, "nth-last-of-type"))
        return parse_nth(s, in, true, true, b);
    if (token_is(name, "lang"))
        return parse_lang(s, in, b);
    if (token_is(name, "dir")) {
        bool rtl = take_word(&in, "rtl"), known = rtl || take_word(&in, "ltr");
        const Token *t = range_peek(&in);
        if (!known && (!t || t->kind != TOKEN_IDENT))
            return false;
        in.at += !known;
        add_simple(s, b, (Simple){.kind = (uint8_t)(known ? SIMPLE_DIR : SIMPLE_NEVER), .rtl = rtl}, CLASS);
        return range_empty(&in);
    }
    if (token_is(name, "current") || token_is(name, "state") || token_is(name, "nth-col") ||
        token_is(name, "nth-last-col") || token_is(name, "host") || token_is(name, "host-context")) {
        add_simple(s, b, (Simple){.kind = SIMPLE_NEVER}, CLASS);
        return true;
    }
    return false;
}

static uint8_t pseudo_element(const Token *name, bool one_colon)
{
    static const struct {
        const char *name;
        uint8_t pseudo;
    } known[] = {{"before", PSEUDO_BEFORE},
                 {"after", PSEUDO_AFTER},
                 {"first-line", PSEUDO_FIRST_LINE},
                 {"first-letter", PSEUDO_FIRST_LETTER},
                 {"marker", PSEUDO_MARKER},
                 {"footnote-call", PSEUDO_FOOTNOTE_CALL},
                 {"footnote-marker", PSEUDO_FOOTNOTE_MARKER}};
    static const char never[] = "selection backdrop placeholder file-selector-button cue target-text spelling-error "
                                "grammar-error highlight details-content "
                                "part slotted view-transition -moz-selection -moz-focus-inner -moz-focus-outer "
                                "-moz-placeholder scroll-marker checkmark picker-icon";
    for (size_t i = 0; i < (one_colon ? 4 : sizeof known / sizeof *known); i++)
        if (token_is(name, known[i].name))
            return known[i].pseudo;
    if (!one_colon &&
        (word_in_list(never, name->text, name->size) || (name->size > 8 && memcmp(name->text, "-webkit-", 8) == 0)))
        return PSEUDO_NEVER;
    return ELEMENT_ITSELF;
}

/* After the first colon. */
static bool parse_pseudo(Selecting *s, TokenRange *in, Building *b)
{
    const Token *t = in->at;
    if (t >= in->end)
        return false;
    bool twice = t->kind == TOKEN_COLON;
    t += twice;
    if (t >= in->end || (t->kind != TOKEN_IDENT && t->kind != TOKEN_FUNCTION))
        return false;
    in->at = token_after(t, in->end);
    uint8_t pseudo = pseudo_element(t, !twice);
    if (pseudo && (t->kind == TOKEN_IDENT || pseudo == PSEUDO_NEVER)) {
        b->pseudo = b->pseudo ? PSEUDO_NEVER : pseudo;
        b->specificity = add_specificity(b->specificity, 1);
        return true;
    }
    if (twice)
        return false;
    if (b->pseudo) /* only :hover and the like may follow a pseudo-element; they never match */
        b->pseudo = PSEUDO_NEVER;
    if (t->kind == TOKEN_IDENT)
        return plain_pseudo_class(s, t, b);
    return functional_pseudo_class(s, t, token_inside(t, in->end), b);
}

/* ---- compounds ---- */
static bool take_simple(Selecting *s, TokenRange *in, Building *b, bool *more)
{
    const Token *t = in->at;
    *more = true;
    if (t < in->end && t->kind == TOKEN_HASH && t->integer) {
        Simple simple = {.kind = SIMPLE_ID, .name = intern_token(s->reader, t)};
        add_simple(s, b, simple, ID);
        in->at++;
        return !b->pseudo;
    }
    if (t + 1 < in->end && token_is_delim(t, '.') && t[1].kind == TOKEN_IDENT) {
        Simple simple = {.kind = SIMPLE_CLASS, .name = intern_token(s->reader, &t[1])};
        add_simple(s, b, simple, CLASS);
        in->at += 2;
        return !b->pseudo;
    }
    if (t < in->end && t->kind == TOKEN_OPEN_SQUARE) {
        in->at = token_after(t, in->end);
        return !b->pseudo && parse_attribute(s, token_inside(t, in->end), b);
    }
    if (t < in->end && token_is_delim(t, '&')) {
        in->at++;
        s->saw_parent = true;
        if (s->parent)
            add_simple(s, b, (Simple){.kind = SIMPLE_IS, .list = s->parent}, selectors_specificity(s->parent));
        else
            add_simple(s, b, (Simple){.kind = SIMPLE_SCOPE}, 0);
        return !b->pseudo;
    }
    if (t < in->end && t->kind == TOKEN_COLON) {
        in->at++;
        return parse_pseudo(s, in, b);
    }
    *more = false;
    return true;
}

static bool take_compound(Selecting *s, TokenRange *in, Building *b)
{
    Simple simple = {.kind = SIMPLE_TYPE};
    const Token *start = in->at;
    int name = take_qualified_name(s, in, false, &simple);
    if (name < 0)
        return false;
    if (name > 0 && (simple.name || !simple.ns_any))
        add_simple(s, b, simple, simple.name != NULL);
    bool more = true;
    while (more)
        if (!take_simple(s, in, b, &more))
            return false;
    if (name == 0 && in->at > start && find_namespace(s, NULL, &simple.ns)) { /* an implied universal selector */
        simple.ns_any = false;
        add_simple(s, b, simple, 0);
    }
    return in->at > start;
}

/* The combinator at the range, spaces around it skipped; 0: none (the end, or a comma's). */
static char take_combinator(TokenRange *in)
{
    bool space = in->at < in->end && in->at->kind == TOKEN_SPACE;
    const Token *t = range_peek(in);
    static const char marks[] = ">+~";
    if (!t)
        return 0;
    for (const char *m = marks; *m; m++)
        if (token_is_delim(t, *m)) {
            in->at++;
            range_peek(in);
            return *m;
        }
    return space ? ' ' : 0;
}

typedef VEC(Compound) CompoundList;

static void push_compound(Selecting *s, CompoundList *list, const Building *b, char combinator, Selector *selector)
{
    Compound compound = {combinator, b->simples.count, b->simples.at};
    VEC_PUSH(s->reader->arena, *list, compound);
    selector->specificity = add_specificity(selector->specificity, b->specificity);
    selector->cost = add_cost(selector->cost, add_cost(b->cost, 1));
}

/* "& " before a nested selector that names no parent; :has() needs its anchor. */
static void push_start(Selecting *s, CompoundList *list, Selector *selector)
{
    Building start = {.specificity = 0};
    if (s->in_has)
        add_simple(s, &start, (Simple){.kind = SIMPLE_ALWAYS}, 0);
    else
        add_simple(s, &start, (Simple){.kind = SIMPLE_IS, .list = s->parent}, selectors_specificity(s->parent));
    push_compound(s, list, &start, 0, selector);
}

static bool parse_complex(Selecting *s, TokenRange in, bool relative, Selector *selector)
{
    CompoundList list = {0};
    bool nested = s->parent && !s->in_has && relative, outer_saw = s->saw_parent;
    in = range_trim(in);
    if (in.at >= in.end)
        return false;
    s->saw_parent = false;
    *selector = (Selector){.anchored = relative && s->in_has};
    char lead = relative ? take_combinator(&in) : 0;
    for (char combinator = ' '; combinator;) {
        Building b = {.specificity = 0};
        if (selector->pseudo || !take_compound(s, &in, &b))
            return false;
        selector->pseudo = b.pseudo;
        combinator = take_combinator(&in);
        push_compound(s, &list, &b, combinator, selector);
    }
    if (in.at < in.end)
        return false;
    /* compounds so far carry the combinator to their right neighbour; turn around */
    CompoundList turned = {0};
    for (int i = list.count - 1; i >= 0; i--) {
        Compound c = list.at[i];
        c.combinator = i > 0 ? list.at[i - 1].combinator : 0;
        VEC_PUSH(s->reader->arena, turned, c);
    }
    if (selector->anchored || (nested && (lead || !s->saw_parent))) {
        turned.at[turned.count - 1].combinator = lead ? lead : ' ';
        push_start(s, &turned, selector);
    }
    s->saw_parent = s->saw_parent || outer_saw;
    selector->count = turned.count;
    selector->compounds = turned.at;
    return selector->cost <= COST_MOST;
}

static const SelectorList *parse_list(Selecting *s, TokenRange in, bool forgiving, bool relative)
{
    VEC(Selector) list = {0};
    int cost = 0;
    if (s->reader->depth > DEPTH_MOST)
        return NULL;
    s->reader->depth++;
    in = range_trim(in);
    bool good = forgiving || in.at < in.end, inner = forgiving || s->in_has || s->reader->depth > 1;
    while (good && in.at < in.end) {
        bool comma = false;
        TokenRange part = {in.at, in.at};
        while (part.end < in.end && part.end->kind != TOKEN_COMMA)
            part.end = token_after(part.end, in.end);
        comma = part.end < in.end;
        in.at = comma ? part.end + 1 : part.end;
        Selector selector;
        bool valid = parse_complex(s, part, relative, &selector) && !(inner && selector.pseudo);
        if (valid)
            VEC_PUSH(s->reader->arena, list, selector);
        cost = valid ? add_cost(cost, selector.cost) : cost;
        good = forgiving || (valid && !(comma && in.at >= in.end));
    }
    s->reader->depth--;
    if (!good)
        return NULL;
    SelectorList *result = NEW(s->reader->arena, SelectorList);
    *result = (SelectorList){list.count, cost, list.at};
    return result;
}

const SelectorList *selectors_parse(Reader *reader, TokenRange in, const SelectorList *parent)
{
    Selecting s = {reader, parent, false, false};
    int depth = reader->depth;
    reader->depth = 0;
    const SelectorList *list = parse_list(&s, in, false, parent != NULL);
    reader->depth = depth;
    return list;
}
