/* --dump=style: every element with the properties that aren't initial, as stable XML. */
#include <stdio.h>

#include "style/cascade.h"

static void put_value(int property, const void *field, Buffer *out)
{
    const FieldRow *row = &field_rows[property];
    union {
        uint16_t keyword;
        Size size;
        int32_t number;
        Color color;
        const Value *value;
    } v;
    memset(&v, 0, sizeof v);
    memcpy(&v, field, row->size);
    switch (row->type) {
    case 'K': buffer_text(out, keyword_text(v.keyword)); break;
    case 'L':
    case 'P':
    case 'F': size_serialise(v.size, out); break;
    case 'W': size_serialise((Size){.len = v.number}, out); break;
    case 'N': size_serialise((Size){.number = v.number, .is_number = true}, out); break;
    case 'I':
        if (v.number < INT32_MIN + KEYWORD_COUNT)
            buffer_text(out, keyword_text((uint16_t)(v.number - INT32_MIN)));
        else
            buffer_format(out, "%d", v.number);
        break;
    case 'C': color_serialise(v.color, out); break;
    default:
        if (v.value)
            value_serialise(v.value, out);
        else
            buffer_text(out, "none");
    }
}

void style_property_text(const Style *style, int property, Buffer *out)
{
    const FieldRow *row = &field_rows[property];
    put_value(property, (const char *)group_of(style, (GroupId)row->group) + row->offset, out);
}

static void put_escaped(const char *text, Buffer *out)
{
    buffer_xml(out, text, strlen(text));
}

static bool same_field(const FieldRow *row, const char *a, const char *b)
{
    const Value *x, *y;
    if (row->type != 'V')
        return memcmp(a, b, row->size) == 0;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x == y || (x && y && value_equal(x, y));
}

/* As attributes: name="value"; properties in the order of the table. Names of XML begin with no hyphen: -n2p-x is n2p-x. */
static void put_style(const Cascade *cascade, const Style *style, Buffer *out)
{
    Buffer value = {.arena = out->arena};
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const FieldRow *row = &field_rows[i];
        const char *field = (const char *)group_of(style, (GroupId)row->group) + row->offset,
                   *initial = (const char *)group_of(cascade->initial, (GroupId)row->group) + row->offset;
        if (same_field(row, field, initial))
            continue;
        value.size = 0;
        put_value(i, field, &value);
        const char *name = property_rows[i].name;
        buffer_format(out, " %s=\"", name[0] == '-' ? name + 1 : name);
        put_escaped(value.data ? value.data : "", out);
        buffer_text(out, "\"");
    }
    if (style->text->language) {
        buffer_text(out, " language=\"");
        put_escaped(style->text->language, out);
        buffer_text(out, "\"");
    }
}

static void put_content(const Content *content, Buffer *out)
{
    static const char *const kinds[] = {"text",           "image",       "page-counter", "string",  "element",
                                        "target-counter", "target-text", "leader",       "contents"};
    for (int i = 0; i < content->count; i++) {
        const ContentItem *item = &content->items[i];
        buffer_format(out, "<%s", kinds[item->kind]);
        if (item->target) {
            buffer_text(out, " target=\"");
            put_escaped(item->target, out);
            buffer_text(out, "\"");
        }
        if (item->keyword)
            buffer_format(out, " keyword=\"%s\"", keyword_text(item->keyword));
        if (item->style) {
            buffer_text(out, " style=\"");
            put_escaped(item->style, out);
            buffer_text(out, "\"");
        }
        buffer_text(out, ">");
        put_escaped(item->text ? item->text : "", out);
        buffer_format(out, "</%s>", kinds[item->kind]);
    }
}

static void indent(Buffer *out, int depth)
{
    for (int i = 0; i < depth && i < 40; i++)
        buffer_text(out, "  ");
}

static void put_pseudo(const Cascade *cascade, const char *name, const Pseudo *pseudo, int depth, Buffer *out)
{
    if (!pseudo)
        return;
    indent(out, depth);
    buffer_format(out, "<%s", name);
    put_style(cascade, pseudo->style, out);
    buffer_text(out, ">");
    put_content(&pseudo->content, out);
    buffer_format(out, "</%s>\n", name);
}

static void put_parts(const Cascade *cascade, const StyledNode *node, int depth, Buffer *out)
{
    put_pseudo(cascade, "marker", node->marker, depth, out);
    put_pseudo(cascade, "before", node->before, depth, out);
    put_pseudo(cascade, "first-line", node->first_line, depth, out);
    put_pseudo(cascade, "first-letter", node->first_letter, depth, out);
    if (node->footnote) {
        put_pseudo(cascade, "footnote-call", node->footnote->call, depth, out);
        put_pseudo(cascade, "footnote-marker", node->footnote->marker, depth, out);
    }
    for (int i = 0; i < node->string_count; i++) {
        indent(out, depth);
        buffer_text(out, "<string name=\"");
        put_escaped(node->strings[i].name, out);
        buffer_text(out, "\">");
        put_escaped(node->strings[i].text, out);
        buffer_text(out, "</string>\n");
    }
    if (node->bookmark) {
        indent(out, depth);
        buffer_text(out, "<bookmark>");
        put_escaped(node->bookmark, out);
        buffer_text(out, "</bookmark>\n");
    }
    if (node->replaced) {
        indent(out, depth);
        buffer_text(out, "<replaced>");
        put_content(node->replaced, out);
        buffer_text(out, "</replaced>\n");
    }
}

static void open_node(const StyleTree *tree, const Node *node, int depth, Buffer *out)
{
    const StyledNode *styled = &tree->nodes[node->index];
    indent(out, depth);
    buffer_text(out, "<element name=\"");
    put_escaped(node->name, out);
    buffer_text(out, "\"");
    if (node->source.line)
        buffer_format(out, " at=\"%d:%d\"", node->source.line, node->source.column);
    if (styled->style)
        put_style(tree->cascade, styled->style, out);
    buffer_text(out, ">\n");
    put_parts(tree->cascade, styled, depth + 1, out);
}

static void close_node(const StyleTree *tree, const Node *node, int depth, Buffer *out)
{
    put_pseudo(tree->cascade, "after", tree->nodes[node->index].after, depth + 1, out);
    indent(out, depth);
    buffer_text(out, "</element>\n");
}

void style_dump(const StyleTree *tree, Buffer *out)
{
    const Node *root = tree->document->root, *node = root;
    int depth = 1;
    buffer_text(out, "<styles>\n");
    while (node) {
        const Node *next = NULL;
        if (node->kind == NODE_ELEMENT) {
            open_node(tree, node, depth, out);
            next = node->first;
            if (next)
                depth++;
            else
                close_node(tree, node, depth, out);
        }
        while (!next && node != root) {
            next = node->next;
            if (!next) {
                node = node->parent;
                close_node(tree, node, --depth, out);
            }
        }
        node = next;
    }
    buffer_text(out, "</styles>\n");
}
