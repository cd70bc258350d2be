/* The structure tree. See pdf_struct.h. */
#include "pdf/pdf_struct.h"

#include <stdio.h>
#include <stdlib.h>

#include "pdf/pdf_number.h"

enum { BLOCK = 1024, FANOUT = 64 };

/* Piece of an element. PAGE: a mcid on the element's page, or another's; FORM: in a form; OBJECT: an annotation. */
enum { KID_ELEMENT, KID_PAGE, KID_FORM, KID_OBJECT };
typedef struct {
    uint64_t order;
    uint32_t what; /* ELEMENT: its index. PAGE: mcid. FORM: index of forms. OBJECT: its number */
    Ref page;
    uint32_t before; /* the element's kid that came before; 0: none */
    uint8_t kind;
} Kid;
typedef struct {
    Ref form;
    int mcid;
} FormKid;
typedef struct {
    uint32_t id; /* of the tag */
    Ref ref;
    Element parent;
    uint32_t last; /* newest kid */
    uint32_t count;
    uint8_t role;
    bool scope_row;
    uint16_t colspan, rowspan;
    int32_t extra; /* index of extras, -1: none */
} Node;
typedef struct {
    const char *language, *alt, *title;
    Len box[4]; /* left bottom right top; NONE in box[0]: none */
} Extra;

struct PdfStruct {
    Arena *arena;
    PdfFile *file;
    VEC(Node *) nodes; /* blocks */
    VEC(Kid *) kids;
    uint32_t node_count, kid_count;
    VEC(FormKid) forms;
    VEC(Extra) extras;
    uint32_t *table; /* tag id -> element; open addressing */
    uint32_t table_room;
    VEC(Ref) parents;     /* parent tree: key -> value */
    struct Place *places; /* of one element's kids, while they are sorted */
    uint32_t places_room;
    Buffer out;
};

#define ROLE_NAMES                                                                                                  \
    "Document", "Art", "Sect", "Div", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Figure", \
        "Caption", "BlockQuote", "Span", "Link", "Quote", "Code", "Table", "THead", "TBody", "TFoot", "TR", "TH",   \
        "TD", "Note", "Reference", "TOC", "TOCI"
static const char *const role_names[] = {ROLE_NAMES};
_Static_assert(sizeof role_names / sizeof *role_names == TAG_TOCI + 1, "a name for every role");

static const char *role_name(uint8_t role)
{
    return role <= TAG_TOCI ? role_names[role] : "Div";
}

const char *pdf_struct_role(const Tag *tag)
{
    return role_name(tag->role);
}

static Node *node_at(const PdfStruct *structure, Element element)
{
    return &structure->nodes.at[element / BLOCK][element % BLOCK];
}

static Kid *kid_at(const PdfStruct *structure, uint32_t kid)
{
    return &structure->kids.at[kid / BLOCK][kid % BLOCK];
}

static Element new_node(PdfStruct *structure)
{
    Element element = structure->node_count++;
    if ((int)(element / BLOCK) >= structure->nodes.count)
        VEC_PUSH(structure->arena, structure->nodes, NEW_ARRAY(structure->arena, Node, BLOCK));
    return element;
}

static void add_kid(PdfStruct *structure, Element element, Kid kid)
{
    uint32_t index = structure->kid_count++;
    if ((int)(index / BLOCK) >= structure->kids.count)
        VEC_PUSH(structure->arena, structure->kids, NEW_ARRAY(structure->arena, Kid, BLOCK));
    Node *node = node_at(structure, element);
    kid.before = node->last;
    *kid_at(structure, index) = kid;
    node->last = index;
    node->count++;
}

/* Element 0 is the root: a Document, unless the tags bring one. */
PdfStruct *pdf_struct_new(Arena *arena, PdfFile *file)
{
    PdfStruct *structure = NEW(arena, PdfStruct);
    structure->arena = arena;
    structure->file = file;
    structure->out.arena = arena;
    new_node(structure);
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
    Extra extra = {
        keep(structure, tag->language), keep(structure, tag->alt), keep(structure, tag->title), {NONE, 0, 0, 0}};
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
    Element element = new_node(structure);
    Node *node = node_at(structure, element);
    *node = (Node){.id = tag->id,
                   .ref = pdf_reserve(structure->file),
                   .role = tag->role,
                   .scope_row = tag->scope_row,
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

/* ---- the end: everything is printed ---- */

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

static Place *sorted_kids(PdfStruct *structure, const Node *node)
{
    if (node->count > structure->places_room) {
        structure->places_room = node->count * 2;
        structure->places = NEW_ARRAY(structure->arena, Place, structure->places_room);
    }
    Place *places = structure->places;
    bool sorted = true;
    uint32_t at = node->last;
    for (uint32_t i = node->count; i-- > 0; at = kid_at(structure, at)->before) {
        places[i] = (Place){kid_at(structure, at)->order, at};
        if (i + 1 < node->count && places[i].order > places[i + 1].order)
            sorted = false;
    }
    if (!sorted)
        qsort(places, node->count, sizeof *places, by_order);
    return places;
}

static void print_kid(PdfStruct *structure, const Kid *kid, Ref page)
{
    Buffer *out = &structure->out;
    switch (kid->kind) {
    case KID_ELEMENT: buffer_format(out, "%u 0 R ", node_at(structure, kid->what)->ref); break;
    case KID_PAGE:
        if (kid->page == page)
            buffer_format(out, "%u ", kid->what);
        else
            buffer_format(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", kid->page, kid->what);
        break;
    case KID_FORM:
        buffer_format(out, "<</Type/MCR/Pg %u 0 R/Stm %u 0 R/MCID %d>>", kid->page, structure->forms.at[kid->what].form,
                      structure->forms.at[kid->what].mcid);
        break;
    case KID_OBJECT: buffer_format(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", kid->page, kid->what); break;
    }
}

/* ISO 32000-1 14.8.5: attributes of tables and pictures. */
static void print_attributes(PdfStruct *structure, const Node *node, const Extra *extra)
{
    Buffer *out = &structure->out;
    if (extra && extra->box[0] != NONE) {
        buffer_text(out, "/A<</O/Layout/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++) {
            pdf_len(out, extra->box[i]);
            buffer_text(out, i < 3 ? " " : "]>>");
        }
    }
    bool header = node->role == TAG_TH, cell = header || node->role == TAG_TD;
    if (header || (cell && (node->colspan > 1 || node->rowspan > 1))) {
        buffer_text(out, "/A<</O/Table");
        if (header)
            buffer_text(out, node->scope_row ? "/Scope/Row" : "/Scope/Column");
        if (node->colspan > 1)
            buffer_format(out, "/ColSpan %d", node->colspan);
        if (node->rowspan > 1)
            buffer_format(out, "/RowSpan %d", node->rowspan);
        buffer_text(out, ">>");
    }
}

static void print_extra(Buffer *out, const Extra *extra)
{
    if (!extra)
        return;
    if (extra->title) {
        buffer_text(out, "/T");
        pdf_print_text(out, extra->title);
    }
    if (extra->language) {
        buffer_text(out, "/Lang");
        pdf_print_text(out, extra->language);
    }
    if (extra->alt) {
        buffer_text(out, "/Alt");
        pdf_print_text(out, extra->alt);
    }
}

static void print_kids(PdfStruct *structure, const Node *node)
{
    Buffer *out = &structure->out;
    const Place *places = sorted_kids(structure, node);
    Ref page = 0;
    for (uint32_t i = 0; i < node->count && !page; i++)
        if (kid_at(structure, places[i].index)->kind == KID_PAGE)
            page = kid_at(structure, places[i].index)->page;
    if (page)
        buffer_format(out, "/Pg %u 0 R", page);
    buffer_text(out, node->count == 1 ? "/K " : "/K[");
    for (uint32_t i = 0; i < node->count; i++)
        print_kid(structure, kid_at(structure, places[i].index), page);
    if (node->count != 1)
        buffer_text(out, "]");
}

static void put_element(PdfStruct *structure, Element element, Ref parent)
{
    Buffer *out = &structure->out;
    const Node *node = node_at(structure, element);
    const Extra *extra = node->extra >= 0 ? &structure->extras.at[node->extra] : NULL;
    out->size = 0;
    buffer_format(out, "<</S/%s/P %u 0 R", role_name(node->role), parent);
    if (node->role == TAG_NOTE)
        buffer_format(out, "/ID(note%u)", node->id);
    print_extra(out, extra);
    print_attributes(structure, node, extra);
    if (node->count > 0)
        print_kids(structure, node);
    buffer_text(out, ">>");
    pdf_put(structure->file, node->ref, out->data, out->size);
}

/* A number tree of two or more levels: nodes of FANOUT. Returns its root. */
static Ref put_parent_tree(PdfStruct *structure)
{
    Buffer *out = &structure->out;
    VEC(Ref) level = {0};
    int count = structure->parents.count, width = FANOUT;
    for (int i = 0; i < count; i += FANOUT) {
        int end = i + FANOUT < count ? i + FANOUT : count;
        Ref ref = pdf_reserve(structure->file);
        out->size = 0;
        buffer_format(out, "<</Limits[%d %d]/Nums[", i, end - 1);
        for (int k = i; k < end; k++)
            buffer_format(out, "%d %u 0 R ", k, structure->parents.at[k]);
        buffer_text(out, "]>>");
        pdf_put(structure->file, ref, out->data, out->size);
        VEC_PUSH(structure->arena, level, ref);
    }
    while (level.count > FANOUT) {
        int next = 0;
        for (int i = 0; i < level.count; i += FANOUT) {
            int end = i + FANOUT < level.count ? i + FANOUT : level.count;
            int most = end * width < count ? end * width : count;
            Ref ref = pdf_reserve(structure->file);
            out->size = 0;
            buffer_format(out, "<</Limits[%d %d]/Kids[", i * width, most - 1);
            for (int k = i; k < end; k++)
                buffer_format(out, "%u 0 R ", level.at[k]);
            buffer_text(out, "]>>");
            pdf_put(structure->file, ref, out->data, out->size);
            level.at[next++] = ref;
        }
        level.count = next;
        width *= FANOUT;
    }
    Ref root = pdf_reserve(structure->file);
    out->size = 0;
    buffer_text(out, level.count ? "<</Kids[" : "<</Nums[");
    for (int i = 0; i < level.count; i++)
        buffer_format(out, "%u 0 R ", level.at[i]);
    buffer_text(out, "]>>");
    pdf_put(structure->file, root, out->data, out->size);
    return root;
}

/* The only top element, if it is a Document: then no root of ours is needed. */
static Element own_document(const PdfStruct *structure)
{
    const Node *root = node_at(structure, 0);
    if (root->count != 1)
        return 0;
    const Kid *kid = kid_at(structure, root->last);
    return node_at(structure, kid->what)->role == TAG_DOCUMENT ? kid->what : 0;
}

/* Notes have ids, which the tree of ids must list (14.7.2), sorted. */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static Ref put_ids(PdfStruct *structure)
{
    VEC(char *) ids = {0};
    for (Element i = 1; i < structure->node_count; i++)
        if (node_at(structure, i)->role == TAG_NOTE)
            VEC_PUSH(structure->arena, ids,
                     arena_format(structure->arena, "note%u) %u 0 R ", node_at(structure, i)->id,
                                  node_at(structure, i)->ref));
    if (ids.count == 0)
        return 0;
    qsort(ids.at, (size_t)ids.count, sizeof *ids.at, by_text);
    Buffer out = {.arena = structure->arena};
    buffer_text(&out, "<</Names[");
    for (int i = 0; i < ids.count; i++) {
        buffer_text(&out, "(");
        buffer_text(&out, ids.at[i]);
    }
    buffer_text(&out, "]>>");
    Ref ref = pdf_reserve(structure->file);
    pdf_put(structure->file, ref, out.data, out.size);
    return ref;
}

Ref pdf_struct_end(PdfStruct *structure)
{
    if (structure->node_count <= 1)
        return 0;
    Ref tree = pdf_reserve(structure->file);
    Element top = own_document(structure);
    Ref document = top ? node_at(structure, top)->ref : pdf_reserve(structure->file);
    if (!top) {
        node_at(structure, 0)->ref = document;
        put_element(structure, 0, tree);
    }
    for (Element i = 1; i < structure->node_count; i++) {
        Element parent = node_at(structure, i)->parent;
        put_element(structure, i, i == top ? tree : parent ? node_at(structure, parent)->ref : document);
    }
    Ref parents = put_parent_tree(structure), ids = put_ids(structure);
    Buffer *out = &structure->out;
    out->size = 0;
    buffer_format(out, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %d", document, parents,
                  structure->parents.count);
    if (ids)
        buffer_format(out, "/IDTree %u 0 R", ids);
    buffer_text(out, ">>");
    pdf_put(structure->file, tree, out->data, out->size);
    return tree;
}
