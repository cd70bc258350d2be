/* The page loop: page after page from break token to break token; what pages show of their content (strings,
 * running elements, page numbers); margin boxes. css-page-3, css-gcpm-3; layout.md 5. */
#include "layout/internal.h"

typedef struct {
    Name name;
    const char *first, *last, *entry;
    bool any, at_start;
} PageString;
typedef struct {
    Name name;
    const Box *first, *last, *entry;
    bool any;
} PageElement;
typedef struct {
    VEC(PageString) strings;
    VEC(PageElement) elements;
} PageMarks;

typedef struct {
    Layout job;
    PageFacts facts; /* found in this round */
    const PageFacts *asked;
    const PageSink *sink;
    PageMarks marks;
    int number;
    int total;          /* pages of the document; 0: not known yet */
    VEC(Pending) fixed; /* boxes on every page; width NONE: not met yet */
    PageArea *first;    /* kept in a round without a sink */
    PageMarks first_marks;
} PageLoop;

static void lay_pages(PageLoop *loop);

/* ---- marks: strings, running elements, anchors, page numbers of boxes ---- */

static PageString *string_of(PageLoop *loop, Name name)
{
    for (int i = 0; i < loop->marks.strings.count; i++)
        if (loop->marks.strings.at[i].name == name)
            return &loop->marks.strings.at[i];
    VEC_PUSH(loop->job.arena, loop->marks.strings, ((PageString){.name = name}));
    return &loop->marks.strings.at[loop->marks.strings.count - 1];
}

static void note_marks(PageLoop *loop, const Box *box, Len y)
{
    const BoxMarks *marks = box->marks;
    for (int i = 0; i < marks->string_count; i++) {
        PageString *string = string_of(loop, marks->strings[i].name);
        if (!string->any)
            string->first = marks->strings[i].text;
        string->at_start = string->at_start || y <= 0;
        string->any = true;
        string->last = marks->strings[i].text;
    }
    if (marks->anchor)
        VEC_PUSH(loop->job.arena, loop->facts.anchors,
                 ((AnchorFact){marks->anchor, loop->number, NULL,
                               box->node ? node_text(loop->job.arena, box->node) : NULL}));
    if (marks->running) {
        PageElement *element = NULL;
        for (int i = 0; i < loop->marks.elements.count; i++)
            if (loop->marks.elements.at[i].name == marks->running)
                element = &loop->marks.elements.at[i];
        if (!element) {
            VEC_PUSH(loop->job.arena, loop->marks.elements, ((PageElement){.name = marks->running}));
            element = &loop->marks.elements.at[loop->marks.elements.count - 1];
        }
        if (!element->any)
            element->first = marks->running_box;
        element->any = true;
        element->last = marks->running_box;
    }
}

static void note_box(PageLoop *loop, const Box *box, Len y)
{
    if (box->marks)
        note_marks(loop, box, y);
    if (box->slot) {
        while (loop->facts.slots.count < box->slot)
            VEC_PUSH(loop->job.arena, loop->facts.slots, 0);
        loop->facts.slots.at[box->slot - 1] = loop->number;
    }
}

static void collect(PageLoop *loop, const Fragment *fragment, Len y)
{
    const Box *box = fragment->box;
    if (fragment->kind == FRAGMENT_BOX && !(fragment->cut & CUT_BEFORE))
        note_box(loop, box, y);
    if (fragment->kind == FRAGMENT_BOX && box->lines && box->lines->empty && !(fragment->cut & CUT_BEFORE))
        for (int i = 0; i < box->lines->count; i++) /* places in a paragraph without lines */
            if (box->lines->items[i].kind == INLINE_OPEN || box->lines->items[i].kind == INLINE_MARK)
                note_box(loop, box->lines->items[i].box, y);
    if (fragment->kind == FRAGMENT_LINE) {
        const LineEnd *line = &fragment->line->end;
        const Inline *lines = fragment->line->lines;
        for (int i = 0; i < lines->count; i++) {
            const InlineItem *item = &lines->items[i];
            bool here = item->at >= line->from && (item->at < line->to || (item->at == line->to && line->forced));
            if (here && (item->kind == INLINE_OPEN || item->kind == INLINE_MARK) &&
                (item->edge || item->kind == INLINE_MARK))
                note_box(loop, item->box, y);
        }
    }
    if (fragment->kind == FRAGMENT_BOX && !(box->has & (BOX_HAS_MARKS | BOX_HAS_PAGE_FACT)) && !(box->is & BOX_IS_ROOT))
        return;
    for (int i = 0; i < fragment->count; i++)
        collect(loop, fragment->link[i].fragment, len_add(y, fragment->link[i].y));
}

static PageMarks copy_marks(Arena *arena, const PageMarks *marks)
{
    PageMarks copy = {0};
    for (int i = 0; i < marks->strings.count; i++)
        VEC_PUSH(arena, copy.strings, marks->strings.at[i]);
    for (int i = 0; i < marks->elements.count; i++)
        VEC_PUSH(arena, copy.elements, marks->elements.at[i]);
    return copy;
}

static void next_page_marks(PageLoop *loop)
{
    for (int i = 0; i < loop->marks.strings.count; i++) {
        PageString *s = &loop->marks.strings.at[i];
        *s = (PageString){.name = s->name, .entry = s->any ? s->last : s->entry};
    }
    for (int i = 0; i < loop->marks.elements.count; i++) {
        PageElement *e = &loop->marks.elements.at[i];
        *e = (PageElement){.name = e->name, .entry = e->any ? e->last : e->entry};
    }
}

static const char *string_value(void *user, Name name, uint16_t keyword)
{
    const PageMarks *marks = user;
    for (int i = 0; i < marks->strings.count; i++) {
        const PageString *s = &marks->strings.at[i];
        if (s->name != name)
            continue;
        switch (keyword) {
        case KW_START: return s->at_start ? s->first : s->entry;
        case KW_LAST: return s->any ? s->last : s->entry;
        case KW_FIRST_EXCEPT: return s->any ? "" : s->entry;
        default: return s->any ? s->first : s->entry;
        }
    }
    return NULL;
}

static const Box *element_value(void *user, Name name, uint16_t keyword)
{
    const PageMarks *marks = user;
    for (int i = 0; i < marks->elements.count; i++) {
        const PageElement *e = &marks->elements.at[i];
        if (e->name != name)
            continue;
        switch (keyword) {
        case KW_START: return e->entry ? e->entry : e->first;
        case KW_LAST: return e->any ? e->last : e->entry;
        case KW_FIRST_EXCEPT: return e->any ? NULL : e->entry;
        default: return e->any ? e->first : e->entry;
        }
    }
    return NULL;
}

/* ---- the page area ---- */

static void page_area(const PageStyle *style, PageArea *page)
{
    Sizes s = {0};
    s.margin = used_margin(style->style, style->width);
    s.margin.top = size_resolve(style->style->box->margin_top, style->height);
    s.margin.bottom = size_resolve(style->style->box->margin_bottom, style->height);
    s.border = used_border(style->style);
    s.padding = used_padding(style->style, style->width);
    page->x = s.margin.left + s.border.left + s.padding.left;
    page->y = s.margin.top + s.border.top + s.padding.top;
    page->width = len_max(style->width - edges_x(s.margin) - edges_x(s.border) - edges_x(s.padding), LEN_PT);
    page->height = len_max(style->height - edges_y(s.margin) - edges_y(s.border) - edges_y(s.padding), LEN_PT);
}

static Name page_name(Layout *job, const Box *root, const BreakToken *token)
{
    if (!token)
        return root->page_start;
    const Box *box = root;
    Name name = root->page_start;
    while (token && box) { /* down to the first box that begins, or goes on, in the flow */
        const BreakToken *next = NULL;
        for (int i = 0; i < token->count; i++)
            if (!token->child[i]->parallel)
                next = token->child[i];
        if (!next)
            break;
        const Box *child = box_child(job, box, next->box);
        if (!child)
            break;
        const Value *own = child->style->fragmentation->page;
        if (next->kind == TOKEN_BEFORE)
            return child->page_start ? child->page_start : name;
        if (own && own->text)
            name = own->text;
        box = child;
        token = next;
    }
    return name;
}

static PageArea *page_new(PageLoop *loop, Name name, bool blank)
{
    Layout *job = &loop->job;
    PageArea *page = NEW(job->fragments, PageArea);
    page->number = loop->number;
    page->blank = blank;
    page->context =
        (PageContext){name, loop->number == 1, loop->number % 2 == 0, loop->number % 2 == 1, blank, loop->number};
    page->style = style_page(job->request->styles, &page->context);
    page_area(page->style, page);
    return page;
}

/* Boxes that stand on every page: those in `box` whose containing block is the page area. */
static void find_fixed(PageLoop *loop, const Box *box)
{
    if (box->style->decoration->transform || !(box->has & BOX_HAS_ABSPOS))
        return;
    for (int i = 0; box->lines && i < box->lines->count; i++) {
        const Box *item = box->lines->items[i].box;
        if (box->lines->items[i].kind == INLINE_ABSPOS && (item->is & BOX_IS_FIXED))
            VEC_PUSH(loop->job.arena, loop->fixed, ((Pending){.kind = PENDING_ABSPOS, .box = item, .width = NONE}));
        if (box->lines->items[i].kind == INLINE_ATOM || box->lines->items[i].kind == INLINE_ABSPOS ||
            box->lines->items[i].kind == INLINE_FLOAT)
            find_fixed(loop, item);
    }
    for (const Box *child = box->first; child; child = child->next) {
        if (child->is & BOX_IS_FIXED)
            VEC_PUSH(loop->job.arena, loop->fixed, ((Pending){.kind = PENDING_ABSPOS, .box = child, .width = NONE}));
        find_fixed(loop, child);
    }
}

/* Whether a place can be told before the page that its static position is on. */
static bool is_placed_by_insets(const Box *box)
{
    return box->style->box->top.keyword == 0 || box->style->box->bottom.keyword == 0;
}

/* CSS 2.2 9.6.1: fixed boxes stand on every page. Those that don't begin here join what is pending: artifacts. */
static Pending *repeat_fixed(PageLoop *loop, Pending *pending)
{
    for (int i = loop->fixed.count; i-- > 0;) {
        Pending *fixed = &loop->fixed.at[i];
        bool begins = false;
        for (Pending *p = pending; p; p = p->next)
            if (p->box == fixed->box) {
                *fixed = *p;
                begins = true;
            }
        if (begins || (fixed->width == NONE && !is_placed_by_insets(fixed->box)))
            continue;
        Pending *again = arena_copy(loop->job.fragments, fixed, sizeof *again);
        again->again = true;
        again->next = pending;
        pending = again;
    }
    return pending;
}

static void lay_fixed(PageLoop *loop, PageArea *page, Pending *pending)
{
    Layout *job = &loop->job;
    VEC(Link) links = {0};
    Pending *ordered = NULL;
    pending = repeat_fixed(loop, pending);
    for (Pending *next; pending; pending = next) {
        next = pending->next;
        pending->next = ordered;
        ordered = pending;
    }
    for (; ordered; ordered = ordered->next) {
        if (ordered->kind != PENDING_ABSPOS)
            continue;
        Flow flow = {.job = job, .box = job->request->root, .shortage = LEN_MAX};
        Space space = {.width = page->width, .height = page->height};
        Box initial = *job->request->root; /* the initial containing block: a positioned box of the page area's size */
        initial.is = BOX_IS_POSITIONED;
        flow.box = &initial;
        flow.space = &space;
        Box positioned = *ordered->box;
        positioned.is &= ~(uint32_t)BOX_IS_FIXED;
        Pending one = *ordered;
        Box *kept = NEW(job->fragments, Box);
        *kept = positioned;
        one.box = kept;
        one.next = NULL;
        Fragment area = {.width = page->width, .height = page->height};
        flow.pending = &one;
        flow_resolve_pending(&flow, &area);
        for (int i = 0; i < flow.links.count; i++) {
            if (ordered->again)
                ((Fragment *)flow.links.at[i].fragment)->artifact = true;
            VEC_PUSH(job->fragments, links, flow.links.at[i]);
        }
        for (Pending *more = flow.pending, *after; more; more = after) {
            after = more->next;
            more->next = ordered->next;
            ordered->next = more;
        }
    }
    page->fixed = links.at;
    page->fixed_count = links.count;
}

static bool side_is_met(uint16_t forced, int number)
{
    bool right = number % 2 == 1;
    return forced == KW_RIGHT || forced == KW_RECTO ? right : forced == KW_LEFT || forced == KW_VERSO ? !right : true;
}

static Result lay_page(PageLoop *loop, PageArea *page, const BreakToken *token)
{
    Layout *job = &loop->job;
    const Box *root = job->request->root;
    Size pitch = page->style->style->fragmentation->baseline_grid,
         origin = page->style->style->fragmentation->baseline_grid_origin;
    Edges margin = used_margin(root->style, page->width);
    if (token)
        margin.top = 0;
    Frame frame = {FRAME_PAGE, page->height, NULL, false};
    Space space = {.width = page->width,
                   .height = NONE,
                   .percent_width = page->width,
                   .percent_height = page->height,
                   .width_rule = RULE_STRETCH,
                   .height_rule = RULE_FIT,
                   .margins_done = true,
                   .frame = &frame,
                   .room = page->height - margin.top,
                   .at_top = true};
    space.grid_pitch = pitch.keyword ? 0 : size_resolve(pitch, 0);
    space.grid_offset = margin.top - (origin.keyword ? 0 : size_resolve(origin, page->height));
    job->page_width = page->width;
    job->page_height = page->height;
    Result got = layout_flow(job, root, &space, token);
    if (!got.fragment) { /* nothing fits: take the start by force */
        space.room = LEN_MAX;
        got = layout_flow(job, root, &space, token);
        diag_warn(job->diag, "page-overflow", root->source, "page %d is too small for its content", page->number);
    }
    Fragment *area = fragment_new(job, root, FRAGMENT_PAGE);
    Link *link = NEW(job->arena, Link);
    Sizes sizes = size_box(job, root, &space);
    *link = (Link){got.fragment, sizes.margin.left, margin.top};
    area->width = page->width;
    area->height = page->height;
    area->count = got.fragment ? 1 : 0;
    area->link = link;
    page->root = area;
    if (got.fragment)
        lay_fixed(loop, page, got.pending);
    return got;
}

static bool token_equal(const BreakToken *a, const BreakToken *b)
{
    if (!a || !b)
        return a == b;
    if (a->box != b->box || a->kind != b->kind || a->used != b->used || a->line != b->line || a->count != b->count ||
        a->spanner != b->spanner || a->sliced != b->sliced || a->row != b->row || a->row_begun != b->row_begun ||
        a->row_used != b->row_used || (a->positioned && b->positioned && a->positioned->y != b->positioned->y) ||
        a->all_seen != b->all_seen)
        return false;
    for (int i = 0; i < a->count; i++)
        if (!token_equal(a->child[i], b->child[i]))
            return false;
    return true;
}

/* ---- margin boxes (css-page-3 5.3) ---- */

typedef struct {
    const Box *box;
    Len min, max, margin;
    bool fixed;
    Len size;
} MarginSize;

static MarginSize measure_margin(Layout *job, const Box *box, const Style *style, Len available, bool vertical)
{
    MarginSize m = {.box = box};
    if (!box)
        return m;
    Size wanted = vertical ? style->box->height : style->box->width;
    Edges margin = used_margin(style, available), border = used_border(style), padding = used_padding(style, available);
    m.margin = vertical ? edges_y(margin) : edges_x(margin);
    Len edges = vertical ? edges_y(border) + edges_y(padding) : edges_x(border) + edges_x(padding);
    if (wanted.keyword == 0) {
        m.fixed = true;
        m.size = size_resolve(wanted, available) + (style->box->sizing == KW_BORDER_BOX ? 0 : edges) + m.margin;
        m.min = m.max = m.size;
        return m;
    }
    if (vertical) {
        m.min = m.max = 0;
        return m;
    }
    layout_intrinsic(job, box, &m.min, &m.max);
    m.min += m.margin;
    m.max += m.margin;
    return m;
}

/* Two boxes share a width by their max-content, or min-content where that is too much. */
static void share(MarginSize *a, MarginSize *b, Len width)
{
    if (a->fixed && b->fixed)
        return;
    if (a->fixed || b->fixed) {
        MarginSize *other = a->fixed ? b : a;
        other->size = len_max(0, width - (a->fixed ? a->size : b->size));
        return;
    }
    int64_t most = (int64_t)a->max + b->max, least = (int64_t)a->min + b->min;
    if (most <= width)
        a->size = a->max + (most ? len_scale((Len)(width - most), a->max, most) : (Len)((width - most) / 2));
    else if (least < width && most > least)
        a->size = a->min + len_scale((Len)(width - least), a->max - a->min, most - least);
    else
        a->size = least ? len_scale(width, a->min, least) : width / 2;
    b->size = width - a->size;
}

static void distribute(MarginSize *a, MarginSize *b, MarginSize *c, Len width)
{
    if (b->box) {
        MarginSize sides = {.box = b->box, .min = 2 * len_max(a->min, c->min), .max = 2 * len_max(a->max, c->max)};
        if (!a->box && !c->box && !b->fixed)
            b->size = width;
        else
            share(b, &sides, width);
        Len side = len_max(0, (width - b->size) / 2);
        if (a->box && !a->fixed)
            a->size = side;
        if (c->box && !c->fixed)
            c->size = side;
    } else if (a->box && c->box) {
        share(a, c, width);
    } else if (a->box && !a->fixed) {
        a->size = width;
    } else if (c->box && !c->fixed) {
        c->size = width;
    }
}

typedef struct {
    Len x, y, width, height;
} Rect;

/* What is higher than its margin box stands over the text of the page, or leaves the paper. */
static void warn_margin(const Layout *job, const PageArea *page, Len over)
{
    if (over > LEN_PT && job->quiet == 0)
        diag_warn(job->diag, "margin-overfull", job->request->root->source,
                  "page %d: what stands in a margin is %d pt higher than the margin", page->number,
                  (int)(over / LEN_PT));
}

static void lay_margin_box(Layout *job, PageArea *page, int which, const Box *box, Rect rect)
{
    const Style *style = page->style->margin[which].style;
    Edges margin = used_margin(style, rect.width);
    Space space = {.width = rect.width,
                   .height = rect.height,
                   .percent_width = rect.width,
                   .percent_height = rect.height,
                   .width_rule = RULE_EXACT,
                   .height_rule = RULE_EXACT,
                   .room = LEN_MAX,
                   .at_top = true,
                   .margins_done = true};
    space.width = len_max(0, rect.width - edges_x(margin));
    space.height = len_max(0, rect.height - edges_y(margin));
    Box *plain = NEW(job->arena, Box);
    *plain = *box;
    plain->kind = BOX_BLOCK;
    Flow flow = flow_begin(job, plain, &space, NULL);
    Stop stop = plain->lines ? lay_lines(&flow) : lay_children(&flow);
    Len content = flow.y - flow.content_y, room = flow.sizes.height - content;
    warn_margin(job, page, -room);
    Len move = style->box->vertical_align.keyword == KW_TOP      ? 0
               : style->box->vertical_align.keyword == KW_BOTTOM ? room
                                                                 : room / 2;
    for (int i = 0; i < flow.links.count; i++)
        flow.links.at[i].y += move;
    Result got = flow_finish(&flow, stop);
    Fragment *fragment = (Fragment *)got.fragment;
    fragment->artifact = true;
    page->margin[which].fragment = fragment;
    page->margin[which].x = rect.x + margin.left;
    page->margin[which].y = rect.y + margin.top;
}

static void lay_row(Layout *job, PageArea *page, const Box *const *boxes, const int which[3], Rect area, bool vertical)
{
    MarginSize m[3];
    Len length = vertical ? area.height : area.width;
    for (int i = 0; i < 3; i++)
        m[i] = measure_margin(job, boxes[which[i]], page->style->margin[which[i]].style, length, vertical);
    if (vertical) {
        int count = (m[0].box != NULL) + (m[1].box != NULL) + (m[2].box != NULL);
        for (int i = 0; i < 3; i++)
            if (m[i].box && !m[i].fixed)
                m[i].size = count == 1 ? length : length / 3;
    } else {
        distribute(&m[0], &m[1], &m[2], length);
    }
    for (int i = 0; i < 3; i++) {
        if (!m[i].box)
            continue;
        Len at = i == 0 ? 0 : i == 1 ? (length - m[1].size) / 2 : length - m[2].size;
        Rect rect = vertical ? (Rect){area.x, area.y + at, area.width, m[i].size}
                             : (Rect){area.x + at, area.y, m[i].size, area.height};
        lay_margin_box(job, page, which[i], m[i].box, rect);
    }
}

static bool uses_totals(const PageArea *page)
{
    for (int i = 0; i < MARGIN_BOX_COUNT; i++)
        for (int k = 0; page->style->margin[i].style && k < page->style->margin[i].content.count; k++) {
            const ContentItem *item = &page->style->margin[i].content.items[k];
            if (item->kind == CONTENT_TARGET_COUNTER || item->kind == CONTENT_TARGET_TEXT ||
                (item->kind == CONTENT_PAGE_COUNTER && strcmp(item->text, "pages") == 0))
                return true;
        }
    return false;
}

/* How many pages there are: known from an earlier round, or counted now by laying out all of them once. */
static int page_total(PageLoop *loop, const PageArea *page)
{
    if (loop->total == 0 && loop->asked->round > 0)
        loop->total = loop->asked->pages;
    if (loop->total == 0 && uses_totals(page)) {
        PageLoop count = {.asked = loop->asked, .number = 1};
        count.job = loop->job;
        count.job.fragments = arena_beside(loop->job.arena);
        count.total = 1; /* its own margin boxes don't matter */
        lay_pages(&count);
        loop->job.lines = count.job.lines;
        loop->job.lines_room = count.job.lines_room;
        loop->job.lines_count = count.job.lines_count;
        arena_free(count.job.fragments);
        loop->total = count.number - 1;
    }
    return loop->total > 0 ? loop->total : 1;
}

static void lay_margins(PageLoop *loop, PageArea *page, PageMarks *marks)
{
    Layout job = loop->job;
    job.box_count = 0; /* these boxes are numbered by themselves: no cache by id */
    PageFacts facts = *loop->asked;
    if (loop->asked->round == 0)
        facts.anchors = loop->facts.anchors;
    facts.pages = page_total(loop, page);
    job.arena = job.fragments;
    job.lines = NULL;
    job.lines_room = job.lines_count = 0;
    BoxContext context = {job.arena, job.request->styles, job.request->fonts, job.request->images, &facts, job.diag};
    MarginContent content = {page->number, facts.pages, NULL, string_value, element_value, marks};
    const Box *boxes[MARGIN_BOX_COUNT] = {0};
    bool any = false;
    for (int i = 0; i < MARGIN_BOX_COUNT; i++)
        if (page->style->margin[i].style) {
            boxes[i] = box_generate(&context, page->style->margin[i].style, &page->style->margin[i].content, &content);
            any = true;
        }
    if (!any)
        return;
    const Style *style = page->style->style;
    Edges margin = used_margin(style, page->style->width);
    margin.top = size_resolve(style->box->margin_top, page->style->height);
    margin.bottom = size_resolve(style->box->margin_bottom, page->style->height);
    Len w = page->style->width, h = page->style->height, inner_w = w - edges_x(margin), inner_h = h - edges_y(margin);
    static const int top[3] = {MARGIN_TOP_LEFT, MARGIN_TOP_CENTER, MARGIN_TOP_RIGHT},
                     bottom[3] = {MARGIN_BOTTOM_LEFT, MARGIN_BOTTOM_CENTER, MARGIN_BOTTOM_RIGHT};
    static const int left[3] = {MARGIN_LEFT_TOP, MARGIN_LEFT_MIDDLE, MARGIN_LEFT_BOTTOM},
                     right[3] = {MARGIN_RIGHT_TOP, MARGIN_RIGHT_MIDDLE, MARGIN_RIGHT_BOTTOM};
    lay_row(&job, page, boxes, top, (Rect){margin.left, 0, inner_w, margin.top}, false);
    lay_row(&job, page, boxes, bottom, (Rect){margin.left, h - margin.bottom, inner_w, margin.bottom}, false);
    lay_row(&job, page, boxes, left, (Rect){0, margin.top, margin.left, inner_h}, true);
    lay_row(&job, page, boxes, right, (Rect){w - margin.right, margin.top, margin.right, inner_h}, true);
    const struct {
        int which;
        Rect rect;
    } corners[4] = {
        {MARGIN_TOP_LEFT_CORNER, {0, 0, margin.left, margin.top}},
        {MARGIN_TOP_RIGHT_CORNER, {w - margin.right, 0, margin.right, margin.top}},
        {MARGIN_BOTTOM_LEFT_CORNER, {0, h - margin.bottom, margin.left, margin.bottom}},
        {MARGIN_BOTTOM_RIGHT_CORNER, {w - margin.right, h - margin.bottom, margin.right, margin.bottom}},
    };
    for (int i = 0; i < 4; i++)
        if (boxes[corners[i].which])
            lay_margin_box(&job, page, corners[i].which, boxes[corners[i].which], corners[i].rect);
}

/* ---- the loop ---- */

/* A finished page goes to the sink and is dropped; without a sink the first one is kept. */
static void finish_page(PageLoop *loop, PageArea *page, ArenaMark mark)
{
    Layout *job = &loop->job;
    PageMarks marks = copy_marks(job->arena, &loop->marks);
    if (loop->sink) {
        lay_margins(loop, page, &marks);
        loop->sink->page(loop->sink->user, page);
    }
    next_page_marks(loop);
    loop->number++;
    if (loop->sink || loop->first || loop->total == 1) {
        arena_rewind(job->fragments, mark);
        return;
    }
    loop->first = page;
    loop->first_marks = marks;
}

/* Less than a letter. */
static bool has_no_room(const Box *root, Len height, Len width)
{
    Len letter = root->style->font->size.len;
    return letter > 0 && (height < letter || width < letter);
}

static void lay_pages(PageLoop *loop)
{
    Layout *job = &loop->job;
    const BreakToken *token = NULL;
    find_fixed(loop, job->request->root);
    int stuck = 0, too_small = 0;
    uint16_t forced = job->request->root->break_before;
    if (forced == KW_LEFT || forced == KW_VERSO) /* page 1 takes the side asked for: no blank page */
        loop->number = 1;
    for (;;) {
        ArenaMark mark = arena_mark(job->fragments);
        PageArea *page = page_new(loop, page_name(job, job->request->root, token), false);
        Result got = lay_page(loop, page, token);
        if (page->root->count)
            collect(loop, page->root->link[0].fragment, page->root->link[0].y);
        for (int i = 0; i < page->fixed_count; i++)
            if (!page->fixed[i].fragment->artifact)
                collect(loop, page->fixed[i].fragment, page->fixed[i].y);
        const BreakToken *next = token_copy(job->arena, got.rest);
        uint16_t side = got.forced;
        Len width = page->width, height = page->height;
        finish_page(loop, page, mark);
        if (!next)
            return;
        too_small = has_no_room(job->request->root, height, width) ? too_small + 1 : 0;
        if (too_small >= 2) {
            int at = diag_error(job->diag, "page-too-small", job->request->root->source,
                                "page %d has no room for text: its margins leave %.1f by %.1f pt; the rest is left out",
                                loop->number - 1, width / (double)LEN_PT, height / (double)LEN_PT);
            diag_hint(job->diag, at, "choose a larger page size or smaller margins");
            return;
        }
        stuck = token_equal(token, next) ? stuck + 1 : 0;
        token = next;
        if (stuck >= 2) {
            diag_error(job->diag, "layout-stuck", job->request->root->source,
                       "page %d makes no progress; the rest is left out", loop->number - 1);
            return;
        }
        if (loop->number > job->request->limits->pages) {
            int at = diag_error(job->diag, "too-many-pages", job->request->root->source, "more than %d pages",
                                job->request->limits->pages);
            diag_hint(job->diag, at, "check page size and font size, or raise --limit pages=N");
            return;
        }
        if (!side_is_met(side, loop->number)) {
            ArenaMark blank_mark = arena_mark(job->fragments);
            PageArea *blank = page_new(loop, NULL, true);
            Fragment *area = fragment_new(job, job->request->root, FRAGMENT_PAGE);
            area->width = blank->width;
            area->height = blank->height;
            blank->root = area;
            finish_page(loop, blank, blank_mark);
        }
    }
}

/* ---- entry ---- */

static int asked_slot(const PageFacts *asked, int i)
{
    return i < asked->slots.count ? asked->slots.at[i] : 1;
}

static bool facts_equal(const PageFacts *asked, const PageFacts *found)
{
    if ((asked->round ? asked->pages : 1) != found->pages ||
        (asked->round && asked->anchors.count != found->anchors.count))
        return false;
    for (int i = 0; i < found->anchors.count; i++)
        if ((asked->round ? asked->anchors.at[i].page : 1) != found->anchors.at[i].page)
            return false;
    for (int i = 0; i < found->slots.count; i++)
        if (asked_slot(asked, i) != found->slots.at[i])
            return false;
    return true;
}

Pages layout_pages(const LayoutRequest *request, const PageFacts *facts, const PageSink *sink, const PageSink *only)
{
    PageLoop loop = {.asked = facts, .sink = sink, .number = 1};
    loop.job = (Layout){.request = request,
                        .arena = request->arena,
                        .fragments = arena_beside(request->arena),
                        .scratch = arena_beside(request->arena),
                        .diag = request->diag};
    loop.job.box_count = request->root->last + 1;
    loop.job.intrinsic = arena_alloc(request->arena, sizeof *loop.job.intrinsic * loop.job.box_count);
    lay_pages(&loop);
    Pages pages = {.count = loop.number - 1, .facts = loop.facts};
    pages.facts.round = facts->round + 1;
    pages.facts.pages = pages.count;
    pages.settled = !(request->root->has & BOX_HAS_PAGE_FACT) || facts_equal(facts, &pages.facts);
    if (!sink && only && pages.settled && pages.count == 1) {
        loop.total = 1;
        lay_margins(&loop, loop.first, &loop.first_marks);
        only->page(only->user, loop.first);
    }
    arena_free(loop.job.fragments);
    arena_free(loop.job.scratch);
    return pages;
}
