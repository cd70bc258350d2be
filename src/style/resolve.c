/* The whole document, in document order: styles, pseudo-elements, counters, generated content. */
#include "style/cascade.h"

typedef struct { /* of an open element */
    const Node *node;
    Computed computed;
    const Style *box_parent; /* the nearest style that makes a box */
    bool hidden;             /* it or an ancestor has display: none */
    MatchedList after;       /* what matches its ::after */
} Frame;
typedef struct {
    Cascade *cascade;
    StyledNode *nodes;
    CounterState *counters;
    VEC(Frame) frames;
    MatchedList lists[PSEUDO_NEVER];
    Name lang;
} Resolving;

/* ---- pseudo-elements ---- */
static ContentContext content_context(Resolving *r, const Node *node, const Style *style)
{
    return (ContentContext){r->cascade, r->cascade->arena, node, style, r->counters, r->nodes};
}

static const Style *pseudo_style(Resolving *r, PseudoElement pseudo, const Node *node, const Computed *of,
                                 bool flex_item, Computed *computed)
{
    ComputeContext context = {.parent = of->style,
                              .box_parent = flex_item ? of->style : NULL,
                              .custom = of->custom,
                              .node = node,
                              .pseudo = (uint8_t)pseudo};
    *computed = compute_cached(r->cascade, &context, &r->lists[pseudo]);
    return computed->style;
}

static Pseudo *make_pseudo(Arena *arena, const Style *style, Content content)
{
    Pseudo *pseudo = NEW(arena, Pseudo);
    pseudo->style = style;
    pseudo->content = content;
    return pseudo;
}

static bool is_list_item(const Style *style)
{
    return style->box->display == KW_LIST_ITEM || style->box->display == KW_INLINE_LIST_ITEM;
}

/* ---- named strings ---- */
static const StringSet *named_strings(ContentContext *x, const Value *strings, int *count)
{
    *count = strings && strings->kind == VALUE_LIST ? strings->count : 0;
    if (*count == 0)
        return NULL;
    StringSet *set = arena_alloc(x->arena, sizeof *set * (size_t)*count);
    for (int i = 0; i < *count; i++)
        set[i] = (StringSet){strings->items[i].items[0].text, content_text(x, &strings->items[i], 1)};
    return set;
}

/* ::before and ::after: made where `content` says something. */
static const Pseudo *generated(Resolving *r, PseudoElement which, const Node *node, const Computed *of)
{
    Computed computed;
    if (!r->lists[which].count)
        return NULL;
    const Style *style = pseudo_style(r, which, node, of, true, &computed);
    const Value *content = style->content->content;
    if (!content || content->kind != VALUE_LIST || style->box->display == KW_NONE)
        return NULL;
    counters_apply(r->counters, style, NULL, is_list_item(style));
    counters_enter(r->counters);
    ContentContext x = content_context(r, node, style);
    Content built = content_build(&x, content);
    Pseudo *pseudo = make_pseudo(r->cascade->arena, style, built);
    pseudo->strings = named_strings(&x, style->content->string_set, &pseudo->string_count);
    counters_leave(r->counters);
    return pseudo;
}

static Content marker_content(Resolving *r, const Node *node, const Style *item, const Style *marker)
{
    Arena *arena = r->cascade->arena;
    const Value *content = marker->content->content, *image = item->text->list_image, *type = item->text->list_type;
    if (content && content->kind == VALUE_LIST) {
        ContentContext x = content_context(r, node, marker);
        return content_build(&x, content);
    }
    if (content && content->keyword == KW_NONE)
        return (Content){0};
    int value;
    counter_value(r->counters, r->cascade->list_item, &value);
    const char *text = type ? counter_marker_text(r->cascade, arena, type, value) : "";
    ContentItem *one = NEW_ARRAY(arena, ContentItem, 2);
    if (image) { /* css-lists-3 3.1, 3.4: a space after it; the type where it cannot be shown */
        one[1] = (ContentItem){.kind = CONTENT_TEXT, .text = " "};
        *one = (ContentItem){.kind = CONTENT_IMAGE,
                             .text = image->kind == VALUE_URL ? image->text : "",
                             .instead = text,
                             .value = image};
        return (Content){2, one};
    }
    *one = (ContentItem){.kind = CONTENT_TEXT, .text = text};
    return (Content){text[0] != 0, one};
}

static const Pseudo *marker_of(Resolving *r, const Node *node, const Computed *of)
{
    if (!is_list_item(of->style))
        return NULL;
    Computed computed;
    const Style *style = pseudo_style(r, PSEUDO_MARKER, node, of, false, &computed);
    Content content = marker_content(r, node, of->style, style);
    return content.count ? make_pseudo(r->cascade->arena, style, content) : NULL;
}

static const Pseudo *styled_part(Resolving *r, PseudoElement which, const Node *node, const Computed *of)
{
    Computed computed;
    if (!r->lists[which].count)
        return NULL;
    return make_pseudo(r->cascade->arena, pseudo_style(r, which, node, of, false, &computed), (Content){0});
}

/* ::footnote-call and ::footnote-marker have counter(footnote) where no rule says otherwise. */
static const Pseudo *footnote_part(Resolving *r, PseudoElement which, const Node *node, const Computed *of,
                                   const char *suffix)
{
    Arena *arena = r->cascade->arena;
    Computed computed;
    const Style *style = pseudo_style(r, which, node, of, false, &computed);
    const Value *content = style->content->content;
    if (content && content->kind == VALUE_LIST) {
        ContentContext x = content_context(r, node, style);
        return make_pseudo(arena, style, content_build(&x, content));
    }
    if (content)
        return NULL;
    int value;
    ContentItem *item = NEW(arena, ContentItem);
    counter_value(r->counters, r->cascade->footnote, &value);
    item->kind = CONTENT_TEXT;
    item->text = arena_format(arena, "%s%s", counter_name_text(r->cascade, arena, NULL, value), suffix);
    return make_pseudo(arena, style, (Content){1, item});
}

static void footnote(Resolving *r, const Node *node, const Computed *of, const Style *parent, StyledNode *out)
{
    FootnoteParts *parts = NEW(r->cascade->arena, FootnoteParts);
    Computed around = {parent ? parent : of->style, of->custom}; /* the call stands in the text around the note */
    footnote_counter(r->counters);
    parts->call = footnote_part(r, PSEUDO_FOOTNOTE_CALL, node, &around, "");
    parts->marker = footnote_part(r, PSEUDO_FOOTNOTE_MARKER, node, of, ". ");
    out->footnote = parts;
}

/* ---- bookmarks, replaced content ---- */
static void set_strings(Resolving *r, const Node *node, const Style *style, StyledNode *out)
{
    ContentContext x = content_context(r, node, style);
    out->strings = named_strings(&x, style->content->string_set, &out->string_count);
    if (style->content->bookmark_level > 0) {
        const Value *label = style->content->bookmark_label;
        out->bookmark = label && label->kind == VALUE_LIST ? content_text(&x, label, 0) : NULL;
        if (out->bookmark && !*out->bookmark)
            out->bookmark = NULL;
    }
}

static const Content *replacement(Resolving *r, const Node *node, const Style *style)
{
    const Value *content = style->content->content;
    if (!content || content->kind != VALUE_LIST || content->count != 1)
        return NULL;
    ContentContext x = content_context(r, node, style);
    Content built = content_build(&x, content);
    if (built.count != 1 || built.items[0].kind != CONTENT_IMAGE)
        return NULL;
    return arena_copy(r->cascade->arena, &built, sizeof built);
}

/* attr() in -n2p-link and -n2p-anchor is put in: the style becomes the element's own. */
static const Style *with_links(Resolving *r, const Node *node, const Style *style)
{
    Cascade *cascade = r->cascade;
    const Value *link = style->content->link, *anchor = style->content->anchor;
    bool link_attr = link && link->kind == VALUE_FUNCTION, anchor_attr = anchor && anchor->kind == VALUE_FUNCTION;
    if (!link_attr && !anchor_attr)
        return style;
    StyleContent own = *style->content;
    for (int i = 0; i < 2; i++) {
        const Value **field = i ? &own.anchor : &own.link;
        if (!(i ? anchor_attr : link_attr))
            continue;
        const char *text = attribute_text(node, *field);
        Value value = {.kind = VALUE_STRING, .text = text ? name_of(cascade->names, text) : NULL};
        *field = text ? intern_value(cascade->arena, &cascade->values, arena_copy(cascade->arena, &value, sizeof value))
                      : NULL;
    }
    StyleContent *clean = arena_copy(cascade->arena, style->content, sizeof own);
    clean->link = own.link;
    clean->anchor = own.anchor;
    Style changed = *style;
    changed.content = intern_bytes(cascade->arena, &cascade->groups[GROUP_CONTENT], clean, sizeof *clean);
    return style_intern(cascade, &changed);
}

/* ---- one element ---- */
static Name own_language(Resolving *r, const Node *node)
{
    const Matcher *m = &r->cascade->matcher;
    for (int i = 0; i < node->attribute_count; i++) {
        const Attribute *a = &node->attributes[i];
        if ((a->name == m->lang && (!a->ns || strstr(a->ns, "XML/1998"))) || a->name == m->xml_lang)
            return name_of(r->cascade->names, a->value);
    }
    return NULL;
}

static Computed element_style(Resolving *r, const Node *node, const Frame *parent)
{
    ComputeContext context = {.parent = parent ? parent->computed.style : NULL,
                              .box_parent = parent ? parent->box_parent : NULL,
                              .custom = parent ? parent->computed.custom : r->cascade->base_custom,
                              .language = own_language(r, node),
                              .node = node,
                              .root = !parent};
    Computed computed = compute_cached(r->cascade, &context, &r->lists[ELEMENT_ITSELF]);
    if (!parent) {
        r->cascade->root = computed.style;
        r->cascade->root_custom = computed.custom;
    }
    return computed;
}

static void open_element(Resolving *r, const Node *node)
{
    Cascade *cascade = r->cascade;
    const Frame *parent = r->frames.count ? &r->frames.at[r->frames.count - 1] : NULL;
    StyledNode *out = &r->nodes[node->index];
    bool hidden = parent && (parent->computed.style->box->display == KW_NONE || parent->hidden);
    cascade_match(cascade, node, r->lists);
    Computed computed = element_style(r, node, parent);
    const Style *style = computed.style;
    hidden = hidden || style->box->display == KW_NONE;
    Frame frame = {
        node, computed, style->box->display == KW_CONTENTS && parent ? parent->box_parent : style, hidden, {0}};
    for (int i = 0; !hidden && i < r->lists[PSEUDO_AFTER].count; i++)
        VEC_PUSH(cascade->arena, frame.after, r->lists[PSEUDO_AFTER].at[i]);
    out->style = with_links(r, node, style);
    const Style *parent_style = parent ? parent->computed.style : NULL;
    VEC_PUSH(cascade->arena, r->frames, frame);
    filter_push(&cascade->matcher, node);
    if (hidden)
        return;
    if (style->box->display != KW_CONTENTS) /* css-lists-3 4.5: without a box nothing counts */
        counters_apply(r->counters, style, node, is_list_item(style));
    if (style->box->floating == KW_FOOTNOTE)
        footnote(r, node, &computed, parent_style, out);
    counters_enter(r->counters);
    if (node->id && cascade->target_counters.count)
        targets_note(cascade, r->counters, node);
    out->replaced = replacement(r, node, style);
    out->marker = marker_of(r, node, &computed);
    out->before = generated(r, PSEUDO_BEFORE, node, &computed);
    out->first_line = styled_part(r, PSEUDO_FIRST_LINE, node, &computed);
    out->first_letter = styled_part(r, PSEUDO_FIRST_LETTER, node, &computed);
    if (style->content->string_set || style->content->bookmark_level > 0)
        set_strings(r, node, style, out);
}

static void close_element(Resolving *r)
{
    Cascade *cascade = r->cascade;
    Frame *frame = &r->frames.at[r->frames.count - 1];
    StyledNode *out = &r->nodes[frame->node->index];
    filter_pop(&cascade->matcher, frame->node);
    if (!frame->hidden) {
        if (frame->after.count) {
            MatchedList kept = r->lists[PSEUDO_AFTER];
            r->lists[PSEUDO_AFTER] = frame->after;
            out->after = generated(r, PSEUDO_AFTER, frame->node, &frame->computed);
            r->lists[PSEUDO_AFTER] = kept;
        }
        counters_leave(r->counters);
    }
    r->frames.count--;
}

static void walk(Resolving *r)
{
    const Node *node = r->cascade->document->root;
    while (node) {
        const Node *next = NULL;
        if (node->kind == NODE_ELEMENT) {
            open_element(r, node);
            next = node->first;
            if (!next)
                close_element(r);
        }
        while (!next && node) {
            if (node == r->cascade->document->root)
                return;
            next = node->next;
            if (!next) {
                node = node->parent;
                if (node)
                    close_element(r);
            }
        }
        node = next;
    }
}

/* ---- entry ---- */
static void prepare_names(Cascade *cascade)
{
    static const char *const hints[] = {
        "style",      "td",           "th",          "width",       "height", "align",        "valign",
        "bgcolor",    "border",       "cellpadding", "cellspacing", "color",  "face",         "size",
        "type",       "start",        "reversed",    "value",       "hspace", "vspace",       "nowrap",
        "background", "text",         "bordercolor", "noshade",     "clear",  "marginheight", "marginwidth",
        "topmargin",  "bottommargin", "leftmargin",  "rightmargin"};
    enum { COUNT = sizeof hints / sizeof *hints };
    Names *names = cascade->names;
    Name *list = NEW_ARRAY(cascade->arena, Name, COUNT + 1);
    for (int i = 0; i < COUNT; i++)
        list[i] = name_of(names, hints[i]);
    cascade->hint_names = list;
    cascade->list_item = name_of(names, "list-item");
    cascade->page = name_of(names, "page");
    cascade->pages_name = name_of(names, "pages");
    cascade->footnote = name_of(names, "footnote");
    Matcher *m = &cascade->matcher;
    m->lang = name_of(names, "lang");
    m->xml_lang = name_of(names, "xml:lang");
    m->dir = name_of(names, "dir");
    m->href = name_of(names, "href");
    m->disabled = name_of(names, "disabled");
    m->checked = name_of(names, "checked");
    m->selected = name_of(names, "selected");
}

static Cascade *cascade_new(Arena *arena, const Document *document, const StyleSheet *const *sheets, int sheet_count,
                            const StyleContext *context, Diag *diag)
{
    Cascade *cascade = NEW(arena, Cascade);
    cascade->arena = arena;
    cascade->document = document;
    cascade->names = document->names;
    cascade->sheets = sheets;
    cascade->sheet_count = sheet_count;
    if (context)
        cascade->context = *context;
    cascade->diag = diag;
    cascade->css_context = (CssContext){.media = cascade->context.media ? cascade->context.media : "print",
                                        .page_width = cascade->context.page_width,
                                        .page_height = cascade->context.page_height};
    if (cascade->css_context.page_width <= 0 || cascade->css_context.page_height <= 0) {
        cascade->css_context.page_width = 609562; /* A4 */
        cascade->css_context.page_height = 862095;
    }
    cascade->reader = NEW(arena, Reader);
    reader_start(cascade->reader, arena, cascade->names, NULL, NULL, ORIGIN_AUTHOR, &cascade->css_context, NULL);
    cascade->matcher = (Matcher){.arena = arena, .document = document, .scope = document->root};
    cascade->inline_blocks = text_cache_new(arena);
    cascade->hint_blocks = text_cache_new(arena);
    cascade->viewport_width = cascade->css_context.page_width;
    cascade->viewport_height = cascade->css_context.page_height;
    prepare_names(cascade);
    initial_prepare(cascade);
    index_build(cascade);
    custom_prepare(cascade);
    counter_styles_prepare(cascade);
    targets_prepare(cascade);
    return cascade;
}

const StyleTree *style_resolve(Arena *arena, const Document *document, const StyleSheet *const *sheets, int sheet_count,
                               const StyleContext *context, Diag *diag)
{
    return style_resolve_measured(arena, document, sheets, sheet_count, context, NULL, diag);
}

const StyleTree *style_resolve_measured(Arena *arena, const Document *document, const StyleSheet *const *sheets,
                                        int sheet_count, const StyleContext *context, const StyleMetrics *metrics,
                                        Diag *diag)
{
    Cascade *cascade = cascade_new(arena, document, sheets, sheet_count, context, diag);
    if (metrics)
        cascade->metrics = *metrics;
    StyleTree *tree = NEW(arena, StyleTree);
    Resolving r = {.cascade = cascade,
                   .nodes = NEW_ARRAY(arena, StyledNode, document->node_count),
                   .counters = counters_new(cascade)};
    cascade->root = cascade->initial;
    viewport_prepare(cascade);
    cascade->matcher.filter = !document->quirks;
    if (document->root)
        walk(&r);
    cascade->matcher.filter = false;
    targets_finish(cascade);
    *tree = (StyleTree){document, r.nodes, cascade};
    return tree;
}

const Style *style_anonymous(const StyleTree *tree, const Style *parent, uint16_t display)
{
    Cascade *cascade = (Cascade *)(uintptr_t)tree->cascade;
    Style style = *cascade->initial;
    StyleBox *box = NULL;
    style.font = parent->font;
    style.text = parent->text;
    if (display != style.box->display) {
        box = arena_copy(cascade->arena, style.box, sizeof *box);
        box->display = display;
        style.box = intern_bytes(cascade->arena, &cascade->groups[GROUP_BOX], box, sizeof *box);
    }
    return style_intern(cascade, &style);
}
