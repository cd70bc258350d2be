/* Lists, quotations and tables, whose items and cells hold blocks of their own. Tables that only lay a page out are taken apart. */
#include "input/blocks.h"

static Blocks nested(const Blocks *blocks, Node *target)
{
    return (Blocks){.reader = blocks->reader,
                    .base = blocks->base,
                    .target = target,
                    .whole = blocks->whole,
                    .text = {.arena = blocks->reader->arena}};
}

/* A single paragraph inside a list item or a cell is just its text. */
static void hoist(Node *holder)
{
    if (holder->first && holder->first == holder->last && node_is(holder->first, "p")) {
        Node *only = holder->first;
        node_remove(only);
        node_move_children(only, holder);
    }
}

static Node *fill(Blocks *blocks, Node *holder, const Node *from)
{
    Blocks inside = nested(blocks, holder);
    walk_children(&inside, from);
    block_end(&inside);
    hoist(holder);
    if (!holder->first)
        node_remove(holder);
    return holder->first ? holder : NULL;
}

static void list_item(Blocks *blocks, Node *list, const Node *from)
{
    Node *item = new_element(blocks->reader, list, "li", NULL, from->source);
    if (from->kind == NODE_ELEMENT && strcmp(from->name, "li") == 0)
        set_attribute(blocks->reader, item, "value", node_attribute(from, "value"));
    Blocks inside = nested(blocks, item);
    if (from->kind == NODE_ELEMENT && strcmp(from->name, "li") == 0 && like_a_figure(blocks, from))
        figure(&inside, from);
    else if (from->kind == NODE_ELEMENT && strcmp(from->name, "li") == 0)
        walk_children(&inside, from);
    else
        walk(&inside, from);
    block_end(&inside);
    hoist(item);
    if (!item->first)
        node_remove(item);
}

/* Items that hold nothing but pictures are a gallery, not a list. */
static bool is_gallery(const Node *list)
{
    for (const Node *item = list->first; item; item = item->next)
        for (const Node *at = item->first; at; at = at->next)
            if (!node_is(at, "figure") && holds_text(at))
                return false;
    return true;
}

void list(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    Node *made = new_element(blocks->reader, blocks->target, node->name, NULL, node->source);
    static const char *const numbering[] = {"type", "start", "reversed"};
    for (int i = 0; i < 3 && strcmp(node->name, "ol") == 0; i++)
        set_attribute(blocks->reader, made, numbering[i], node_attribute(node, numbering[i]));
    for (const Node *child = node->first; child; child = child->next)
        if (child->kind == NODE_TEXT ? !is_blank(child->text, child->text_size)
                                     : treatment(child) != AS_DROPPED && !hidden(child))
            list_item(blocks, made, child);
    bool gallery = is_gallery(made);
    while (gallery && made->first) {
        Node *item = made->first;
        node_remove(item);
        node_move_children(item, blocks->target);
    }
    if (!made->first)
        node_remove(made);
}

void definitions(Blocks *blocks, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind != NODE_ELEMENT || strcmp(child->name, "dt") != 0) {
            walk(blocks, child);
            continue;
        }
        block_end(blocks);
        VEC_PUSH(blocks->reader->arena, blocks->open, new_element(blocks->reader, NULL, "strong", NULL, child->source));
        walk_children(blocks, child);
        block_end(blocks);
        pop_inline(blocks);
    }
}

void quote(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    Node *made = new_element(blocks->reader, blocks->target, "blockquote", NULL, node->source);
    Blocks inside = nested(blocks, made);
    walk_children(&inside, node);
    block_end(&inside);
    if (!made->first)
        node_remove(made);
}

/* ---- tables: of data, or for layout ---- */
typedef struct {
    int rows, cells, widest, long_cells, headers, nested, pictures;
} TableFacts;

static void table_facts(const Node *node, TableFacts *facts)
{
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        facts->nested += strcmp(at->name, "table") == 0;
        facts->pictures += strcmp(at->name, "img") == 0;
        facts->headers += strcmp(at->name, "th") == 0;
        if (strcmp(at->name, "tr") == 0) {
            int cells = 0;
            for (const Node *cell = at->first; cell; cell = cell->next)
                cells += cell->kind == NODE_ELEMENT;
            facts->rows++;
            facts->widest = cells > facts->widest ? cells : facts->widest;
        }
        if (strcmp(at->name, "td") == 0) {
            size_t size = 0;
            for (const Node *text = at->first; text; text = node_after(text, at))
                size += text->kind == NODE_TEXT && !is_blank(text->text, text->text_size) ? text->text_size : 0;
            facts->cells++;
            facts->long_cells += size > 400;
        }
    }
}

static void table_rows(Blocks *blocks, Node *into, const Node *from)
{
    Node *part = NULL;
    for (const Node *child = from->first; child; child = child->next) {
        if (child->kind != NODE_ELEMENT)
            continue;
        if (strcmp(child->name, "caption") == 0) {
            fill(blocks, new_element(blocks->reader, into, "caption", NULL, child->source), child);
        } else if (strcmp(child->name, "thead") == 0 || strcmp(child->name, "tbody") == 0 ||
                   strcmp(child->name, "tfoot") == 0) {
            Node *made = new_element(blocks->reader, into, child->name, NULL, child->source);
            table_rows(blocks, made, child);
            if (!made->first)
                node_remove(made);
            part = NULL;
        } else if (strcmp(child->name, "tr") == 0) {
            bool bare = node_is(into, "table");
            if (bare && !part)
                part = new_element(blocks->reader, into, "tbody", NULL, child->source);
            Node *row = new_element(blocks->reader, bare ? part : into, "tr", NULL, child->source);
            for (const Node *cell = child->first; cell; cell = cell->next) {
                if (cell->kind != NODE_ELEMENT)
                    continue;
                Node *made =
                    new_element(blocks->reader, row, strcmp(cell->name, "th") == 0 ? "th" : "td", NULL, cell->source);
                set_attribute(blocks->reader, made, "colspan", node_attribute(cell, "colspan"));
                set_attribute(blocks->reader, made, "rowspan", node_attribute(cell, "rowspan"));
                Blocks inside = nested(blocks, made);
                walk_children(&inside, cell);
                block_end(&inside);
                hoist(made);
            }
        }
    }
}

void table(Blocks *blocks, const Node *node)
{
    TableFacts facts = {0};
    table_facts(node, &facts);
    bool data = !facts.nested && facts.widest >= 2 &&
                (facts.headers || (facts.rows >= 2 && facts.long_cells == 0 && !facts.pictures));
    block_end(blocks);
    if (!data) {
        if (like_a_figure(blocks, node))
            figure(blocks, node);
        else
            walk_children(blocks, node);
        block_end(blocks);
        return;
    }
    Node *made = new_element(blocks->reader, blocks->target, "table", NULL, node->source);
    table_rows(blocks, made, node);
    if (!holds_text(made))
        node_remove(made);
}
