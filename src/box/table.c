/* Table fix-up: what stands in a table without being a part of it gets anonymous parts around, and parts outside a
 * table get an anonymous table (CSS 2.2 17.2.1). */
#include "box/internal.h"

static bool is_part(const Box *box)
{
    switch ((BoxKind)box->kind) {
    case BOX_CAPTION:
    case BOX_COLGROUP:
    case BOX_COL:
    case BOX_GROUP:
    case BOX_ROW:
    case BOX_CELL: return true;
    default: return false;
    }
}

static bool is_blank(const Box *box)
{
    return (box->is & BOX_IS_ANONYMOUS) && box->kind == BOX_BLOCK && !box->first && box->lines && box->lines->empty &&
           box->lines->count == 0;
}

static Box *anonymous(Builder *builder, const Box *parent, BoxKind kind, uint16_t display)
{
    Box *box = NEW(builder->arena, Box);
    box->kind = (uint8_t)kind;
    box->style = style_anonymous(builder->context->styles, parent->style, display);
    box->is = BOX_IS_ANONYMOUS | (kind == BOX_CELL || kind == BOX_TABLE ? BOX_IS_NEW_FC : 0);
    box->source = parent->source;
    box->tag = parent->tag;
    box->break_before = box->break_after = KW_AUTO;
    box->natural_width = box->natural_height = NONE;
    box->row_span = box->col_span = 1;
    return box;
}

typedef struct {
    Box *first, *last;
    int count;
} List;

static void list_add(List *list, Box *box)
{
    box->next = NULL;
    if (list->last)
        list->last->next = box;
    else
        list->first = box;
    list->last = box;
    list->count++;
}

static void adopt(Box *parent, const List *list)
{
    parent->first = list->first;
    parent->child_count = list->count;
}

/* Children that don't belong straight in a parent of this kind are wrapped, runs of them together, in the part below. */
static void wrap_strangers(Builder *builder, Box *parent, BoxKind wrapper, uint16_t display,
                           bool (*belongs)(const Box *))
{
    List kept = {0}, run = {0};
    Box *next = NULL;
    for (Box *child = (Box *)parent->first;; child = next) {
        if (child)
            next = (Box *)child->next;
        if (child && is_blank(child))
            continue;
        if (child && !belongs(child)) {
            list_add(&run, child);
            continue;
        }
        if (run.count) {
            Box *box = anonymous(builder, parent, wrapper, display);
            adopt(box, &run);
            run = (List){0};
            list_add(&kept, box);
            table_fix(builder, box);
        }
        if (!child)
            break;
        list_add(&kept, child);
    }
    adopt(parent, &kept);
}

static bool in_row(const Box *box)
{
    return box->kind == BOX_CELL;
}

static bool in_group(const Box *box)
{
    return box->kind == BOX_ROW;
}

static bool in_table(const Box *box)
{
    return box->kind == BOX_GROUP || box->kind == BOX_CAPTION || box->kind == BOX_COLGROUP || box->kind == BOX_COL;
}

static bool in_flow(const Box *box)
{
    return !is_part(box);
}

static bool is_column(const Box *box)
{
    return box->kind == BOX_COL;
}

static bool has_parts(const Box *box)
{
    for (const Box *child = box->first; child; child = child->next)
        if (is_part(child))
            return true;
    return false;
}

/* Text straight in a table, group or row becomes an anonymous block first. */
static void lines_to_block(Builder *builder, Box *box)
{
    if (!box->lines)
        return;
    if (box->lines->empty && box->lines->count == 0) {
        box->lines = NULL;
        return;
    }
    Box *block = anonymous(builder, box, BOX_BLOCK, KW_BLOCK);
    block->lines = box->lines;
    ((InlineOwner *)box->lines->owners)[0].box = block;
    box->lines = NULL;
    List list = {0};
    list_add(&list, block);
    adopt(box, &list);
}

/* A first row of heads only, in a table without a head: it stays with the next. */
static void join_heading_row(const Box *group)
{
    Box *row = (Box *)group->first;
    if (group->kind != BOX_GROUP || !row || !row->next || !row->first)
        return;
    for (const Box *cell = row->first; cell; cell = cell->next)
        if (!cell->tag || cell->tag->role != TAG_TH)
            return;
    if (row->break_after == KW_AUTO)
        row->break_after = KW_AVOID;
}

void table_fix(Builder *builder, Box *box)
{
    switch ((BoxKind)box->kind) {
    case BOX_ROW:
        lines_to_block(builder, box);
        wrap_strangers(builder, box, BOX_CELL, KW_TABLE_CELL, in_row);
        break;
    case BOX_GROUP:
        lines_to_block(builder, box);
        wrap_strangers(builder, box, BOX_ROW, KW_TABLE_ROW, in_group);
        break;
    case BOX_TABLE:
        lines_to_block(builder, box);
        wrap_strangers(builder, box, BOX_GROUP, KW_TABLE_ROW_GROUP, in_table);
        if (box->first)
            join_heading_row(box->first);
        break;
    case BOX_COLGROUP: {
        List columns = {0};
        for (Box *child = (Box *)box->first, *next; child; child = next) {
            next = (Box *)child->next;
            if (is_column(child))
                list_add(&columns, child);
        }
        adopt(box, &columns);
        box->lines = NULL;
        break;
    }
    case BOX_COL:
        box->first = NULL;
        box->lines = NULL;
        break;
    default:
        if (has_parts(box))
            wrap_strangers(builder, box, BOX_TABLE, KW_TABLE, in_flow);
    }
}
