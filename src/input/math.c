/* Fractions of NITF and MathML, powers, roots: in the signs that running text has for them. */
#include "input/blocks.h"

static const Node *next_element(const Node *node)
{
    while (node && node->kind != NODE_ELEMENT)
        node = node->next;
    return node;
}

static bool holds_operator(const Node *node)
{
    for (const Node *at = node; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "mo") == 0)
            return true;
    return false;
}

static void add_sign(Blocks *blocks, const char *sign, Source source)
{
    if (*sign)
        add_word(blocks, sign, strlen(sign), source);
}

/* Does what was read last end with a digit? A fraction behind it would run into it. */
static bool behind_digit(const Blocks *blocks)
{
    const Node *last = blocks->inner ? blocks->inner->last : NULL;
    const char *text = blocks->text.size ? blocks->text.data : last && last->kind == NODE_TEXT ? last->text : "";
    size_t size = blocks->text.size ? blocks->text.size : last && last->kind == NODE_TEXT ? last->text_size : 0;
    return size && text[size - 1] >= '0' && text[size - 1] <= '9';
}

static void operand(Blocks *blocks, const Node *node)
{
    bool several = holds_operator(node);
    add_sign(blocks, several ? "(" : "", node->source);
    walk(blocks, node);
    add_sign(blocks, several ? ")" : "", node->source);
}

/* "1/2"; the sign between may stand in the text (frac-sep). */
void fraction(Blocks *blocks, const Node *node)
{
    const Node *above = next_element(node->first), *second = above ? next_element(above->next) : NULL;
    const Node *third = second ? next_element(second->next) : NULL;
    if (behind_digit(blocks))
        add_sign(blocks, "\u00A0", node->source);
    if (!second || third) { /* with a sign of its own */
        walk_children(blocks, node);
        return;
    }
    operand(blocks, above);
    add_sign(blocks, "/", second->source);
    operand(blocks, second);
}

void root(Blocks *blocks, const Node *node)
{
    bool several = holds_operator(node);
    add_sign(blocks, several ? "√(" : "√", node->source);
    walk_children(blocks, node);
    add_sign(blocks, several ? ")" : "", node->source);
}

/* The base, and behind it what is raised or lowered. */
void script(Blocks *blocks, const Node *node)
{
    bool both = strcmp(node->name, "msubsup") == 0;
    int place = 0;
    for (const Node *at = next_element(node->first); at; at = next_element(at->next)) {
        const char *name = place == 0 ? NULL : place == 1 && (both || strcmp(node->name, "msub") == 0) ? "sub" : "sup";
        if (name)
            VEC_PUSH(blocks->reader->arena, blocks->open, new_element(blocks->reader, NULL, name, NULL, at->source));
        walk(blocks, at);
        if (name)
            pop_inline(blocks);
        place++;
    }
}
