/* Lines of a paragraph: widths beside floats, line ends, heights, breaks between lines.
 * layout.md 3 (Inline), 4 (Lines); css-text-3, CSS 2.2 9.4.2, 9.5. */
#include "layout/internal.h"

typedef struct {
    Flow *flow;
    const Inline *lines;
    const Breaks *made; /* asked for by breaks_of; lines that were chosen before need none */
    Len *advances;
    Link *atoms;     /* by item */
    Len left, width; /* content box: left in the border box */
    Extent strut;
    int at;          /* break where the next line begins */
    int number;      /* lines set in earlier fragments and here */
    uint32_t from;   /* offset where the next line begins */
    int floats_done; /* items before this one are placed */
    const Lines *chosen;
    Len chosen_width;
    int chosen_line;
    LineState state;
    bool justify, total_fit;
    const Justify *limits;
    Justify own; /* limits, with what the style says of margins and hyphens */
} LineFlow;

/* ---- what stands in the text ---- */

static Len edge_advance(const InlineItem *item, Len base)
{
    if (!item->edge)
        return 0;
    const Style *style = item->box->style;
    Edges border = used_border(style), padding = used_padding(style, base), margin = used_margin(style, base);
    bool start = (item->kind == INLINE_OPEN) == (style->text->direction != KW_RTL);
    return start ? border.left + padding.left + margin.left : border.right + padding.right + margin.right;
}

static void lay_atom(LineFlow *l, int i)
{
    Flow *flow = l->flow;
    const Box *box = l->lines->items[i].box;
    Space space = flow_space(flow, box, flow->y);
    space = space_unbreakable(&space);
    space.width_rule = RULE_FIT;
    space.floats = NULL;
    Result got = layout_box(flow->job, box, &space, NULL);
    Edges margin = used_margin(box->style, l->width);
    l->atoms[i] = (Link){got.fragment, margin.left, 0};
    l->advances[i] = got.fragment->width + edges_x(margin);
    if (box->leader)
        l->advances[i] = box->style->font->size.len; /* the least: a leader is seen */
    flow->tallest = len_max(flow->tallest, got.fragment->height);
}

static void prepare_items(LineFlow *l)
{
    const Inline *lines = l->lines;
    Arena *arena = l->flow->job->fragments;
    l->advances = NEW_ARRAY(arena, Len, lines->count + 1);
    l->atoms = NEW_ARRAY(arena, Link, lines->count + 1);
    for (int i = 0; i < lines->count; i++) {
        if (lines->items[i].kind == INLINE_ATOM)
            lay_atom(l, i);
        else if (lines->items[i].kind == INLINE_OPEN || lines->items[i].kind == INLINE_CLOSE)
            l->advances[i] = edge_advance(&lines->items[i], l->width);
    }
}

/* ---- line ends ---- */

static const Breaks *breaks_of(LineFlow *l)
{
    if (!l->made)
        l->made = text_breaks(l->flow->job->scratch, l->lines->paragraph, l->advances, &l->own);
    return l->made;
}

/* Is there text after the line that ends at break `at`? */
static bool more_after(LineFlow *l, int at)
{
    if (l->chosen && l->chosen_width != NONE && l->chosen_line > 0 &&
        l->chosen->line[l->chosen_line - 1].break_index == at)
        return l->chosen_line < l->chosen->count;
    return text_more(breaks_of(l), at);
}

static size_t lines_slot(const Layout *job, const LinesEntry *key)
{
    struct {
        const void *paragraph;
        Len width, indent;
        int from;
    } k = {key->paragraph, key->width, key->indent, key->from_break};
    size_t mask = (size_t)(job->lines_room - 1);
    size_t at = hash_bytes(&k, sizeof k, 0) & mask;
    for (; job->lines[at].paragraph; at = (at + 1) & mask) {
        const LinesEntry *e = &job->lines[at];
        if (e->paragraph == key->paragraph && e->width == key->width && e->indent == key->indent &&
            e->from_break == key->from_break && e->justify == key->justify)
            break;
    }
    return at;
}

static void lines_enlarge(Layout *job)
{
    LinesEntry *old = job->lines;
    int room = job->lines_room;
    job->lines_room = room ? room * 2 : 256;
    job->lines = NEW_ARRAY(job->arena, LinesEntry, job->lines_room);
    for (int i = 0; i < room; i++)
        if (old[i].paragraph)
            job->lines[lines_slot(job, &old[i])] = old[i];
}

/* Chosen lines of equal widths are kept: a balancing search asks again and again. */
static const Lines *compose_plain(LineFlow *l, Len width, Len indent)
{
    Layout *job = l->flow->job;
    if ((job->lines_count + 1) * 2 >= job->lines_room)
        lines_enlarge(job);
    LinesEntry key = {l->lines->paragraph, width, indent, l->at, l->limits, NULL};
    LinesEntry *entry = &job->lines[lines_slot(job, &key)];
    if (!entry->paragraph) {
        LineWidths widths = {0, NULL, width, indent, false};
        bool balance = l->flow->box->style->text->wrap_style == KW_BALANCE;
        key.lines = balance && l->at == 0
                        ? text_balance(job->arena, breaks_of(l), width, indent)
                        : text_compose(job->arena, breaks_of(l), &widths, l->at, l->state, !l->justify, 0);
        *entry = key;
        job->lines_count++;
    }
    return entry->lines;
}

static Len indent_of(const LineFlow *l)
{
    return l->number == 0 ? size_resolve(l->flow->box->style->text->indent, l->width) : 0;
}

/* Content edges among the floats at a height. */
static void band_at(const LineFlow *l, Len y, Len height, Len *left, Len *right)
{
    const Flow *flow = l->flow;
    Len x0 = flow->bfc_x + l->left, x1 = x0 + l->width;
    *left = x0;
    *right = x1;
    exclusions_band(flow->floats, flow->bfc_y + y, height, left, right);
    *left -= flow->bfc_x;
    *right -= flow->bfc_x;
}

static bool floats_beside(const LineFlow *l, Len y)
{
    return l->flow->floats && l->flow->floats->max_bottom > l->flow->bfc_y + y;
}

/* Widths of the next lines, as tall as the strut, until the floats end. */
static const Lines *compose_beside(LineFlow *l, Len y, Len indent)
{
    Layout *job = l->flow->job;
    Len height = l->strut.ascent + l->strut.descent;
    Len widths[256];
    int count = 0;
    for (; count < 256 && height > 0 && floats_beside(l, y + count * height); count++) {
        Len left, right;
        band_at(l, y + count * height, height, &left, &right);
        widths[count] = len_max(right - left, 0);
    }
    LineWidths all = {count, widths, l->width, indent, false};
    return text_compose(job->arena, breaks_of(l), &all, l->at, l->state, !l->justify, 0);
}

static bool has_inner_floats(const LineFlow *l)
{
    for (int i = l->floats_done; i < l->lines->count; i++)
        if (l->lines->items[i].kind == INLINE_FLOAT && l->lines->items[i].at > l->from)
            return true;
    return false;
}

static LineEnd next_line(LineFlow *l, Len y, Len width, Len indent)
{
    if (l->total_fit && !has_inner_floats(l)) {
        bool beside = floats_beside(l, y);
        if (l->chosen && l->chosen_line < l->chosen->count && l->chosen_width == width && !beside)
            return l->chosen->line[l->chosen_line++];
        if (beside && l->chosen && l->chosen_line < l->chosen->count && l->chosen_width == NONE) {
            LineEnd planned = l->chosen->line[l->chosen_line];
            if (planned.natural - width < LEN_PT * 4) {
                l->chosen_line++;
                return planned;
            }
        }
        l->chosen = beside ? compose_beside(l, y, indent) : compose_plain(l, width, indent);
        l->chosen_width = beside ? NONE : width;
        l->chosen_line = 1;
        if (l->chosen->count > 0)
            return l->chosen->line[0];
    }
    l->chosen = NULL;
    return text_fit(breaks_of(l), l->at, width, indent);
}

/* ---- floats and positioned boxes that stand in a line ---- */

static Len item_x(LineFlow *l, const LineEnd *line, Len width, int item)
{
    const TextLine *set = text_line(l->flow->job->scratch, breaks_of(l), line, width, ALIGN_NATURAL);
    for (int i = 0; i < set->count; i++)
        if (set->pieces[i].kind == PIECE_ITEM && set->pieces[i].item == item)
            return set->pieces[i].x;
    return 0;
}

/* Floats before the line's text, and those that fit beside it, stand at its top; true: the band has changed. */
static bool place_line_floats(LineFlow *l, const LineEnd *line, Len y, Len width)
{
    for (; l->floats_done < l->lines->count; l->floats_done++) {
        const InlineItem *item = &l->lines->items[l->floats_done];
        if (item->at > line->to || (item->at == line->to && more_after(l, line->break_index) && item->at > line->from))
            return false;
        if (item->kind != INLINE_FLOAT)
            continue;
        if (item->at > line->from) {
            Space space = flow_space(l->flow, item->box, y);
            space.width_rule = RULE_FIT;
            Sizes sizes = size_box(l->flow->job, item->box, &space);
            Len outer = sizes.width + edges_x(sizes.border) + edges_x(sizes.padding) + edges_x(sizes.margin);
            if (item_x(l, line, width, l->floats_done) + outer > width)
                return false;
        }
        place_float(l->flow, item->box, y, NULL);
        l->floats_done++;
        return true;
    }
    return false;
}

static void place_late_floats(LineFlow *l, uint32_t to, Len y)
{
    for (; l->floats_done < l->lines->count && l->lines->items[l->floats_done].at <= to; l->floats_done++)
        if (l->lines->items[l->floats_done].kind == INLINE_FLOAT && l->lines->items[l->floats_done].at < to)
            place_float(l->flow, l->lines->items[l->floats_done].box, y, NULL);
        else if (l->lines->items[l->floats_done].kind == INLINE_FLOAT)
            return;
}

static void pend_positioned(LineFlow *l, const LineEnd *line, Len y, Len height, Len left, Len width)
{
    for (int i = 0; i < l->lines->count; i++) {
        const InlineItem *item = &l->lines->items[i];
        bool here = item->at >= line->from &&
                    (item->at < line->to || (item->at == line->to && !more_after(l, line->break_index)));
        if (item->kind != INLINE_ABSPOS || !here)
            continue;
        if (item->box->is & BOX_IS_INLINE_LEVEL)
            flow_pend(l->flow, PENDING_ABSPOS, item->box, left + item_x(l, line, width, i), y, l->width);
        else
            flow_pend(l->flow, PENDING_ABSPOS, item->box, l->left, item->at == line->from ? y : y + height, l->width);
    }
}

/* ---- a line's fragment ---- */

static bool is_in_line(const LineEnd *line, const InlineItem *item)
{
    return item->at >= line->from && item->at < line->to;
}

static uint16_t used_align(const Style *style, bool last)
{
    uint16_t align = style->text->align;
    if (last && style->text->align_last != KW_AUTO)
        align = style->text->align_last;
    else if (last && align == KW_JUSTIFY)
        align = KW_START;
    bool rtl = style->text->direction == KW_RTL;
    switch (align) {
    case KW_START:
    case KW_MATCH_PARENT: return rtl ? KW_RIGHT : KW_LEFT;
    case KW_END: return rtl ? KW_LEFT : KW_RIGHT;
    case KW_WEBKIT_LEFT: return KW_LEFT;
    case KW_WEBKIT_RIGHT: return KW_RIGHT;
    case KW_WEBKIT_CENTER: return KW_CENTER;
    default: return align;
    }
}

/* Leaders of the line share what is left of it. */
static void fill_leaders(LineFlow *l, const LineEnd *line, Len room)
{
    int count = 0;
    for (int i = 0; i < l->lines->count; i++)
        if (l->lines->items[i].kind == INLINE_ATOM && l->lines->items[i].box->leader &&
            is_in_line(line, &l->lines->items[i]))
            count++;
    if (count == 0)
        return;
    for (int i = 0; i < l->lines->count; i++)
        if (l->lines->items[i].kind == INLINE_ATOM && l->lines->items[i].box->leader &&
            is_in_line(line, &l->lines->items[i])) {
            Len box_size = l->lines->items[i].box->style->font->size.len;
            l->advances[i] = box_size + len_max(room, 0) / count;
            Fragment *wide = NEW(l->flow->job->fragments, Fragment);
            *wide = *l->atoms[i].fragment;
            wide->width = l->advances[i];
            l->atoms[i].fragment = wide;
        }
}

static Len room_left(const LineEnd *line, Len width)
{
    return len_clamp((int64_t)width - line->natural - line->indent);
}

static const Fragment *line_fragment(LineFlow *l, LineEnd *line, Len width, Len *ascent)
{
    Layout *job = l->flow->job;
    const Inline *lines = l->lines;
    Extent extent = l->strut;
    VEC(Link) links = {0};
    if (!lines->plain) {
        fill_leaders(l, line, room_left(line, width));
        Link *here = NEW_ARRAY(job->fragments, Link, lines->count + 1);
        for (int i = 0; i < lines->count; i++)
            if (lines->items[i].kind == INLINE_ATOM && is_in_line(line, &lines->items[i]))
                here[i] = l->atoms[i];
        LineMetrics metrics = line_metrics(job->scratch, lines, line, here, lines->count);
        extent = (Extent){metrics.ascent, metrics.descent};
        for (int i = 0; i < lines->count; i++)
            if (here[i].fragment) {
                Fragment *atom = NEW(job->fragments, Fragment);
                *atom = *here[i].fragment;
                atom->atom = i;
                VEC_PUSH(job->fragments, links, ((Link){atom, here[i].x, here[i].y}));
            }
    }
    LineBox *box = NEW(job->fragments, LineBox);
    const Style *style = l->flow->box->style;
    uint16_t align = used_align(style, line->forced);
    if (l->limits == &justify_ragged && align == KW_JUSTIFY)
        align = KW_LEFT;
    *box = (LineBox){.lines = lines,
                     .end = *line,
                     .available = width,
                     /* a last line that fits only when set tight is set so */
                     .justify = align == KW_JUSTIFY || align == KW_JUSTIFY_ALL || (l->justify && line->x < 0),
                     .strut_ascent = extent.ascent,
                     .strut_descent = extent.descent,
                     .advances = l->advances};
    Len room = room_left(line, width);
    bool rtl = style->text->direction == KW_RTL;
    if (!rtl)
        box->shift = line->indent;
    if (!box->justify && room > 0)
        box->shift += align == KW_RIGHT ? room : align == KW_CENTER ? room / 2 : 0;
    if (box->justify && rtl)
        box->shift = 0;
    Fragment *fragment = fragment_new(job, l->flow->box, FRAGMENT_LINE);
    fragment->line = box;
    fragment->width = width;
    fragment->height = extent.ascent + extent.descent;
    fragment->baseline = fragment->last_baseline = extent.ascent;
    fragment->count = links.count;
    fragment->link = links.at;
    *ascent = extent.ascent;
    return fragment;
}

/* ---- the loop ---- */

static Len snap_line(const Flow *flow, Len y, Len ascent)
{
    Len pitch = flow->space->grid_pitch;
    if (pitch <= 0 || flow->box->style->text->line_snap != KW_BASELINE)
        return y;
    int64_t baseline = (int64_t)flow->space->grid_offset + y + ascent;
    int64_t over = baseline % pitch;
    if (over < 0)
        over += pitch;
    if (over <= pitch / 4 &&
        !(flow->space->at_top && y <= 0)) /* a taller span in the line before has pushed it a little: back */
        return y - (Len)over;
    return y + (Len)(pitch - over);
}

static BreakToken *line_token(LineFlow *l, int at, int number, int chosen_line)
{
    BreakToken *token = token_new(l->flow->job, l->flow->box, TOKEN_INSIDE);
    token->break_index = at;
    token->line = number;
    token->state = l->state;
    if (l->chosen && l->chosen_width != NONE) {
        token->chosen = l->chosen;
        token->chosen_width = l->chosen_width;
        token->chosen_line = chosen_line;
    }
    return token;
}

typedef struct {
    const Fragment *fragment;
    Len x, y, bottom, baseline;
    int at, chosen_line;
    const Exclusions *floats;
    LineState state;
    uint32_t from;
} SetLine;

static Appeal line_appeal(const Flow *flow)
{
    return flow->avoid ? APPEAL_AVOID : APPEAL_PERFECT;
}

/* The next line, as tall as `height`, beside the floats; further down where no word fits. */
static LineEnd choose_line(LineFlow *l, Len *y, Len height, Len indent, Len *left, Len *right, int *saved_chosen)
{
    Flow *flow = l->flow;
    for (int tries = 0;; tries++) {
        band_at(l, *y, height, left, right);
        Len width = *right - *left;
        const Lines *before = l->chosen;
        *saved_chosen = l->chosen_line;
        LineEnd line = next_line(l, *y, width, indent);
        bool beside = *left > l->left || *right < l->left + l->width;
        if (beside && line.natural + line.indent > width && tries < 1000 &&
            !(l->chosen && (!line.overfull || line.natural - width < LEN_PT * 4))) {
            Len next = exclusions_next(flow->floats, flow->bfc_y + *y); /* too narrow for a word: below the float */
            if (next != LEN_MAX) {
                *y = next - flow->bfc_y;
                l->chosen = NULL;
                continue;
            }
        }
        if (tries > 1000 || !place_line_floats(l, &line, *y, width))
            return line;
        l->chosen = before;
        l->chosen_line = *saved_chosen;
        if (floats_beside(l, *y))
            l->chosen = NULL;
    }
}

/* A line that holds something taller than a page is set in slices; NULL: it is not such a line. */
static const Fragment *slice_of_line(LineFlow *l, const Fragment *line, bool first, Len *shown, bool *more)
{
    Flow *flow = l->flow;
    *shown = first && flow->resume && flow->resume->kind == TOKEN_INSIDE ? flow->resume->sliced : 0;
    *more = false;
    bool begins = first && flow->y == 0 && line->count > 0 && slice_needed(flow->space, line->height);
    if (*shown == 0 && !begins)
        return NULL;
    Len from = *shown, to = line->height;
    slice_warn(flow->job, flow->box, from == 0);
    if (flow->space->frame && to - from > flow->space->room - flow->y) {
        to = slice_edge(line, from, flow->space->room - flow->y);
        *more = true;
    }
    *shown = to;
    return slice_trim(flow->job, line, from, to);
}

/* Lines are set until one passes the room; then widows and orphans say after which the break comes (layout.md 4). */
/* The first line of a frame is set whatever its height, unless earlier boxes' floats, which stand in the frame, have
 * pushed it down. */
static bool must_take(const Flow *flow, Len top)
{
    const Exclusions *floats = flow->box->is & BOX_IS_NEW_FC ? NULL : flow->space->floats;
    bool pushed = floats && top > 0 && floats->max_bottom > flow->bfc_y;
    return flow->space->at_top && flow->y == 0 && !pushed;
}

Stop lay_lines(Flow *flow)
{
    Layout *job = flow->job;
    ArenaMark mark = arena_mark(job->scratch);
    const Style *style = flow->box->style;
    LineFlow l = {.flow = flow, .lines = flow->box->lines, .left = flow->content_x, .width = flow->sizes.width};
    l.justify = style->text->align == KW_JUSTIFY && style->text->justify != KW_NONE;
    l.total_fit = (l.justify && style->text->wrap_style != KW_STABLE) || style->text->wrap_style == KW_PRETTY ||
                  style->text->wrap_style == KW_BALANCE;
    l.limits = l.justify ? justify_limits(style) : &justify_ragged;
    Justify own = *l.limits;
    own.optical = style->text->optical_margin == KW_AUTO;
    if (style->text->hyphenate_limit_lines >= 0)
        own.hyphens_in_a_row =
            (uint8_t)(style->text->hyphenate_limit_lines > 250 ? 250 : style->text->hyphenate_limit_lines);
    l.strut = inline_extent(style, l.lines->owners[0].metrics);
    l.own = own;
    prepare_items(&l);
    if (flow->resume && flow->resume->kind == TOKEN_INSIDE) {
        l.at = flow->resume->break_index;
        l.number = flow->resume->line;
        l.state = flow->resume->state;
        if (flow->resume->chosen && flow->resume->chosen_width == l.width) {
            l.chosen = flow->resume->chosen;
            l.chosen_width = flow->resume->chosen_width;
            l.chosen_line = flow->resume->chosen_line;
        }
    }
    int first_number = l.number;
    VEC(SetLine) set = {0};
    Len y = flow->y;
    bool overflow = false, empty = l.lines->empty;
    BreakToken *slice_token = NULL; /* the first line goes on in the next frame */
    bool more = empty || l.at == 0 || more_after(&l, l.at);
    if (l.at > 0 && l.chosen && l.chosen_line > 0)
        l.from = l.chosen->line[l.chosen_line - 1].to;
    else if (l.at > 0)
        l.from = text_fit(breaks_of(&l), l.at, LEN_CLAMP, 0).from;
    while (l.floats_done < l.lines->count && l.lines->items[l.floats_done].at < l.from)
        l.floats_done++;
    if (flow->resume && flow->resume->sliced)
        l.floats_done = flow->resume->row;
    while (more) {
        Len indent = indent_of(&l), left, right;
        if (empty) { /* only floats and positioned boxes: no line */
            LineEnd none = {0};
            while (place_line_floats(&l, &none, y, l.width))
                ;
            pend_positioned(&l, &none, y, 0, l.left, l.width);
            break;
        }
        int saved_chosen = 0;
        LineEnd line = {0};
        Len ascent = 0, height = l.strut.ascent + l.strut.descent;
        const Fragment *fragment = NULL;
        for (int tries = 0; tries < 50; tries++) { /* a line that turns out taller may meet other floats */
            line = choose_line(&l, &y, height, indent, &left, &right, &saved_chosen);
            fragment = line_fragment(&l, &line, right - left, &ascent);
            if (fragment->height <= height || !floats_beside(&l, y))
                break;
            Len taller_left, taller_right;
            band_at(&l, y, fragment->height, &taller_left, &taller_right);
            if (taller_left == left && taller_right == right)
                break;
            height = fragment->height;
            l.chosen = NULL;
        }
        Len shown;
        bool sliced_on;
        const Fragment *slice = slice_of_line(&l, fragment, set.count == 0, &shown, &sliced_on);
        Len top = slice ? y : snap_line(flow, y, ascent);
        if (slice)
            fragment = slice;
        Len bottom = len_add(top, fragment->height);
        VEC_PUSH(
            job->scratch, set,
            ((SetLine){fragment, left, top, bottom, top + ascent, l.at, saved_chosen, flow->floats, l.state, l.from}));
        if (sliced_on) {
            slice_token = line_token(&l, set.at[0].at, first_number, saved_chosen);
            slice_token->state = set.at[0].state;
            slice_token->sliced = shown;
            slice_token->row = l.floats_done;
            break;
        }
        if (flow->space->frame && bottom > flow->space->room && !(set.count == 1 && must_take(flow, set.at[0].y))) {
            overflow = true;
            break;
        }
        if (flow->space->stop.box == flow->box->id && flow->space->stop.line > 0 &&
            l.number == flow->space->stop.line) {
            overflow = true;
            break;
        }
        pend_positioned(&l, &line, top, fragment->height, left, right - left);
        l.state = (LineState){line.fitness, line.hyphens};
        l.at = line.break_index;
        l.from = line.to;
        l.number++;
        y = bottom;
        more = more_after(&l, l.at);
        place_late_floats(&l, more ? l.from : UINT32_MAX, y);
    }
    Stop stop = {.appeal = APPEAL_PERFECT};
    int keep = set.count;
    if (slice_token) {
        stop = (Stop){.cut = true, .rest = slice_token, .appeal = APPEAL_LAST_RESORT};
        flow->shortage = len_min(flow->shortage, set.at[0].fragment->height);
    }
    if (overflow) {
        int fits = set.count - 1;
        /* How many lines are left, to honour widows: count on past the break. */
        int widows = style->text->widows > 0 ? style->text->widows : 1,
            orphans = style->text->orphans > 0 ? style->text->orphans : 1;
        int rest = 1;
        for (LineFlow ahead = l; rest < widows; rest++) {
            LineEnd next = next_line(&ahead, y, l.width, indent_of(&ahead));
            ahead.at = next.break_index;
            ahead.number++;
            ahead.state = (LineState){next.fitness, next.hyphens};
            if (!more_after(&ahead, ahead.at))
                break;
        }
        Appeal appeal = line_appeal(flow);
        bool forced_stop = flow->space->stop.box == flow->box->id && flow->space->stop.line > 0;
        keep = fits;
        if (!forced_stop && rest < widows) {
            int wanted = fits - (widows - rest);
            int least = orphans - first_number;
            int best = len_max(wanted, least);
            if (best <= fits && best >= 1)
                keep = best;
            if (keep > wanted)
                appeal = (Appeal)len_min((Len)appeal, APPEAL_LINES);
        }
        if (!forced_stop && keep + first_number < orphans)
            appeal = (Appeal)len_min((Len)appeal, APPEAL_LINES);
        if (keep <= 0 && !must_take(flow, set.at[0].y)) {
            stop.refused = true;
            flow->shortage = len_min(flow->shortage, set.at[fits].bottom - flow->space->room);
            flow->tallest = len_max(flow->tallest, set.at[fits].fragment->height);
        } else {
            if (keep <= 0)
                keep = 1;
            const SetLine *next = &set.at[keep];
            flow->shortage = len_min(flow->shortage, len_max(1, set.at[fits].bottom - flow->space->room));
            l.at = next->at;
            l.state = next->state;
            stop.cut = true;
            stop.rest = line_token(&l, next->at, first_number + keep, next->chosen_line);
            stop.appeal = appeal;
            if (keep < set.count)
                flow->floats = set.at[keep].floats;
        }
    }
    for (int i = 0; !stop.refused && i < keep && i < set.count; i++) {
        const SetLine *s = &set.at[i];
        flow_add(flow, s->fragment, s->x, s->y);
        if (flow->baseline == NONE)
            flow->baseline = s->baseline;
        flow->last_baseline = s->baseline;
        if (i == 0 && first_number == 0 && !(flow->resume && flow->resume->sliced))
            place_marker(flow, s->baseline);
        flow->y = s->bottom;
        flow->placed = true;
        flow->tallest = len_max(flow->tallest, s->fragment->height);
        /* A break before line i is possible; the latest good one is remembered. */
        int number = first_number + i;
        if (i > 0 && flow->space->frame && number >= style->text->orphans) {
            Appeal here = line_appeal(flow);
            if (here >= flow->best.appeal && (more ? true : l.number - number >= style->text->widows))
                flow->best = (Cut){flow->box->id, number, here};
        }
    }
    arena_rewind(job->scratch, mark);
    return stop;
}
