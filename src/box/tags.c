/* Structure elements (ISO 32000-1 14.8.4) for the elements of a document. */
#include "box/internal.h"

static const struct {
    const char *name;
    uint8_t role;
} block_roles[] = {
    {"article", TAG_ART},
    {"section", TAG_SECT},
    {"h1", TAG_H1},
    {"h2", TAG_H2},
    {"h3", TAG_H3},
    {"h4", TAG_H4},
    {"h5", TAG_H5},
    {"h6", TAG_H6},
    {"p", TAG_P},
    {"ul", TAG_L},
    {"ol", TAG_L},
    {"li", TAG_LI},
    {"figure", TAG_DIV},
    {"figcaption", TAG_CAPTION},
    {"caption", TAG_CAPTION},
    {"blockquote", TAG_BLOCKQUOTE},
    {"table", TAG_TABLE},
    {"thead", TAG_THEAD},
    {"tbody", TAG_TBODY},
    {"tfoot", TAG_TFOOT},
    {"tr", TAG_TR},
    {"th", TAG_TH},
    {"td", TAG_TD},
    {"pre", TAG_P},
    {"dl", TAG_DIV},
    {"dt", TAG_P},
    {"dd", TAG_P},
};
static const struct {
    const char *name;
    uint8_t role;
} inline_roles[] = {
    {"a", TAG_LINK},
    {"q", TAG_QUOTE},
    {"code", TAG_CODE},
};

const Tag *tag_new(Builder *builder, uint8_t role, const Tag *parent, const Style *style)
{
    Tag *tag = NEW(builder->arena, Tag);
    tag->id = ++builder->tags;
    tag->role = role;
    tag->parent = parent;
    tag->order = (uint64_t)++builder->order << 32;
    if (style && style->text->language &&
        (!parent || !parent->language || strcmp(parent->language, style->text->language) != 0))
        tag->language = style->text->language;
    tag->colspan = tag->rowspan = 1;
    return tag;
}

const Tag *tag_for_element(Builder *builder, const Node *node, const Style *style, bool inline_level)
{
    if (!node || node->kind != NODE_ELEMENT || (node->ns_kind != NS_HTML && node->ns_kind != NS_NONE))
        return NULL;
    if (inline_level) {
        for (size_t i = 0; i < sizeof inline_roles / sizeof *inline_roles; i++)
            if (strcmp(inline_roles[i].name, node->name) == 0 &&
                (inline_roles[i].role != TAG_LINK || node_attribute(node, "href"))) {
                Tag *tag = (Tag *)tag_new(builder, inline_roles[i].role, builder->tag, style);
                tag->href = inline_roles[i].role == TAG_LINK ? node_attribute(node, "href") : NULL;
                return tag;
            }
        return NULL;
    }
    if (node_is(node, "nav") && node_has_class(node, "contents"))
        return tag_new(builder, TAG_TOC, builder->tag, style);
    for (size_t i = 0; i < sizeof block_roles / sizeof *block_roles; i++)
        if (strcmp(block_roles[i].name, node->name) == 0) {
            Tag *tag = (Tag *)tag_new(builder, block_roles[i].role, builder->tag, style);
            tag->ordered = strcmp(node->name, "ol") == 0;
            return tag;
        }
    return NULL;
}

void tag_cell(Tag *tag, const Node *node, const Box *box)
{
    if (tag->role != TAG_TH && tag->role != TAG_TD)
        return;
    const char *scope = node_attribute(node, "scope");
    tag->colspan = box->col_span;
    tag->rowspan = box->row_span > 0 ? box->row_span : 65534; /* to the end of the row group */
    tag->scope_row = scope && (text_equal_nocase(scope, "row") || text_equal_nocase(scope, "rowgroup"));
}

/* For those who do not see it: its alternative text, else its caption. */
const char *tag_alt(Builder *builder, const Node *image, const char *alt)
{
    if (alt && *alt)
        return alt;
    const Node *figure = image->parent;
    while (figure && !node_is(figure, "figure"))
        figure = figure->parent;
    for (const Node *at = figure ? figure->first : NULL; at; at = at->next)
        if (at->kind == NODE_ELEMENT && node_is(at, "figcaption")) {
            const char *caption = node_text(builder->arena, at);
            return caption && *caption ? caption : NULL;
        }
    return NULL;
}

bool tag_takes_text(const Tag *tag)
{
    return tag && ((tag->role >= TAG_P && tag->role <= TAG_H6) || tag->role == TAG_CAPTION || tag->role == TAG_LBL ||
                   tag->role == TAG_TH || tag->role == TAG_TD || tag->role == TAG_LINK || tag->role == TAG_SPAN ||
                   tag->role == TAG_QUOTE || tag->role == TAG_CODE);
}
