/* What may stand in what. ISO 32000-1 14.8.4, ISO 14289-1 7.2 to 7.5; print-ready.md U09, U13, U14, U28.
 * Documents hold lists in paragraphs, cells outside of rows, headings of any level. The tree that is written holds together:
 * what does not fit is wrapped (a paragraph in a list: an LI with an LBody), or takes a role that fits anywhere. Nothing is
 * moved out of its reading order. */
#include <stdlib.h>

#include "pdf/pdf_struct_tree.h"

typedef VEC(uint32_t) KidList;
typedef struct {
    PdfStruct *structure;
    VEC(Element) waiting;
    VEC(uint8_t) levels; /* original levels of the headings above */
    KidList kids, changed;
} Rules;

static Node *element_of(const PdfStruct *structure, uint32_t kid)
{
    const Kid *k = kid_at(structure, kid);
    return k->kind == KID_ELEMENT ? node_at(structure, k->what) : NULL;
}

/* ---- kids ---- */

static void load_kids(Rules *rules, const Node *node)
{
    rules->kids.count = 0;
    const uint32_t *kids = pdf_struct_kids(rules->structure, node);
    for (uint32_t i = 0; i < node->count; i++)
        VEC_PUSH(rules->structure->arena, rules->kids, kids[i]);
}

static void store_kids(Rules *rules, Node *node, const uint32_t *kids, int count)
{
    node->last = 0;
    node->count = (uint32_t)count;
    for (int i = 0; i < count; i++) {
        kid_at(rules->structure, kids[i])->before = node->last;
        node->last = kids[i];
    }
}

static Element new_element(Rules *rules, uint8_t role, Element parent)
{
    PdfStruct *structure = rules->structure;
    Element element = pdf_struct_new_node(structure);
    *node_at(structure, element) = (Node){
        .ref = pdf_reserve(structure->file), .parent = parent, .role = role, .colspan = 1, .rowspan = 1, .extra = -1};
    return element;
}

/* A kid for an element, that stands where another stood. */
static uint32_t new_kid(Rules *rules, Element element, uint64_t order)
{
    return pdf_struct_new_kid(rules->structure, (Kid){.order = order, .what = element, .kind = KID_ELEMENT});
}

static uint32_t wrap(Rules *rules, Element holder, uint8_t role, const uint32_t *run, int count)
{
    Element made = new_element(rules, role, holder);
    for (int i = 0; i < count; i++)
        if (element_of(rules->structure, run[i]))
            element_of(rules->structure, run[i])->parent = made;
    store_kids(rules, node_at(rules->structure, made), run, count);
    return new_kid(rules, made, kid_at(rules->structure, run[0])->order);
}

/* ---- roles ---- */

static bool is_row_group(uint8_t role)
{
    return role == TAG_THEAD || role == TAG_TBODY || role == TAG_TFOOT;
}

static bool has_annotation(const PdfStruct *structure, const Node *node)
{
    for (uint32_t at = node->last; at; at = kid_at(structure, at)->before)
        if (kid_at(structure, at)->kind == KID_OBJECT)
            return true;
    return false;
}

static bool holds_text_only(const PdfStruct *structure, const Node *node)
{
    for (uint32_t at = node->last; at; at = kid_at(structure, at)->before) {
        const Node *kid = element_of(structure, at);
        if (kid && kid->role != TAG_LINK && kid->role != TAG_SPAN && kid->role != TAG_QUOTE && kid->role != TAG_CODE)
            return false;
    }
    return true;
}

/* The role that a node can have below its parent. */
static uint8_t role_under(const PdfStruct *structure, uint8_t holder, const Node *node)
{
    switch (node->role) {
    case TAG_TOC:
        return structure->version < 20 ? TAG_TOC : TAG_DIV; /* PDF/UA-2 8.2.5.8 asks each item for its target */
    case TAG_L: return holder == TAG_TOC ? TAG_TOC : TAG_L;
    case TAG_LI: return holder == TAG_L ? TAG_LI : holder == TAG_TOC ? TAG_TOCI : TAG_DIV;
    case TAG_LBL: return holder == TAG_LI || holder == TAG_TOCI || holder == TAG_NOTE ? TAG_LBL : TAG_P;
    case TAG_LBODY:
        return holder == TAG_LI                                         ? TAG_LBODY
               : holder == TAG_TOCI && holds_text_only(structure, node) ? TAG_REFERENCE
                                                                        : TAG_DIV;
    case TAG_TOCI: return holder == TAG_TOC ? TAG_TOCI : TAG_DIV;
    case TAG_THEAD:
    case TAG_TBODY:
    case TAG_TFOOT: return holder == TAG_TABLE ? node->role : TAG_DIV;
    case TAG_TR: return holder == TAG_TABLE || is_row_group(holder) ? TAG_TR : TAG_DIV;
    case TAG_TH:
    case TAG_TD: return holder == TAG_TR ? node->role : TAG_DIV;
    case TAG_CAPTION:
        return holder == TAG_FIGURE || holder == TAG_TABLE || holder == TAG_L || holder == TAG_TOC ? TAG_CAPTION
                                                                                                   : TAG_P;
    case TAG_LINK: return has_annotation(structure, node) ? TAG_LINK : TAG_SPAN; /* U28 */
    default: return node->role;
    }
}

/* What a stranger is wrapped in; TAG_DOCUMENT: anything may stand here. */
static uint8_t wrapper(uint8_t holder)
{
    switch (holder) {
    case TAG_L: return TAG_LI;
    case TAG_LI: return TAG_LBODY;
    case TAG_TOC: return TAG_TOCI;
    case TAG_TABLE:
    case TAG_THEAD:
    case TAG_TBODY:
    case TAG_TFOOT: return TAG_TR;
    case TAG_TR: return TAG_TD;
    default: return TAG_DOCUMENT;
    }
}

static bool fits(uint8_t holder, uint8_t role, bool first, bool last)
{
    switch (holder) {
    case TAG_L: return role == TAG_L || role == TAG_LI || (role == TAG_CAPTION && first);
    case TAG_LI: return role == TAG_LBL || role == TAG_LBODY;
    case TAG_TOC:
        return role == TAG_TOC || role == TAG_TOCI || role == TAG_L || role == TAG_LI || (role == TAG_CAPTION && first);
    case TAG_TABLE: return is_row_group(role) || role == TAG_TR || (role == TAG_CAPTION && (first || last));
    case TAG_TR: return role == TAG_TH || role == TAG_TD;
    default: return role == TAG_TR;
    }
}

/* U14: the first heading is an H1; below a heading stand those of the next level. */
static void set_heading(Rules *rules, Node *node)
{
    if (node->role < TAG_H1 || node->role > TAG_H6)
        return;
    while (rules->levels.count > 0 && rules->levels.at[rules->levels.count - 1] >= node->role)
        rules->levels.count--;
    VEC_PUSH(rules->structure->arena, rules->levels, node->role);
    node->role = (uint8_t)(TAG_H1 + rules->levels.count - 1);
}

/* ---- one element ---- */

/* Content that stands in an element of structure itself cannot move: its parent is written with the page. Then the element
 * takes the inner role, and a new one its place: LI with text becomes LI, LBody with text. */
static bool lower(Rules *rules, Element element)
{
    PdfStruct *structure = rules->structure;
    Node *node = node_at(structure, element);
    uint8_t inner = wrapper(node->role);
    bool content = false;
    for (uint32_t at = node->last; at && inner != TAG_DOCUMENT; at = kid_at(structure, at)->before)
        content = content || kid_at(structure, at)->kind != KID_ELEMENT;
    if (!content)
        return false;
    Node *holder = node_at(structure, node->parent);
    for (uint32_t at = holder->last; at; at = kid_at(structure, at)->before)
        if (kid_at(structure, at)->kind == KID_ELEMENT && kid_at(structure, at)->what == element) {
            Element outer = new_element(rules, node->role, node->parent);
            uint32_t kid = new_kid(rules, element, kid_at(structure, at)->order);
            kid_at(structure, at)->what = outer;
            store_kids(rules, node_at(structure, outer), &kid, 1);
            node->parent = outer;
            node->role = inner;
            VEC_PUSH(structure->arena, rules->waiting, outer);
            return true;
        }
    return false;
}

/* A figure and the one caption beside it belong together (U13). */
static void take_caption(Rules *rules, Node *node)
{
    PdfStruct *structure = rules->structure;
    int figure = -1, caption = -1, figures = 0;
    for (int i = 0; i < rules->kids.count; i++) {
        const Node *kid = element_of(structure, rules->kids.at[i]);
        if (kid && kid->role == TAG_FIGURE && figures++ == 0)
            figure = i;
        if (kid && kid->role == TAG_CAPTION && caption < 0)
            caption = i;
    }
    if (node->role != TAG_DIV || figures != 1 || caption < 0)
        return;
    uint32_t moved = rules->kids.at[caption];
    Element owner = kid_at(structure, rules->kids.at[figure])->what;
    element_of(structure, moved)->parent = owner;
    rules->changed.count = 0;
    if (caption < figure)
        VEC_PUSH(structure->arena, rules->changed, moved);
    const uint32_t *inside = pdf_struct_kids(structure, node_at(structure, owner));
    for (uint32_t i = 0; i < node_at(structure, owner)->count; i++)
        VEC_PUSH(structure->arena, rules->changed, inside[i]);
    if (caption > figure)
        VEC_PUSH(structure->arena, rules->changed, moved);
    store_kids(rules, node_at(structure, owner), rules->changed.at, rules->changed.count);
    memmove(rules->kids.at + caption, rules->kids.at + caption + 1,
            sizeof *rules->kids.at * (size_t)(rules->kids.count - caption - 1));
    rules->kids.count--;
    store_kids(rules, node, rules->kids.at, rules->kids.count);
}

static void wrap_strangers(Rules *rules, Element element)
{
    PdfStruct *structure = rules->structure;
    Node *node = node_at(structure, element);
    uint8_t holder = node->role, inner = wrapper(holder);
    if (inner == TAG_DOCUMENT)
        return;
    rules->changed.count = 0;
    int run = 0, count = rules->kids.count;
    for (int i = 0; i <= count; i++) {
        const Node *kid = i < count ? element_of(structure, rules->kids.at[i]) : NULL;
        bool fine = kid && fits(holder, kid->role, i == 0, i + 1 == count);
        if (i < count && !fine)
            continue;
        if (i > run) {
            uint32_t made = wrap(rules, element, inner, rules->kids.at + run, i - run);
            VEC_PUSH(structure->arena, rules->changed, made);
        }
        if (i < count)
            VEC_PUSH(structure->arena, rules->changed, rules->kids.at[i]);
        run = i + 1;
    }
    store_kids(rules, node, rules->changed.at, rules->changed.count);
    load_kids(rules, node);
}

/* One THead, one TFoot, and not without a TBody. */
static void set_row_groups(Rules *rules, Element table)
{
    PdfStruct *structure = rules->structure;
    int count[TAG_TOCI + 1] = {0};
    for (int i = 0; i < rules->kids.count; i++) {
        Node *kid = element_of(structure, rules->kids.at[i]);
        if ((kid->role == TAG_THEAD || kid->role == TAG_TFOOT) && count[kid->role] > 0)
            kid->role = TAG_TBODY;
        count[kid->role]++;
    }
    if (count[TAG_TBODY] > 0 || count[TAG_THEAD] + count[TAG_TFOOT] == 0)
        return;
    rules->changed.count = 0;
    for (int i = 0; i < rules->kids.count; i++) {
        int from = i;
        while (i < rules->kids.count && element_of(structure, rules->kids.at[i])->role == TAG_TR)
            i++;
        if (i > from) {
            uint32_t made = wrap(rules, table, TAG_TBODY, rules->kids.at + from, i - from);
            VEC_PUSH(structure->arena, rules->changed, made);
        }
        if (i == rules->kids.count)
            break;
        Node *kid = element_of(structure, rules->kids.at[i]);
        if (count[TAG_TR] == 0 && kid->role != TAG_CAPTION)
            kid->role = TAG_TBODY;
        VEC_PUSH(structure->arena, rules->changed, rules->kids.at[i]);
    }
    store_kids(rules, node_at(structure, table), rules->changed.at, rules->changed.count);
    load_kids(rules, node_at(structure, table));
}

static void visit(Rules *rules, Element element, bool top)
{
    PdfStruct *structure = rules->structure;
    Node *node = node_at(structure, element);
    if (!top) {
        node->role = role_under(structure, node_at(structure, node->parent)->role, node);
        set_heading(rules, node);
        if (lower(rules, element))
            return;
    }
    load_kids(rules, node);
    store_kids(rules, node, rules->kids.at, rules->kids.count);
    take_caption(rules, node);
    wrap_strangers(rules, element);
    if (node->role == TAG_TABLE)
        set_row_groups(rules, element);
    for (int i = rules->kids.count; i-- > 0;)
        if (element_of(structure, rules->kids.at[i]))
            VEC_PUSH(structure->arena, rules->waiting, kid_at(structure, rules->kids.at[i])->what);
}

void pdf_struct_keep_rules(PdfStruct *structure, Element top)
{
    Rules rules = {.structure = structure};
    for (Element i = 0; i < structure->node_count; i++) {
        Node *node = node_at(structure, i);
        load_kids(&rules, node);
        store_kids(&rules, node, rules.kids.at, rules.kids.count);
    }
    structure->ordered = true;
    visit(&rules, top, true);
    while (rules.waiting.count > 0)
        visit(&rules, rules.waiting.at[--rules.waiting.count], false);
    for (Element i = 0, count = structure->node_count; i < count; i++)
        if (node_at(structure, i)->role == TAG_TABLE)
            pdf_struct_keep_table(structure, i);
}
