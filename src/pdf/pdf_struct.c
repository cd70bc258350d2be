/* The structure tree. See pdf_struct.h. */
#include "pdf/pdf_struct_tree.h"

#include <stdlib.h>

#define ROLE_NAMES                                                                                                  \
    "Document", "Art", "Sect", "Div", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Figure", \
        "Caption", "BlockQuote", "Span", "Link", "Quote", "Code", "Table", "THead", "TBody", "TFoot", "TR", "TH",   \
        "TD", "Note", "Reference", "TOC", "TOCI"
static const char *const role_names[] = {ROLE_NAMES};
_Static_assert(sizeof role_names / sizeof *role_names == TAG_TOCI + 1, "a name for every role");

const char *pdf_struct_role_name(uint8_t role)
{
    return role <= TAG_TOCI ? role_names[role] : "Div";
}

const char *pdf_struct_role(const Tag *tag)
{
    return pdf_struct_role_name(tag->role);
}

Element pdf_struct_new_node(PdfStruct *structure)
{
    Element element = structure->node_count++;
    if ((int)(element / BLOCK) >= structure->nodes.count)
        VEC_PUSH(structure->arena, structure->nodes, NEW_ARRAY(structure->arena, Node, BLOCK));
    return element;
}

uint32_t pdf_struct_new_kid(PdfStruct *structure, Kid kid)
{
    uint32_t index = structure->kid_count++;
    if ((int)(index / BLOCK) >= structure->kids.count)
        VEC_PUSH(structure->arena, structure->kids, NEW_ARRAY(structure->arena, Kid, BLOCK));
    *kid_at(structure, index) = kid;
    return index;
}

static void add_kid(PdfStruct *structure, Element element, Kid kid)
{
    Node *node = node_at(structure, element);
    kid.before = node->last;
    node->last = pdf_struct_new_kid(structure, kid);
    node->count++;
}

/* Element 0 is the root: a Document, unless the tags bring one. */
PdfStruct *pdf_struct_new(Arena *arena, PdfFile *file, int version)
{
    PdfStruct *structure = NEW(arena, PdfStruct);
    structure->arena = arena;
    structure->file = file;
    structure->version = version;
    structure->out.arena = arena;
    pdf_struct_new_node(structure);
    node_at(structure, 0)->extra = -1;
    structure->kid_count = 1; /* kid 0: none */
    VEC_PUSH(arena, structure->kids, NEW_ARRAY(arena, Kid, BLOCK));
    return structure;
}

static uint32_t *slot(PdfStruct *structure, uint32_t id)
{
    uint32_t mask = structure->table_room - 1;
    uint32_t at = (id * 2654435761u) & mask;
    while (structure->table[at] && node_at(structure, structure->table[at])->id != id)
        at = (at + 1) & mask;
    return &structure->table[at];
}

static void grow_table(PdfStruct *structure)
{
    uint32_t room = structure->table_room ? structure->table_room * 2 : 256;
    structure->table = NEW_ARRAY(structure->arena, uint32_t, room);
    structure->table_room = room;
    for (Element i = 1; i < structure->node_count; i++)
        *slot(structure, node_at(structure, i)->id) = i;
}

static const char *keep(PdfStruct *structure, const char *text)
{
    return text && *text ? arena_string(structure->arena, text, strlen(text)) : NULL;
}

static void set_extra(PdfStruct *structure, Node *node, const Tag *tag, Len height, Len bleed)
{
    bool boxed = tag->role == TAG_FIGURE && tag->bbox[2] > 0 && tag->bbox[3] > 0;
    node->extra = -1;
    if (!tag->language && !tag->alt && !tag->title && !boxed)
        return;
    Extra extra = {pdf_language(structure->arena, tag->language),
                   keep(structure, tag->alt),
                   keep(structure, tag->title),
                   {NONE, 0, 0, 0}};
    if (boxed) {
        extra.box[0] = len_add(tag->bbox[0], bleed);
        extra.box[2] = len_add(extra.box[0], tag->bbox[2]);
        extra.box[3] = height - bleed - tag->bbox[1];
        extra.box[1] = extra.box[3] - tag->bbox[3];
    }
    node->extra = structure->extras.count;
    VEC_PUSH(structure->arena, structure->extras, extra);
}

static uint16_t span(int value)
{
    return (uint16_t)(value < 1 ? 1 : value > 65535 ? 65535 : value);
}

static Element find(PdfStruct *structure, const Tag *tag)
{
    return structure->table_room ? *slot(structure, tag->id) : 0;
}

/* Parents first, without recursion: the chain may be deep. */
static Element make(PdfStruct *structure, const Tag *tag, Len height, Len bleed)
{
    if (structure->node_count * 2 >= structure->table_room)
        grow_table(structure);
    Element element = pdf_struct_new_node(structure);
    Node *node = node_at(structure, element);
    *node = (Node){.id = tag->id,
                   .ref = pdf_reserve(structure->file),
                   .role = tag->role,
                   .scope_row = tag->scope_row,
                   .ordered = tag->ordered,
                   .colspan = span(tag->colspan),
                   .rowspan = span(tag->rowspan)};
    set_extra(structure, node, tag, height, bleed);
    *slot(structure, tag->id) = element;
    return element;
}

Element pdf_struct_element(PdfStruct *structure, const Tag *tag, Len height, Len bleed)
{
    Element first = find(structure, tag);
    if (first)
        return first;
    first = make(structure, tag, height, bleed);
    Element child = first;
    for (const Tag *at = tag;; at = at->parent) {
        Element parent = at->parent ? find(structure, at->parent) : 0;
        bool known = !at->parent || parent;
        if (!known)
            parent = make(structure, at->parent, height, bleed);
        node_at(structure, child)->parent = parent;
        add_kid(structure, parent, (Kid){.order = at->order, .what = child, .kind = KID_ELEMENT});
        if (known)
            return first;
        child = parent;
    }
}

Ref pdf_struct_ref(const PdfStruct *structure, Element element)
{
    return node_at(structure, element)->ref;
}

void pdf_struct_content(PdfStruct *structure, Element element, uint64_t order, Ref page, Ref stream, int mcid)
{
    Kid kid = {.order = order, .what = (uint32_t)mcid, .page = page, .kind = KID_PAGE};
    if (stream) {
        kid.kind = KID_FORM;
        kid.what = (uint32_t)structure->forms.count;
        VEC_PUSH(structure->arena, structure->forms, (FormKid){stream, mcid});
    }
    add_kid(structure, element, kid);
}

void pdf_struct_object(PdfStruct *structure, Element element, uint64_t order, Ref page, Ref object)
{
    add_kid(structure, element, (Kid){.order = order, .what = object, .page = page, .kind = KID_OBJECT});
}

bool pdf_struct_between(const PdfStruct *structure, Element element, uint64_t after, uint64_t before)
{
    int looked = 0;
    for (uint32_t at = node_at(structure, element)->last; at && looked < 16;
         at = kid_at(structure, at)->before, looked++) {
        const Kid *kid = kid_at(structure, at);
        if (kid->order > after && kid->order < before)
            return true;
    }
    return false;
}

int pdf_struct_key(PdfStruct *structure, Ref value)
{
    VEC_PUSH(structure->arena, structure->parents, value);
    return structure->parents.count - 1;
}

/* ---- kids in reading order ---- */

typedef struct Place {
    uint64_t order;
    uint32_t index; /* of the kid: keeps equal orders as they came */
} Place;

static int by_order(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

const uint32_t *pdf_struct_kids(PdfStruct *structure, const Node *node)
{
    if (node->count > structure->places_room) {
        structure->places_room = node->count * 2;
        structure->places = NEW_ARRAY(structure->arena, Place, structure->places_room);
        structure->sorted = NEW_ARRAY(structure->arena, uint32_t, structure->places_room);
    }
    Place *places = structure->places;
    bool sorted = true;
    uint32_t at = node->last;
    for (uint32_t i = node->count; i-- > 0; at = kid_at(structure, at)->before) {
        places[i] = (Place){kid_at(structure, at)->order, at};
        if (i + 1 < node->count && places[i].order > places[i + 1].order)
            sorted = false;
    }
    if (!sorted && !structure->ordered)
        qsort(places, node->count, sizeof *places, by_order);
    for (uint32_t i = 0; i < node->count; i++)
        structure->sorted[i] = places[i].index;
    return structure->sorted;
}
