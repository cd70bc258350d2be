/* pdf/pdf_struct_tree.h: the structure tree while it is in memory, for the files pdf_struct*.c only.
 * Nodes and kids stand in blocks, so that they never move; a node's kids are a chain from the newest to the oldest. */
#ifndef N2P_PDF_STRUCT_TREE_H
#define N2P_PDF_STRUCT_TREE_H

#include "pdf/pdf_struct.h"

enum { BLOCK = 1024 };

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
    bool scope_row, ordered;
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
    uint32_t *sorted;
    uint32_t places_room;
    bool ordered;             /* every chain is in reading order */
    int version;              /* of PDF: 14, 17, 20 */
    Ref document, name_space; /* at the end */
    Buffer out;
};

static inline Node *node_at(const PdfStruct *structure, Element element)
{
    return &structure->nodes.at[element / BLOCK][element % BLOCK];
}
static inline Kid *kid_at(const PdfStruct *structure, uint32_t kid)
{
    return &structure->kids.at[kid / BLOCK][kid % BLOCK];
}

Element pdf_struct_new_node(PdfStruct *structure);          /* empty, without a number */
uint32_t pdf_struct_new_kid(PdfStruct *structure, Kid kid); /* its index; in no chain yet */
/* The kids of a node in reading order: indices of kids; as many as node->count, in memory that the next call takes. */
const uint32_t *pdf_struct_kids(PdfStruct *structure, const Node *node);

/* pdf_struct_rules.c: what may stand in what, at the end, when all is known. Puts every chain into reading order. */
void pdf_struct_keep_rules(PdfStruct *structure, Element top); /* top: the Document */
/* pdf_struct_table.c: every row as wide as the table, spans that don't overlap, scopes. */
void pdf_struct_keep_table(PdfStruct *structure, Element table);

const char *pdf_struct_role_name(uint8_t role);

#endif
