/* A CFF subset for PDF: hb-subset takes the outlines (without subroutines), then the table is written anew
 * CID-keyed, CID = glyph = place in the list. Adobe technical notes 5176 (CFF) and 5177 (Type 2). */
#include "asset/font_bytes.h"
#include "asset/font_face.h"

#include <hb-subset.h>

typedef struct {
    const char *data, *end;
    unsigned count;
    const char *offsets;
    unsigned step;
    const char *base;
} Index;

enum {
    OP_CHARSET = 15,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBRS = 19,
    OP_FONT_BBOX = 5,
    OP_ESCAPE = 0xC00,
    OP_FONT_MATRIX = 0xC07,
    OP_FD_ARRAY = 0xC24,
    OP_FD_SELECT = 0xC25
};

/* ---- reading ---- */
static uint32_t offset_at(const Index *index, unsigned i)
{
    const uint8_t *at = (const uint8_t *)index->offsets + (size_t)i * index->step;
    uint32_t value = 0;
    for (unsigned k = 0; k < index->step; k++)
        value = value << 8 | at[k];
    return value;
}

/* at: the index; the byte after it comes back in *next. */
static bool read_index(const char *at, const char *end, Index *index, const char **next)
{
    if (end - at < 2)
        return false;
    *index = (Index){.count = be16(at)};
    *next = at + 2;
    if (index->count == 0)
        return true;
    if (end - at < 3)
        return false;
    index->step = (uint8_t)at[2];
    index->offsets = at + 3;
    size_t table = ((size_t)index->count + 1) * index->step;
    if (index->step < 1 || index->step > 4 || (size_t)(end - at) < 3 + table)
        return false;
    index->base = at + 3 + table - 1;
    index->end = end;
    uint32_t last = offset_at(index, index->count);
    if (last < 1 || last > (size_t)(end - index->base))
        return false;
    *next = index->base + last;
    return true;
}

static Bytes index_item(const Index *index, unsigned i)
{
    if (i >= index->count)
        return (Bytes){0};
    uint32_t from = offset_at(index, i), to = offset_at(index, i + 1);
    if (from < 1 || to < from || to > (size_t)(index->end - index->base))
        return (Bytes){0};
    return (Bytes){index->base + from, to - from};
}

/* One operator of a DICT with its operands as they are; false at the end. */
typedef struct {
    int op;
    Bytes raw;
    int32_t operand[6];
    int count;
} Entry;

static const char *skip_real(const char *at, const char *end)
{
    while (at < end && (*at & 0x0F) != 0x0F && ((uint8_t)*at >> 4) != 0x0F)
        at++;
    return at < end ? at + 1 : end;
}

static bool read_entry(const char **place, const char *end, Entry *entry)
{
    const char *at = *place, *start = at;
    *entry = (Entry){0};
    while (at < end) {
        uint8_t b = (uint8_t)*at;
        size_t size = b == 28 ? 3 : b == 29 ? 5 : b >= 247 && b <= 254 ? 2 : 1;
        if ((size_t)(end - at) < size)
            return false;
        int32_t value = 0;
        if (b <= 21) {
            entry->op = b;
            if (b == 12) {
                if (end - at < 2)
                    return false;
                entry->op = OP_ESCAPE | (uint8_t)at[1];
                size = 2;
            }
            entry->raw = (Bytes){start, (size_t)(at + size - start)};
            *place = at + size;
            return true;
        }
        if (b == 30) {
            at = skip_real(at + 1, end);
        } else {
            value = b == 28    ? (int16_t)be16(at + 1)
                    : b == 29  ? (int32_t)be32(at + 1)
                    : b <= 246 ? b - 139
                    : b <= 250 ? (b - 247) * 256 + (uint8_t)at[1] + 108
                    : b <= 254 ? -(b - 251) * 256 - (uint8_t)at[1] - 108
                               : 0; /* reserved: one byte */
            at += size;
        }
        if (entry->count < 6)
            entry->operand[entry->count++] = value;
    }
    return false;
}

static bool find_entry(Bytes dict, int op, Entry *entry)
{
    const char *at = dict.data, *end = dict.data + dict.size;
    while (read_entry(&at, end, entry))
        if (entry->op == op)
            return true;
    return false;
}

/* ---- writing ---- */
static void add_index(Buffer *out, const Bytes *items, unsigned count)
{
    add_be16(out, count);
    if (count == 0)
        return;
    buffer_add(out, "\4", 1);
    uint32_t offset = 1;
    for (unsigned i = 0; i <= count; i++) {
        add_be32(out, offset);
        offset += i < count ? (uint32_t)items[i].size : 0;
    }
    for (unsigned i = 0; i < count; i++)
        buffer_add(out, items[i].data ? items[i].data : "", items[i].size);
}

static void add_number(Buffer *out, int32_t value)
{
    buffer_add(out, "\35", 1);
    add_be32(out, (uint32_t)value);
}

static void add_operator(Buffer *out, int op)
{
    char bytes[2] = {12, (char)(op & 0xFF)};
    if (op >= OP_ESCAPE)
        buffer_add(out, bytes, 2);
    else
        buffer_add(out, bytes + 1, 1);
}

static void add_raw(Buffer *out, Bytes dict, int op)
{
    Entry entry;
    if (find_entry(dict, op, &entry))
        buffer_add(out, entry.raw.data, entry.raw.size);
}

/* ---- the font ---- */
typedef struct {
    Arena *arena;
    Bytes cff, top;
    Index names, charstrings, fds;
    bool cid;
    const uint8_t *fd_of; /* by glyph of the hb subset; NULL: all 0 */
} Cff;

static uint8_t *read_fd_select(Cff *c, const char *at, const char *end)
{
    unsigned count = c->charstrings.count;
    uint8_t *fd = arena_alloc(c->arena, count);
    if (at < c->cff.data || end - at < 1)
        return fd;
    if (*at == 0 && (size_t)(end - at) > count) {
        memcpy(fd, at + 1, count);
    } else if (*at == 3 && end - at >= 5) {
        unsigned ranges = be16(at + 1);
        for (unsigned i = 0; i < ranges && (size_t)(end - at) >= 8 + 3 * (size_t)i; i++)
            for (unsigned g = be16(at + 3 + 3 * i); g < be16(at + 6 + 3 * i) && g < count; g++)
                fd[g] = (uint8_t)at[5 + 3 * i];
    }
    return fd;
}

static bool read_cff(Cff *c)
{
    const char *end = c->cff.data + c->cff.size, *at = c->cff.data;
    Index tops;
    Entry entry;
    if (c->cff.size < 4 || (uint8_t)at[2] > c->cff.size || !read_index(at + (uint8_t)at[2], end, &c->names, &at) ||
        !read_index(at, end, &tops, &at))
        return false;
    c->top = index_item(&tops, 0);
    if (!find_entry(c->top, OP_CHARSTRINGS, &entry) || entry.operand[0] <= 0 ||
        (size_t)entry.operand[0] >= c->cff.size ||
        !read_index(c->cff.data + entry.operand[0], end, &c->charstrings, &at))
        return false;
    c->cid = find_entry(c->top, OP_FD_ARRAY, &entry);
    if (!c->cid)
        return true;
    if (entry.operand[0] <= 0 || (size_t)entry.operand[0] >= c->cff.size ||
        !read_index(c->cff.data + entry.operand[0], end, &c->fds, &at))
        return false;
    if (find_entry(c->top, OP_FD_SELECT, &entry) && entry.operand[0] > 0 && (size_t)entry.operand[0] < c->cff.size)
        c->fd_of = read_fd_select(c, c->cff.data + entry.operand[0], end);
    return true;
}

static Bytes private_dict(const Cff *c, Bytes font_dict)
{
    Entry entry;
    Buffer out = {.arena = c->arena};
    if (!find_entry(font_dict, OP_PRIVATE, &entry) || entry.count < 2)
        return (Bytes){0};
    int64_t size = entry.operand[0], offset = entry.operand[1];
    if (size < 0 || offset < 0 || offset + size > (int64_t)c->cff.size)
        return (Bytes){0};
    const char *at = c->cff.data + offset, *end = at + size;
    while (read_entry(&at, end, &entry))
        if (entry.op != OP_SUBRS)
            buffer_add(&out, entry.raw.data, entry.raw.size);
    return (Bytes){out.data, out.size};
}

/* place: of each glyph of the new file in the hb subset. */
static Bytes write_cff(Cff *c, const unsigned *place, unsigned count)
{
    unsigned fd_count = c->cid ? c->fds.count : 1;
    Bytes *glyphs = NEW_ARRAY(c->arena, Bytes, count), *privates = NEW_ARRAY(c->arena, Bytes, fd_count),
          *fds = NEW_ARRAY(c->arena, Bytes, fd_count);
    for (unsigned i = 0; i < count; i++)
        glyphs[i] = index_item(&c->charstrings, place[i]);
    for (unsigned i = 0; i < fd_count; i++)
        privates[i] = private_dict(c, c->cid ? index_item(&c->fds, i) : c->top);
    Bytes strings[2] = {{"Adobe", 5}, {"Identity", 8}}, name = index_item(&c->names, 0);
    /* Offsets are five bytes each, so that sizes are known before values: write twice. */
    Buffer out = {0};
    uint32_t charset = 0, select = 0, outlines = 0, array = 0, private_at = 0;
    for (int pass = 0; pass < 2; pass++) {
        Buffer top = {.arena = c->arena};
        out = (Buffer){.arena = c->arena};
        add_number(&top, 391);
        add_number(&top, 392);
        add_number(&top, 0);
        add_operator(&top, 0xC1E); /* ROS */
        add_raw(&top, c->top, OP_FONT_MATRIX);
        add_raw(&top, c->top, OP_FONT_BBOX);
        add_number(&top, (int32_t)count);
        add_operator(&top, 0xC22); /* CIDCount */
        const struct {
            uint32_t value;
            int op;
        } links[] = {{charset, OP_CHARSET}, {outlines, OP_CHARSTRINGS}, {array, OP_FD_ARRAY}, {select, OP_FD_SELECT}};
        for (int i = 0; i < 4; i++) {
            add_number(&top, (int32_t)links[i].value);
            add_operator(&top, links[i].op);
        }
        buffer_add(&out, "\1\0\4\4", 4);
        add_index(&out, &name, 1);
        add_index(&out, &(Bytes){top.data, top.size}, 1);
        add_index(&out, strings, 2);
        add_index(&out, NULL, 0);
        charset = (uint32_t)out.size;
        buffer_add(&out, "\2", 1);
        if (count > 1) {
            add_be16(&out, 1);
            add_be16(&out, count - 2);
        }
        select = (uint32_t)out.size;
        buffer_add(&out, "", 1);
        for (unsigned i = 0; i < count; i++) {
            char fd = (char)(c->fd_of && place[i] < c->charstrings.count ? c->fd_of[place[i]] : 0);
            buffer_add(&out, &fd, 1);
        }
        outlines = (uint32_t)out.size;
        add_index(&out, glyphs, count);
        private_at = (uint32_t)out.size;
        uint32_t next = private_at;
        for (unsigned i = 0; i < fd_count; i++) {
            Buffer fd = {.arena = c->arena};
            if (c->cid)
                add_raw(&fd, index_item(&c->fds, i), OP_FONT_MATRIX);
            add_number(&fd, (int32_t)privates[i].size);
            add_number(&fd, (int32_t)next);
            add_operator(&fd, OP_PRIVATE);
            fds[i] = (Bytes){fd.data, fd.size};
            buffer_add(&out, privates[i].data ? privates[i].data : "", privates[i].size);
            next += (uint32_t)privates[i].size;
        }
        array = (uint32_t)out.size;
        add_index(&out, fds, fd_count);
    }
    return (Bytes){out.data, out.size};
}

/* places: where the subset has each of the glyphs; it may have more than was asked for. */
static hb_face_t *take_outlines(hb_face_t *face, const uint32_t *glyphs, int count, unsigned *places)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_t *wanted = hb_subset_input_glyph_set(input),
             *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (int i = 0; i < count; i++)
        hb_set_add(wanted, glyphs[i]);
    static const char *const drop[] = {"GSUB", "GPOS", "GDEF", "cmap", "name", "post", "OS/2", "VORG",
                                       "vhea", "vmtx", "kern", "BASE", "hdmx", "VDMX", "DSIG", "gasp"};
    for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
        hb_set_add(dropped, hb_tag_from_string(drop[i], 4));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (!plan)
        return NULL;
    const hb_map_t *numbers = hb_subset_plan_old_to_new_glyph_mapping(plan);
    for (int i = 0; i < count; i++)
        places[i] = hb_map_get(numbers, glyphs[i]);
    hb_face_t *subset = hb_subset_plan_execute_or_fail(plan);
    hb_subset_plan_destroy(plan);
    return subset;
}

bool cff_subset(Arena *arena, hb_face_t *face, const uint32_t *glyphs, int count, Bytes *data)
{
    unsigned *places = NEW_ARRAY(arena, unsigned, count);
    hb_face_t *subset = take_outlines(face, glyphs, count, places);
    if (!subset)
        return false;
    hb_blob_t *blob = hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '));
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    Cff cff = {.arena = arena, .cff = {bytes, size}};
    bool fine = size > 0 && read_cff(&cff);
    for (int i = 0; fine && i < count; i++)
        fine = places[i] < cff.charstrings.count;
    if (fine)
        *data = write_cff(&cff, places, (unsigned)count);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    return fine;
}
