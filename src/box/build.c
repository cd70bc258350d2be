/* From styled elements to boxes, in one walk. See box.h. */
#include "box/internal.h"

#include "base/unicode.h"

#include <stdlib.h>

static void build_children(Builder *builder, Container *container, const Node *node, const Style *style);
static void build_element(Builder *builder, Container *container, const Node *node);

/* ---- containers ---- */

static void append(Container *container, Box *child)
{
    if (container->last_child)
        container->last_child->next = child;
    else
        container->box->first = child;
    container->last_child = child;
    container->box->child_count++;
}

Box *box_new(Builder *builder, BoxKind kind, const Style *style, const Node *node)
{
    Box *box = NEW(builder->arena, Box);
    box->kind = (uint8_t)kind;
    box->style = style;
    box->node = node;
    box->source = node ? node->source : NO_SOURCE;
    box->break_before = style->fragmentation->before;
    box->break_after = style->fragmentation->after;
    box->natural_width = box->natural_height = NONE;
    box->row_span = box->col_span = 1;
    box->tag = builder->tag;
    return box;
}

/* What stands in the lines belongs to their paragraph, not to what the paragraph stands in. */
static void move_into(const Tag *paragraph, const Tag *outer, const Inline *lines)
{
    for (int i = 1; i < lines->owner_count; i++) {
        Box *box = (Box *)lines->owners[i].box;
        if (box->tag == outer)
            box->tag = paragraph;
        else if (box->tag && box->tag->parent == outer)
            ((Tag *)box->tag)->parent = paragraph;
    }
    for (int i = 0; i < lines->count; i++) {
        Box *box = (Box *)lines->items[i].box;
        if (box && box->tag && box->tag->role == TAG_FIGURE && box->tag->parent == outer && box->tag->order >> 32 == 0)
            ((Tag *)box->tag)->parent = paragraph;
    }
}

/* The picture, if nothing else stands in the lines. */
static Tag *lone_figure(const Run *run, const Inline *lines)
{
    const char *text = run->text.data ? run->text.data : "";
    bool alone = lines->count == 1 && lines->items[0].kind == INLINE_ATOM && strncmp(text, "\xEF\xBF\xBC", 3) == 0 &&
                 strspn(text + 3, " ") == run->text.size - 3;
    const Tag *tag = alone ? lines->items[0].box->tag : NULL;
    return tag && tag->role == TAG_FIGURE ? (Tag *)tag : NULL;
}

/* Text that stands straight in a block is a paragraph. Its order among its siblings is the one taken when its text began:
 * before the blocks that end it. A picture alone needs none. */
static void give_text_tag(Builder *builder, const Container *container, Box *box)
{
    if (builder->margin || !box->lines || box->lines->empty || tag_takes_text(box->tag))
        return;
    Tag *figure = lone_figure(&container->run, box->lines);
    if (figure) {
        figure->order = container->order << 32;
        return;
    }
    Tag *paragraph = (Tag *)tag_new(builder, TAG_P, box->tag, box->style);
    paragraph->order = container->order << 32;
    move_into(paragraph, box->tag, box->lines);
    box->tag = paragraph;
}

static void close_inlines(Builder *builder, Container *container, const OpenInline *open)
{
    for (; open; open = open->outer) {
        container->run.owner = open->owner;
        container->run.owners.at[open->owner].last = false;
        run_item(builder, &container->run, INLINE_CLOSE, false, open->box, open->box->style);
    }
}

/* What was collected becomes an anonymous block; collecting goes on inside the same open inlines. */
static void flush_run(Builder *builder, Container *container)
{
    close_inlines(builder, container, container->inlines);
    Run *run = &container->run;
    bool only_open = run->text.size == 0 && !run->has_atoms;
    for (int i = 0; only_open && i < run->items.count; i++)
        only_open =
            !run->items.at[i].edge && (run->items.at[i].kind == INLINE_OPEN || run->items.at[i].kind == INLINE_CLOSE);
    if (!only_open) {
        Box *box = box_new(builder, BOX_BLOCK,
                           style_anonymous(builder->context->styles, container->box->style, KW_BLOCK), NULL);
        box->is |= BOX_IS_ANONYMOUS;
        box->source = container->box->source;
        box->tag = container->box->tag;
        run->owners.at[0].box = box;
        box->lines = run_finish(builder, run, box);
        give_text_tag(builder, container, box);
        if (box->lines)
            append(container, box);
    }
    run_reopen(builder, container);
    container->order = ++builder->order;
}

void add_block(Builder *builder, Container *container, Box *child)
{
    flush_run(builder, container);
    append(container, child);
}

static bool holds_items(const Box *box)
{
    return box->kind == BOX_FLEX || box->kind == BOX_GRID;
}

static void container_begin(Builder *builder, Container *container, Box *box, Container *outer)
{
    *container = (Container){.box = box, .outer = outer, .order = ++builder->order};
    run_begin(builder, &container->run, box);
}

static void container_end(Builder *builder, Container *container)
{
    if (container->box->first) {
        flush_run(builder, container);
        table_fix(builder, container->box);
        return;
    }
    if (holds_items(container->box)) { /* text straight in it is an item */
        flush_run(builder, container);
        return;
    }
    container->box->lines = run_finish(builder, &container->run, container->box);
    if (container->box->kind != BOX_BLOCK)
        table_fix(builder, container->box);
    give_text_tag(builder, container, container->box);
}

/* ---- boxes of elements ---- */

static const char *const bidi_open[] = {"\u202A", "\u202B", "\u2066", "\u2067", "\u202D", "\u202E", "\u2068"};

static const char *bidi_start(const Style *style)
{
    bool rtl = style->text->direction == KW_RTL;
    switch (style->box->unicode_bidi) {
    case KW_EMBED: return bidi_open[rtl];
    case KW_ISOLATE: return bidi_open[2 + rtl];
    case KW_BIDI_OVERRIDE:
    case KW_ISOLATE_OVERRIDE: return bidi_open[4 + rtl];
    case KW_PLAINTEXT: return bidi_open[6];
    default: return NULL;
    }
}

static const char *bidi_end(const Style *style)
{
    switch (style->box->unicode_bidi) {
    case KW_EMBED:
    case KW_BIDI_OVERRIDE:
    case KW_ISOLATE_OVERRIDE: return "\u202C";
    case KW_ISOLATE:
    case KW_PLAINTEXT: return "\u2069";
    default: return NULL;
    }
}

static void add_pseudo(Builder *builder, Container *container, const Pseudo *pseudo, const Node *node, uint8_t which);

static bool is_out_of_flow(const Style *style)
{
    const Value *position = style->box->position;
    return position && (position->keyword == KW_ABSOLUTE || position->keyword == KW_FIXED);
}

static bool is_running(const Style *style)
{
    return style->box->position && style->box->position->kind == VALUE_FUNCTION;
}

static void set_positioning(Box *box)
{
    const Style *style = box->style;
    const Value *position = style->box->position;
    if (position && position->keyword == KW_FIXED)
        box->is |= BOX_IS_FIXED | BOX_IS_ABSPOS;
    else if (position && position->keyword == KW_ABSOLUTE)
        box->is |= BOX_IS_ABSPOS;
    else if (style->box->floating == KW_LEFT || style->box->floating == KW_INLINE_START)
        box->is |=
            BOX_IS_FLOAT | (style->box->floating == KW_LEFT || style->text->direction != KW_RTL ? BOX_IS_LEFT : 0);
    else if (style->box->floating == KW_RIGHT || style->box->floating == KW_INLINE_END)
        box->is |= BOX_IS_FLOAT |
                   (style->box->floating == KW_INLINE_END && style->text->direction == KW_RTL ? BOX_IS_LEFT : 0);
    if (position && (position->keyword == KW_RELATIVE || position->keyword == KW_STICKY))
        box->is |= BOX_IS_RELATIVE;
    if ((position && position->keyword != KW_STATIC && position->kind != VALUE_FUNCTION) ||
        style->decoration->transform)
        box->is |= BOX_IS_POSITIONED;
    if (box->is & (BOX_IS_FLOAT | BOX_IS_ABSPOS))
        box->is |= BOX_IS_NEW_FC;
    if (style->box->overflow_x != KW_VISIBLE && style->box->overflow_x != KW_CLIP)
        box->is |= BOX_IS_NEW_FC;
    int32_t span = style->fragmentation->column_span;
    if (span == INT32_MIN + KW_ALL && !(box->is & (BOX_IS_FLOAT | BOX_IS_ABSPOS)))
        box->is |= BOX_IS_SPANNER | BOX_IS_NEW_FC;
    if (span > 1) {
        box->is |= BOX_IS_COLUMN_FLOAT | BOX_IS_NEW_FC;
        box->column_span = span;
    }
}

/* Whether a box of its own formatting context; and what arranges its children. */
static BoxKind kind_for_display(uint16_t display, Box *box)
{
    switch (display) {
    case KW_FLOW_ROOT:
    case KW_INLINE_BLOCK:
    case KW_INLINE_LIST_ITEM: box->is |= BOX_IS_NEW_FC; return BOX_BLOCK;
    case KW_FLEX:
    case KW_INLINE_FLEX: box->is |= BOX_IS_NEW_FC; return BOX_FLEX;
    case KW_GRID:
    case KW_INLINE_GRID: box->is |= BOX_IS_NEW_FC; return BOX_GRID;
    case KW_TABLE:
    case KW_INLINE_TABLE: box->is |= BOX_IS_NEW_FC; return BOX_TABLE;
    case KW_TABLE_ROW: return BOX_ROW;
    case KW_TABLE_ROW_GROUP:
    case KW_TABLE_HEADER_GROUP:
    case KW_TABLE_FOOTER_GROUP: return BOX_GROUP;
    case KW_TABLE_CELL: box->is |= BOX_IS_NEW_FC; return BOX_CELL;
    case KW_TABLE_CAPTION: box->is |= BOX_IS_NEW_FC; return BOX_CAPTION;
    case KW_TABLE_COLUMN: return BOX_COL;
    case KW_TABLE_COLUMN_GROUP: return BOX_COLGROUP;
    default: return BOX_BLOCK;
    }
}

static bool is_columns(const Style *style)
{
    return style->fragmentation->column_count > 0 || style->fragmentation->column_width.keyword == 0;
}

static const char *link_target(const Node *node, const Style *style)
{
    const Value *link = style->content->link;
    if (link && (link->kind == VALUE_URL || link->kind == VALUE_STRING))
        return link->text;
    return node && node_is(node, "a") ? node_attribute(node, "href") : NULL;
}

static void set_marks(Builder *builder, Box *box, const StyledNode *styled, const Node *node)
{
    int level = box->style->content->bookmark_level;
    bool anchor = node->id != NULL || (node_is(node, "a") && node_attribute(node, "name"));
    if (!anchor && styled->string_count == 0 && level <= 0)
        return;
    BoxMarks *marks = NEW(builder->arena, BoxMarks);
    marks->anchor = node->id ? node->id : anchor ? node_attribute(node, "name") : NULL;
    marks->strings = styled->strings;
    marks->string_count = styled->string_count;
    if (level > 0) {
        marks->bookmark_level = level;
        marks->bookmark = styled->bookmark ? styled->bookmark : node_text(builder->arena, node);
        marks->bookmark_open = box->style->content->bookmark_state != KW_CLOSED;
    }
    box->marks = marks;
}

static void set_pseudo_marks(Builder *builder, Box *box, const Pseudo *pseudo)
{
    if (pseudo->string_count == 0)
        return;
    BoxMarks *marks = NEW(builder->arena, BoxMarks);
    marks->strings = pseudo->strings;
    marks->string_count = pseudo->string_count;
    box->marks = marks;
}

static bool is_marker_outside(const Style *style)
{
    return style->text->list_position != KW_INSIDE;
}

/* The space that ends a marker parts it from the text beside it; at the end of a line it would go. */
static void keep_last_space(Run *run)
{
    if (run->text.size == 0 || run->text.data[run->text.size - 1] != ' ')
        return;
    run->text.size--;
    buffer_utf8(&run->text, 0xA0);
    for (int i = 0; i < run->spans.count; i++)
        if (run->spans.at[i].to == run->text.size - 1)
            run->spans.at[i].to = (uint32_t)run->text.size;
}

static void add_marker(Builder *builder, Container *container, const StyledNode *styled)
{
    const Pseudo *marker = styled->marker;
    if (!marker || marker->content.count == 0)
        return;
    Box *item = container->box;
    if (!is_marker_outside(item->style)) {
        add_content(builder, container, marker->style, &marker->content, item, NULL);
        container->run.space = true; /* the marker's own space is kept, further ones vanish */
        return;
    }
    const Tag *saved = builder->tag;
    if (!builder->margin && saved && saved->role == TAG_LI)
        builder->tag = tag_new(builder, TAG_LBL, saved, NULL);
    Box *box = box_new(builder, BOX_MARKER, marker->style, NULL);
    box->is |= BOX_IS_NEW_FC | BOX_IS_MONOLITHIC;
    box->pseudo = 'm';
    box->source = item->source;
    Container inside;
    container_begin(builder, &inside, box, container);
    inside.run.space = false;
    add_content(builder, &inside, marker->style, &marker->content, box, NULL);
    keep_last_space(&inside.run);
    container_end(builder, &inside);
    item->marker = box;
    builder->tag = saved;
}

/* The content of a block container: marker, ::before, children, ::after. Returns the first letter's style if no text
 * took it. */
static const Pseudo *build_inside(Builder *builder, Container *outer, Box *box, const Node *node,
                                  const StyledNode *styled, const Pseudo *first_letter)
{
    const Tag *saved = builder->tag;
    builder->tag = box->tag;
    Container container;
    container_begin(builder, &container, box, outer);
    container.first_letter = first_letter;
    if (styled->marker &&
        (box->style->box->display == KW_LIST_ITEM || box->style->box->display == KW_INLINE_LIST_ITEM)) {
        box->is |= BOX_IS_LIST_ITEM;
        add_marker(builder, &container, styled);
        if (box->tag && box->tag->role == TAG_LI)
            builder->tag = box->tag = tag_new(builder, TAG_LBODY, box->tag, NULL);
    }
    if (styled->before)
        add_pseudo(builder, &container, styled->before, node, 'b');
    build_children(builder, &container, node, box->style);
    if (styled->after)
        add_pseudo(builder, &container, styled->after, node, 'a');
    container_end(builder, &container);
    builder->tag = saved;
    return container.first_letter;
}

/* A multi-column box holds one anonymous flow, which holds the content. */
static Box *content_box(Builder *builder, Box *box)
{
    if (box->kind != BOX_BLOCK || !is_columns(box->style))
        return box;
    box->kind = BOX_COLUMNS;
    box->is |= BOX_IS_NEW_FC;
    Box *flow = box_new(builder, BOX_BLOCK, style_anonymous(builder->context->styles, box->style, KW_BLOCK), NULL);
    flow->is |= BOX_IS_ANONYMOUS | BOX_IS_NEW_FC;
    flow->tag = box->tag;
    flow->source = box->source;
    box->first = flow;
    box->child_count = 1;
    return flow;
}

static bool is_inline_level(uint16_t display)
{
    switch (display) {
    case KW_INLINE:
    case KW_INLINE_BLOCK:
    case KW_INLINE_TABLE:
    case KW_INLINE_FLEX:
    case KW_INLINE_GRID:
    case KW_INLINE_LIST_ITEM:
    case KW_RUN_IN: return true;
    default: return false;
    }
}

/* css-pseudo-4 2.1.2 asks for one that is neither floated nor positioned nor in line; a flex or grid item is none. */
static bool is_in_flow_block(const Container *outer, const Box *box)
{
    return !(box->is & (BOX_IS_FLOAT | BOX_IS_ABSPOS)) && !is_running(box->style) &&
           !is_inline_level(box->style->box->display) && !holds_items(outer->box);
}

static Box *block_box(Builder *builder, Container *outer, const Node *node, const StyledNode *styled)
{
    Box *box = box_new(builder, BOX_BLOCK, styled->style, node);
    const Tag *tag = tag_for_element(builder, node, styled->style, false);
    if (tag)
        box->tag = tag;
    box->kind = (uint8_t)kind_for_display(styled->style->box->display, box);
    set_positioning(box);
    set_marks(builder, box, styled, node);
    box->href = link_target(node, styled->style);
    const char *span = node_attribute(node, "colspan");
    box->col_span = span && atoi(span) > 0 ? (atoi(span) > 1000 ? 1000 : atoi(span)) : 1;
    if (box->kind == BOX_COL || box->kind == BOX_COLGROUP) {
        span = node_attribute(node, "span");
        box->col_span = span && atoi(span) > 0 ? (atoi(span) > 1000 ? 1000 : atoi(span)) : 1;
    }
    span = node_attribute(node, "rowspan");
    box->row_span = span && atoi(span) >= 0 ? (atoi(span) > 65534 ? 65534 : atoi(span)) : 1;
    if (tag)
        tag_cell((Tag *)tag, node, box);
    bool flows = box->kind == BOX_BLOCK && is_in_flow_block(outer, box); /* its first line is the outer one's */
    const Pseudo *letter = styled->first_letter ? styled->first_letter : flows ? outer->first_letter : NULL;
    if (!build_inside(builder, outer, content_box(builder, box), node, styled, letter) && letter && flows)
        outer->first_letter = NULL;
    return box;
}

static int attribute_px(const Node *node, const char *name)
{
    const char *value = node_attribute(node, name);
    return value ? atoi(value) : 0;
}

static bool is_replaced_element(const Node *node)
{
    static const char *const names[] = {"img", "svg", "video", "canvas", "iframe", "embed", "object", "image"};
    if (node->ns_kind != NS_HTML && node->ns_kind != NS_SVG && node->ns_kind != NS_NONE)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(node->name, names[i]) == 0)
            return true;
    return false;
}

/* An element whose content comes from a file. NULL: nothing to show; *fallback: show the element's content instead. */
static Box *replaced_box(Builder *builder, const Node *node, const StyledNode *styled, bool *fallback)
{
    const Document *document = builder->context->styles->document;
    bool object = node_is(node, "object");
    const char *href = node_attribute(node, object ? "data" : "src");
    *fallback = object;
    if (strcmp(node->name, "img") == 0 || object) {
        if (!href || !*href)
            return NULL;
        Box *box = image_box(builder, styled->style, node, href, document->directory, node->source);
        if (box)
            box->alt = node_attribute(node, "alt");
        return box;
    }
    Box *box = box_new(builder, BOX_REPLACED, styled->style, node);
    int width = attribute_px(node, "width"), height = attribute_px(node, "height");
    set_natural_size(box, width > 0 ? width : 300, height > 0 ? height : 150);
    if (width <= 0 || height <= 0)
        box->ratio = 0;
    diag_warn(builder->context->diag, "replaced-unsupported", node->source, "<%s> is left as a blank area", node->name);
    return box;
}

/* A box made by `make` goes where its style says: out of flow, floated, in line or as a block. */
static void place_box(Builder *builder, Container *container, Box *box, const Style *parent_style)
{
    if (holds_items(container->box)) { /* flex and grid items: blocks of their own, never floated */
        box->is = (box->is & ~(uint32_t)(BOX_IS_FLOAT | BOX_IS_LEFT)) | BOX_IS_NEW_FC;
        if (!(box->is & BOX_IS_ABSPOS)) {
            box->is |= BOX_IS_ITEM;
            add_block(builder, container, box);
            return;
        }
    }
    if (box->is & (BOX_IS_FLOAT | BOX_IS_ABSPOS)) {
        run_item(builder, &container->run, box->is & BOX_IS_FLOAT ? INLINE_FLOAT : INLINE_ABSPOS, false, box,
                 parent_style);
        if (is_inline_level(box->style->box->display))
            box->is |= BOX_IS_INLINE_LEVEL;
    } else if (is_inline_level(box->style->box->display)) {
        box->is |= BOX_IS_INLINE_LEVEL | BOX_IS_NEW_FC | BOX_IS_MONOLITHIC;
        run_item(builder, &container->run, INLINE_ATOM, false, box, box->style);
    } else {
        add_block(builder, container, box);
    }
}

/* Pages have no area for notes: one stands in its sentence, in parentheses. */
static bool is_footnote(const Style *style)
{
    return style->box->floating == KW_FOOTNOTE;
}

static void build_inline(Builder *builder, Container *container, const Node *node, const StyledNode *styled,
                         const Pseudo *pseudo, uint8_t which)
{
    const Style *style = pseudo ? pseudo->style : styled->style;
    const Tag *saved = builder->tag;
    Box *box = box_new(builder, BOX_INLINE, style, pseudo ? NULL : node);
    box->is |= BOX_IS_FIRST_PIECE | BOX_IS_LAST_PIECE;
    box->source = node->source;
    set_positioning(box);
    if (!pseudo) {
        const Tag *tag = builder->margin ? NULL : tag_for_element(builder, node, style, true);
        if (tag) {
            ((Tag *)tag)->order = container->run.text.size;
            box->tag = builder->tag = tag;
        }
        set_marks(builder, box, styled, node);
        box->href = link_target(node, style);
    }
    VEC_PUSH(builder->arena, container->run.owners, ((InlineOwner){box, container->run.owner, true, true, NULL}));
    OpenInline open = {box, container->run.owners.count - 1, container->inlines};
    container->inlines = &open;
    container->run.owner = open.owner;
    run_item(builder, &container->run, INLINE_OPEN, true, box, style);
    bool saved_space = container->run.space;
    const char *control = bidi_start(style);
    if (control)
        run_literal(builder, container, style, control);
    container->run.space = saved_space;
    if (pseudo) {
        box->pseudo = which;
        set_pseudo_marks(builder, box, pseudo);
        add_content(builder, container, style, &pseudo->content, box, node);
    } else {
        if (is_footnote(style))
            run_text(builder, container, style, " (", 2);
        if (styled->before)
            add_pseudo(builder, container, styled->before, node, 'b');
        build_children(builder, container, node, style);
        if (styled->after)
            add_pseudo(builder, container, styled->after, node, 'a');
        if (is_footnote(style))
            run_text(builder, container, style, ")", 1);
    }
    control = bidi_end(style);
    saved_space = container->run.space;
    if (control)
        run_literal(builder, container, style, control);
    container->run.space = saved_space;
    container->run.owner = open.owner;
    run_item(builder, &container->run, INLINE_CLOSE, true, box, style);
    container->inlines = open.outer;
    container->run.owner = open.outer ? open.outer->owner : 0;
    builder->tag = saved;
}

static void add_pseudo(Builder *builder, Container *container, const Pseudo *pseudo, const Node *node, uint8_t which)
{
    const Style *style = pseudo->style;
    if (style->box->display == KW_INLINE && style->box->floating == KW_NONE && !is_out_of_flow(style) &&
        !holds_items(container->box)) {
        build_inline(builder, container, node, NULL, pseudo, which);
        return;
    }
    Box *box = box_new(builder, BOX_BLOCK, style, NULL);
    box->pseudo = which;
    box->source = node->source;
    box->kind = (uint8_t)kind_for_display(style->box->display, box);
    set_positioning(box);
    set_pseudo_marks(builder, box, pseudo);
    Container inside;
    container_begin(builder, &inside, content_box(builder, box), container);
    add_content(builder, &inside, style, &pseudo->content, box, node);
    container_end(builder, &inside);
    place_box(builder, container, box, container->box->style);
}

/* ---- ::first-letter: the first letter with the punctuation around it (css-pseudo-4 2.2) ---- */

static size_t first_letter_size(const char *text, size_t size)
{
    const char *at = text, *end = text + size, *letter_end = NULL;
    while (at < end) {
        const char *from = at;
        uint32_t c = utf8_next(&at, end);
        bool punctuation = unicode_is_punctuation(c);
        if (punctuation)
            continue;
        if (letter_end || c <= ' ') {
            at = from;
            break;
        }
        letter_end = at;
    }
    return letter_end ? (size_t)(at - text) : 0;
}

static size_t take_first_letter(Builder *builder, Container *container, const Node *node, const char *text, size_t size)
{
    size_t skip = 0;
    while (skip < size && strchr(" \t\n\r\f", text[skip]) && text[skip])
        skip++;
    size_t letter = first_letter_size(text + skip, size - skip);
    if (letter == 0)
        return 0;
    const Pseudo *first = container->first_letter;
    container->first_letter = NULL;
    ContentItem *item = NEW(builder->arena, ContentItem);
    item->kind = CONTENT_TEXT;
    item->text = arena_string(builder->arena, text + skip, letter);
    Pseudo *pseudo = NEW(builder->arena, Pseudo);
    *pseudo = (Pseudo){.style = first->style, .content = {1, item}};
    add_pseudo(builder, container, pseudo, node->parent, 'l');
    return skip + letter;
}

/* ---- elements ---- */

static bool has_picture(const Box *box)
{
    if (box->kind == BOX_REPLACED)
        return true;
    for (const Box *child = box->first; child; child = child->next)
        if (has_picture(child))
            return true;
    for (int i = 0; box->lines && i < box->lines->count; i++)
        if (box->lines->items[i].kind != INLINE_CLOSE && has_picture(box->lines->items[i].box))
            return true;
    return false;
}

static void build_running(Builder *builder, Container *container, const Node *node, const StyledNode *styled)
{
    BoxMarks *marks = NEW(builder->arena, BoxMarks);
    marks->running = styled->style->box->position->items[0].text;
    const Tag *saved = builder->tag;
    builder->tag = NULL;
    marks->running_box = block_box(builder, container, node, styled);
    builder->tag = saved;
    Box *place =
        box_new(builder, BOX_INLINE, style_anonymous(builder->context->styles, container->box->style, KW_INLINE), NULL);
    place->marks = marks;
    run_item(builder, &container->run, INLINE_MARK, false, place, container->box->style);
}

static void build_replaced(Builder *builder, Container *container, const Node *node, const StyledNode *styled)
{
    bool fallback;
    Box *box = replaced_box(builder, node, styled, &fallback);
    if (!box) {
        const char *alt = node_attribute(node, "alt");
        if (fallback)
            build_children(builder, container, node, styled->style);
        else if (alt && !builder->article)
            run_text(builder, container, styled->style, alt, strlen(alt));
        return;
    }
    box->is |= BOX_IS_MONOLITHIC | BOX_IS_NEW_FC;
    const char *shown = tag_alt(builder, node, box->alt);
    box->tag = NULL;
    if (!builder->margin &&
        (shown || builder->article || !box->alt)) { /* alt="" says that nothing is lost without it */
        Tag *tag = (Tag *)tag_new(builder, TAG_FIGURE, builder->tag, NULL);
        tag->alt = shown;
        if (is_inline_level(styled->style->box->display))
            tag->order = container->run.text.size;
        box->tag = tag;
    }
    set_positioning(box);
    set_marks(builder, box, styled, node);
    place_box(builder, container, box, container->box->style);
}

/* Nothing but pictures in the text: then their captions are the story. */
static bool is_all_figures(const Node *body)
{
    for (const Node *at = body ? body->first : NULL; at; at = at->next)
        if (at->kind == NODE_ELEMENT && !node_is(at, "figure"))
            return false;
    return true;
}

static bool is_dropped_figure(Builder *builder, const Box *box)
{
    if (!builder->article || !node_is(box->node, "figure") || !node_has_class(box->node, "picture") ||
        has_picture(box) || is_all_figures(box->node->parent))
        return false;
    diag_warn(builder->context->diag, "caption-dropped", box->source, "the caption is left out with its picture");
    return true;
}

static void build_element(Builder *builder, Container *container, const Node *node)
{
    const StyledNode *styled = &builder->context->styles->nodes[node->index];
    const Style *style = styled->style;
    uint16_t display = style->box->display;
    if (display == KW_NONE)
        return;
    if (display == KW_CONTENTS) {
        if (styled->before)
            add_pseudo(builder, container, styled->before, node, 'b');
        build_children(builder, container, node, style);
        if (styled->after)
            add_pseudo(builder, container, styled->after, node, 'a');
        return;
    }
    if (node_is(node, "br") && node->ns_kind != NS_SVG) {
        run_literal(builder, container, style, "\n");
        return;
    }
    if (node_is(node, "wbr")) {
        run_literal(builder, container, style, "\u200B");
        return;
    }
    if (is_running(style)) {
        build_running(builder, container, node, styled);
        return;
    }
    if (is_replaced_element(node)) {
        build_replaced(builder, container, node, styled);
        return;
    }
    bool out = is_out_of_flow(style) || style->box->floating == KW_LEFT || style->box->floating == KW_RIGHT ||
               style->box->floating == KW_INLINE_START || style->box->floating == KW_INLINE_END;
    bool runs = display == KW_INLINE || display == KW_RUN_IN || (display == KW_BLOCK && is_footnote(style));
    if (runs && !out && !holds_items(container->box)) {
        build_inline(builder, container, node, styled, NULL, 0);
        return;
    }
    Box *box = block_box(builder, container, node, styled);
    if (!is_dropped_figure(builder, box))
        place_box(builder, container, box, container->box->style);
}

static void build_children(Builder *builder, Container *container, const Node *node, const Style *style)
{
    if (++builder->depth > 420) { /* deeper content becomes text of this level */
        diag_warn(builder->context->diag, "too-deep", node->source, "elements nested deeper than 400 are flattened");
        const char *text = node_text(builder->arena, node);
        run_text(builder, container, style, text, strlen(text));
        builder->depth--;
        return;
    }
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind == NODE_ELEMENT) {
            build_element(builder, container, child);
            continue;
        }
        size_t taken =
            container->first_letter ? take_first_letter(builder, container, child, child->text, child->text_size) : 0;
        run_text(builder, container, style, child->text + taken, child->text_size - taken);
    }
    builder->depth--;
}

/* ---- entries ---- */

static Builder builder_new(const BoxContext *context)
{
    return (Builder){
        .context = context, .arena = context->arena, .article = context->styles->document->kind == DOCUMENT_ARTICLE};
}

const Box *box_build(const BoxContext *context)
{
    Builder builder = builder_new(context);
    const Document *document = context->styles->document;
    const StyledNode *styled = &context->styles->nodes[document->root->index];
    Tag *tag = (Tag *)tag_new(&builder, TAG_DOCUMENT, NULL, NULL);
    tag->language = document->language;
    builder.tag = tag;
    Box *root = box_new(&builder, BOX_BLOCK, styled->style, document->root);
    root->is |= BOX_IS_ROOT | BOX_IS_NEW_FC;
    if (styled->style->box->display == KW_NONE) {
        BoxId none = 1;
        box_finish(root, &none);
        return root;
    }
    root->kind = (uint8_t)kind_for_display(styled->style->box->display, root);
    set_positioning(root);
    root->is &= ~(uint32_t)(BOX_IS_FLOAT | BOX_IS_ABSPOS | BOX_IS_FIXED);
    set_marks(&builder, root, styled, document->root);
    build_inside(&builder, NULL, content_box(&builder, root), document->root, styled, styled->first_letter);
    BoxId next = 1;
    box_finish(root, &next);
    return root;
}

const Box *box_generate(const BoxContext *context, const Style *style, const Content *content,
                        const MarginContent *page)
{
    Builder builder = builder_new(context);
    builder.margin = page;
    Box *box = box_new(&builder, BOX_MARGIN, style, NULL);
    box->is |= BOX_IS_NEW_FC | BOX_IS_MONOLITHIC;
    Container container;
    container_begin(&builder, &container, box, NULL);
    add_content(&builder, &container, style, content, box, NULL);
    container_end(&builder, &container);
    box->id = 1;
    BoxId next = 1;
    box_finish(box, &next);
    return box;
}
