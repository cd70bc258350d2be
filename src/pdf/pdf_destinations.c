/* Where readers can go: links, destinations, outline, page labels. ISO 32000-1 12.3, 12.4.2, 12.5.6.5, 7.9.6. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

typedef struct {
    Ref page, element; /* element: of the structure, 0: the document */
    Len x, y;          /* PDF space */
} Place;
typedef struct {
    const char *id;
    Place place;
} Anchor;
typedef struct {
    const char *text;
    Place place;
    int level;
    bool open;
} Bookmark;
typedef struct {
    const char *id;
    Ref page; /* that the link stands on */
    Source source;
} Wanted;
typedef struct {
    int page;   /* index */
    char style; /* D r R, 0: none */
    int start;
    const char *prefix; /* NULL: none */
} LabelRange;
struct PdfDestinations {
    Arena *arena;
    VEC(Anchor) anchors;
    uint32_t *table; /* id -> index of anchors + 1 */
    uint32_t room;
    VEC(Bookmark) bookmarks;
    VEC(Wanted) wanted;
    VEC(LabelRange) labels;
    int next_label; /* value that the next page of the last range has */
};

PdfDestinations *pdf_destinations_new(Arena *arena)
{
    PdfDestinations *destinations = NEW(arena, PdfDestinations);
    destinations->arena = arena;
    return destinations;
}

/* ---- destinations ---- */

static uint32_t *slot(const PdfDestinations *destinations, const char *id)
{
    uint64_t at = hash_bytes(id, strlen(id), 0) >> 16;
    for (;; at++) {
        uint32_t *place = &destinations->table[at & (destinations->room - 1)];
        if (*place == 0 || strcmp(destinations->anchors.at[*place - 1].id, id) == 0)
            return place;
    }
}

static bool known(const PdfDestinations *destinations, const char *id)
{
    return destinations->room > 0 && *slot(destinations, id) != 0;
}

static void add_anchor(PdfDestinations *destinations, const char *id, Place where)
{
    if (known(destinations, id)) /* the first of equal ids counts */
        return;
    if ((uint32_t)destinations->anchors.count * 2 >= destinations->room) {
        destinations->room = destinations->room ? destinations->room * 2 : 64;
        destinations->table = NEW_ARRAY(destinations->arena, uint32_t, destinations->room);
        for (int i = 0; i < destinations->anchors.count; i++)
            *slot(destinations, destinations->anchors.at[i].id) = (uint32_t)i + 1;
    }
    Anchor anchor = {arena_string(destinations->arena, id, strlen(id)), where};
    uint32_t *place = slot(destinations, id);
    VEC_PUSH(destinations->arena, destinations->anchors, anchor);
    *place = (uint32_t)destinations->anchors.count;
}

/* A place on the page under way; PDF 2.0 also goes to elements of the structure (ISO 32000-2 12.3.2.3). */
static Place place_here(PdfWriter *writer, const PaintOp *op, Len x, Len y)
{
    Place place = {.page = writer->page_ref, .x = page_x(writer, x), .y = page_y(writer, y)};
    if (op->tag && writer->target.version >= 20)
        place.element = pdf_struct_ref(writer->structure,
                                       pdf_struct_element(writer->structure, op->tag, writer->height, writer->edge));
    return place;
}

void pdf_anchor(PdfWriter *writer, const PaintOp *op, Len x, Len y)
{
    if (op->text && *op->text)
        add_anchor(writer->destinations, op->text, place_here(writer, op, x, y));
}

static void print_place(Buffer *out, Ref where, const Place *place)
{
    buffer_format(out, "[%u 0 R/XYZ ", where);
    pdf_len(out, place->x);
    pdf_space(out);
    pdf_len(out, place->y);
    buffer_text(out, " null]");
}

static Ref element_of(const PdfWriter *writer, const Place *place)
{
    return writer->target.version < 20 ? 0 : place->element ? place->element : pdf_struct_document(writer->structure);
}

static void print_named(const PdfWriter *writer, Buffer *out, const Place *place)
{
    Ref element = element_of(writer, place);
    if (element)
        buffer_text(out, "<</D");
    print_place(out, place->page, place);
    if (element) {
        buffer_text(out, "/SD");
        print_place(out, element, place);
        buffer_text(out, ">>");
    }
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const Anchor *)a)->id, ((const Anchor *)b)->id);
}

/* A name tree: leaves of 64 names, one node above them. */
static Ref put_names(PdfWriter *writer)
{
    PdfDestinations *destinations = writer->destinations;
    Anchor *anchors = destinations->anchors.at;
    int count = destinations->anchors.count;
    qsort(anchors, (size_t)count, sizeof *anchors, by_id);
    Buffer kids = {.arena = writer->arena}, leaf = {.arena = writer->arena};
    buffer_text(&kids, "<</Kids[");
    for (int i = 0; i < count; i += 64) {
        int end = i + 64 < count ? i + 64 : count;
        leaf.size = 0;
        buffer_text(&leaf, "<</Limits[");
        pdf_print_bytes(&leaf, anchors[i].id, strlen(anchors[i].id));
        pdf_print_bytes(&leaf, anchors[end - 1].id, strlen(anchors[end - 1].id));
        buffer_text(&leaf, "]/Names[");
        for (int k = i; k < end; k++) {
            pdf_print_bytes(&leaf, anchors[k].id, strlen(anchors[k].id));
            print_named(writer, &leaf, &anchors[k].place);
        }
        buffer_text(&leaf, "]>>");
        Ref ref = pdf_reserve(writer->file);
        pdf_put(writer->file, ref, leaf.data, leaf.size);
        buffer_format(&kids, "%u 0 R ", ref);
    }
    buffer_text(&kids, "]>>");
    Ref root = pdf_reserve(writer->file);
    pdf_put(writer->file, root, kids.data, kids.size);
    return root;
}

/* ---- links ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static const char *decode_fragment(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
    for (; *text; text++) {
        int high = *text == '%' ? hex_digit(text[1]) : -1, low = high >= 0 ? hex_digit(text[2]) : -1;
        if (low >= 0 && (high | low) != 0) {
            *to++ = (char)(high * 16 + low);
            text += 2;
        } else {
            *to++ = *text;
        }
    }
    return out;
}

/* RFC 3986: what isn't allowed in a URI is written as %XX. */
static const char *ascii_uri(Arena *arena, const char *href)
{
    Buffer out = {.arena = arena};
    buffer_text(&out, "");
    for (; *href; href++) {
        unsigned char c = (unsigned char)*href;
        if (c <= ' ' || c > '~' || strchr("\"<>\\^`{|}", c))
            buffer_format(&out, "%%%02X", c);
        else
            buffer_add(&out, href, 1);
    }
    return out.data;
}

static bool runs_code(const char *href)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:", "file:"};
    while (*href == ' ' || *href == '\t' || *href == '\n')
        href++;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        char start[16];
        snprintf(start, sizeof start, "%.*s", (int)strlen(schemes[i]), href);
        if (text_equal_nocase(start, schemes[i]))
            return true;
    }
    return false;
}

static void set_target(PdfWriter *writer, PdfDict *dict, const PaintOp *op)
{
    const char *href = op->text;
    if (*href == '#') {
        const char *id = decode_fragment(writer->arena, href + 1);
        if (!*id)
            id = "top";
        VEC_PUSH(writer->arena, writer->destinations->wanted, ((Wanted){id, writer->page_ref, op->source}));
        pdf_set_bytes(dict, "Dest", id, strlen(id));
        return;
    }
    PdfDict *action = pdf_dict(writer->objects);
    pdf_set_name(action, "S", "URI");
    pdf_set_text(action, "URI", ascii_uri(writer->scratch, href));
    pdf_set_dict(dict, "A", action);
}

void pdf_link(PdfWriter *writer, const PaintOp *op, const Len box[4])
{
    if (!op->text || !*op->text || !writer->target.links) /* X9, X10 */
        return;
    if (runs_code(op->text)) {
        diag_warn(writer->diag, "link-forbidden", op->source,
                  "the link to %.40s is left out: such addresses are not written into a PDF", op->text);
        return;
    }
    if (!op->tag && writer->target.pdfua) /* U28: what stands in no text cannot be reached by who listens */
        return;
    PdfDict *dict = pdf_dict(writer->objects);
    Ref ref = pdf_reserve(writer->file);
    Buffer rect = {.arena = writer->scratch};
    for (int i = 0; i < 4; i++) {
        if (i)
            pdf_space(&rect);
        pdf_len(&rect, box[i]);
    }
    pdf_set_name(dict, "Type", "Annot");
    pdf_set_name(dict, "Subtype", "Link");
    pdf_set_int(dict, "F", 4);
    pdf_set_ref(dict, "P", writer->page_ref);
    set_target(writer, dict, op);
    const char *about = op->tag && op->tag->alt ? op->tag->alt : op->tag && op->tag->title ? op->tag->title : op->text;
    pdf_set_text(dict, "Contents", about);
    if (op->tag) {
        Element element = pdf_struct_element(writer->structure, op->tag, writer->height, writer->edge);
        pdf_struct_object(writer->structure, element, op->order, writer->page_ref, ref);
        pdf_set_int(dict, "StructParent",
                    pdf_struct_key(writer->structure, pdf_struct_ref(writer->structure, element)));
    }
    pdf_set_raw(dict, "Rect", "[%s]", rect.data);
    pdf_set_raw(dict, "Border", "[0 0 0]");
    pdf_put_dict(writer->objects, writer->file, ref, dict);
    VEC_PUSH(writer->arena, writer->annotations, ref);
}

static void check_wanted(PdfWriter *writer)
{
    PdfDestinations *destinations = writer->destinations;
    for (int i = 0; i < destinations->wanted.count; i++) {
        const Wanted *wanted = &destinations->wanted.at[i];
        if (known(destinations, wanted->id))
            continue;
        bool top = text_equal_nocase(wanted->id, "top"); /* HTML: the beginning */
        if (!top)
            diag_warn(writer->diag, "link-target-missing", wanted->source,
                      "there is no element with the id '%s' to go to; the link stays on its page", wanted->id);
        add_anchor(destinations, wanted->id,
                   (Place){.page = top ? writer->pages.at[0] : wanted->page, .y = 14400 * LEN_PT});
    }
}

/* ---- outline ---- */

void pdf_bookmark(PdfWriter *writer, const PaintOp *op, Len x, Len y)
{
    const char *text = op->text ? op->text : "";
    int level = op->at.mark.level;
    Bookmark mark = {arena_string(writer->arena, text, strlen(text)), place_here(writer, op, x, y),
                     level < 1 ? 1 : level, op->at.mark.open};
    VEC_PUSH(writer->arena, writer->destinations->bookmarks, mark);
}

typedef struct {
    int parent, first, last, next, previous; /* indices; -1: none. Parent of top entries: -1 */
    int children, shown;                     /* shown: descendants that can be seen when it is open */
    Ref ref;
} Entry;

/* An entry's parent is the nearest one before it with a lower level. */
static void link_entries(const Bookmark *marks, Entry *entries, int count)
{
    for (int i = 0; i < count; i++) {
        int before = i - 1;
        while (before >= 0 && marks[before].level >= marks[i].level)
            before = entries[before].parent;
        entries[i].parent = before;
        entries[i].first = entries[i].last = entries[i].next = entries[i].previous = -1;
        if (before < 0)
            continue;
        entries[i].previous = entries[before].last;
        if (entries[before].last >= 0)
            entries[entries[before].last].next = i;
        else
            entries[before].first = i;
        entries[before].last = i;
        entries[before].children++;
    }
    for (int i = count - 1; i >= 0; i--) {
        entries[i].shown += entries[i].children;
        if (entries[i].parent >= 0 && marks[i].open)
            entries[entries[i].parent].shown += entries[i].shown;
    }
}

static void print_entry(const PdfWriter *writer, const Entry *entries, int i, Ref root, Buffer *out)
{
    const Bookmark *mark = &writer->destinations->bookmarks.at[i];
    const Entry *entry = &entries[i];
    out->size = 0;
    buffer_text(out, "<</Title");
    pdf_print_text(out, mark->text);
    buffer_format(out, "/Parent %u 0 R", entry->parent >= 0 ? entries[entry->parent].ref : root);
    if (entry->previous >= 0)
        buffer_format(out, "/Prev %u 0 R", entries[entry->previous].ref);
    if (entry->next >= 0)
        buffer_format(out, "/Next %u 0 R", entries[entry->next].ref);
    if (entry->first >= 0)
        buffer_format(out, "/First %u 0 R/Last %u 0 R/Count %d", entries[entry->first].ref, entries[entry->last].ref,
                      mark->open ? entry->shown : -entry->shown);
    buffer_text(out, "/Dest");
    Ref element = element_of(writer, &mark->place);
    print_place(out, element ? element : mark->place.page, &mark->place);
    buffer_text(out, ">>");
}

/* Entries without a parent hang together too. */
static int link_top(Entry *entries, const Bookmark *marks, int count, int *first, int *last)
{
    int shown = 0, before = -1;
    *first = *last = -1;
    for (int i = 0; i < count; i++) {
        if (entries[i].parent >= 0)
            continue;
        entries[i].previous = before;
        if (before >= 0)
            entries[before].next = i;
        else
            *first = i;
        before = *last = i;
        shown += 1 + (marks[i].open ? entries[i].shown : 0);
    }
    return shown;
}

static Ref put_outline(PdfWriter *writer)
{
    PdfDestinations *destinations = writer->destinations;
    int count = destinations->bookmarks.count, first, last;
    Entry *entries = NEW_ARRAY(writer->arena, Entry, count);
    Buffer out = {.arena = writer->arena};
    Ref root = pdf_reserve(writer->file);
    link_entries(destinations->bookmarks.at, entries, count);
    int shown = link_top(entries, destinations->bookmarks.at, count, &first, &last);
    for (int i = 0; i < count; i++)
        entries[i].ref = pdf_reserve(writer->file);
    for (int i = 0; i < count; i++) {
        print_entry(writer, entries, i, root, &out);
        pdf_put(writer->file, entries[i].ref, out.data, out.size);
    }
    out.size = 0;
    buffer_format(&out, "<</Type/Outlines/First %u 0 R/Last %u 0 R/Count %d>>", entries[first].ref, entries[last].ref,
                  shown);
    pdf_put(writer->file, root, out.data, out.size);
    return root;
}

/* ---- page labels ---- */

static void roman(char out[32], int value)
{
    static const struct {
        int value;
        const char *text;
    } steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    char *at = out;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        while (value >= steps[i].value && at < out + 28) {
            at = stpcpy(at, steps[i].text);
            value -= steps[i].value;
        }
    *at = 0;
}

static void print_label(char out[32], char style, int value)
{
    if (style == 'D') {
        snprintf(out, 32, "%d", value);
        return;
    }
    roman(out, value > 0 && value < 4000 ? value : 0);
    if (style == 'R')
        for (char *c = out; *c; c++)
            *c = (char)(*c - 32);
}

static bool is_label(const char *label, char style, int value)
{
    char text[32];
    print_label(text, style, value);
    return *text && strcmp(text, label) == 0;
}

static LabelRange new_range(PdfWriter *writer, const char *label)
{
    LabelRange range = {.page = writer->pages.count, .start = 1};
    int value = atoi(label);
    if (value > 0 && is_label(label, 'D', value)) {
        range.style = 'D';
        range.start = value;
    } else if (is_label(label, 'r', 1) || is_label(label, 'R', 1)) {
        range.style = *label == 'i' ? 'r' : 'R';
    } else {
        range.prefix = arena_string(writer->arena, label, strlen(label));
    }
    return range;
}

void pdf_label(PdfWriter *writer, const DisplayPage *page)
{
    PdfDestinations *destinations = writer->destinations;
    char number[32];
    const char *label = page->label;
    if (!label) {
        snprintf(number, sizeof number, "%d", page->number > 0 ? page->number : writer->pages.count + 1);
        label = number;
    }
    if (destinations->labels.count > 0) {
        const LabelRange *last = &destinations->labels.at[destinations->labels.count - 1];
        if (last->style && is_label(label, last->style, destinations->next_label)) {
            destinations->next_label++;
            return;
        }
    }
    LabelRange range = new_range(writer, label);
    destinations->next_label = range.start + 1;
    VEC_PUSH(writer->arena, destinations->labels, range);
}

static void set_labels(PdfWriter *writer, PdfDict *catalog)
{
    PdfDestinations *destinations = writer->destinations;
    const LabelRange *ranges = destinations->labels.at;
    int count = destinations->labels.count;
    if (count == 0 || (count == 1 && ranges[0].style == 'D' && ranges[0].start == 1))
        return;
    Buffer out = {.arena = writer->arena};
    buffer_text(&out, "<</Nums[");
    for (int i = 0; i < count; i++) {
        buffer_format(&out, "%d<<", ranges[i].page);
        if (ranges[i].style)
            buffer_format(&out, "/S/%c", ranges[i].style);
        if (ranges[i].start > 1)
            buffer_format(&out, "/St %d", ranges[i].start);
        if (ranges[i].prefix) {
            buffer_text(&out, "/P");
            pdf_print_text(&out, ranges[i].prefix);
        }
        buffer_text(&out, ">>");
    }
    buffer_text(&out, "]>>");
    Ref ref = pdf_reserve(writer->file);
    pdf_put(writer->file, ref, out.data, out.size);
    pdf_set_ref(catalog, "PageLabels", ref);
}

void pdf_destinations_end(PdfWriter *writer, PdfDict *catalog)
{
    PdfDestinations *destinations = writer->destinations;
    check_wanted(writer);
    Ref files = pdf_attachments(writer, catalog);
    if (destinations->anchors.count > 0 || files) {
        PdfDict *names = pdf_dict(writer->objects);
        if (destinations->anchors.count > 0)
            pdf_set_ref(names, "Dests", put_names(writer));
        if (files)
            pdf_set_ref(names, "EmbeddedFiles", files);
        pdf_set_dict(catalog, "Names", names);
    }
    if (destinations->bookmarks.count > 0)
        pdf_set_ref(catalog, "Outlines", put_outline(writer));
    set_labels(writer, catalog);
}
