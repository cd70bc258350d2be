/* A TrueType subset for PDF: glyf, loca, hmtx, hhea, head, maxp, without instructions. OpenType 1.9, glyf;
 * ISO 32000-2 9.9: a CIDFontType2 needs no cmap, name, post or OS/2. */
#include "asset/font_bytes.h"
#include "asset/font_face.h"

typedef struct {
    Arena *arena;
    Bytes glyf, loca, hmtx, hhea, head, maxp;
    bool long_loca;
    unsigned glyph_count, metrics;
    VEC(uint32_t) old;    /* old number of each new glyph */
    uint32_t *renumbered; /* by old number: new number + 1 */
} Subset;

enum {
    COMPOSITE_WORDS = 1,
    COMPOSITE_SCALE = 8,
    COMPOSITE_MORE = 32,
    COMPOSITE_XY_SCALE = 64,
    COMPOSITE_MATRIX = 128,
    COMPOSITE_INSTRUCTIONS = 256
};

static void destroy_blob(void *blob)
{
    hb_blob_destroy(blob);
}

static Bytes table(Arena *arena, hb_face_t *face, const char *tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    arena_at_free(arena, destroy_blob, blob);
    unsigned size;
    const char *data = hb_blob_get_data(blob, &size);
    return (Bytes){data, size};
}

static Bytes glyph_data(const Subset *s, uint32_t glyph)
{
    size_t step = s->long_loca ? 4 : 2;
    if (glyph >= s->glyph_count || s->loca.size < step * (glyph + 2))
        return (Bytes){0};
    const char *at = s->loca.data + step * glyph;
    uint32_t from = s->long_loca ? be32(at) : be16(at) * 2, to = s->long_loca ? be32(at + 4) : be16(at + 2) * 2;
    if (from >= to || to > s->glyf.size || to - from < 10)
        return (Bytes){0};
    return (Bytes){s->glyf.data + from, to - from};
}

static uint32_t renumber(Subset *s, uint32_t old)
{
    if (old >= s->glyph_count)
        return 0;
    if (!s->renumbered[old]) {
        VEC_PUSH(s->arena, s->old, old);
        s->renumbered[old] = (uint32_t)s->old.count;
    }
    return s->renumbered[old] - 1;
}

/* A composite's components take their new numbers, and join the list if they are new. */
static size_t copy_composite(Subset *s, char *data, size_t size)
{
    size_t at = 10;
    for (;;) {
        if (at + 4 > size)
            return 0;
        unsigned flags = be16(data + at);
        put_be16(data + at, flags & ~(unsigned)COMPOSITE_INSTRUCTIONS);
        put_be16(data + at + 2, renumber(s, be16(data + at + 2)));
        at += flags & COMPOSITE_WORDS ? 8 : 6;
        at += flags & COMPOSITE_SCALE ? 2 : flags & COMPOSITE_XY_SCALE ? 4 : flags & COMPOSITE_MATRIX ? 8 : 0;
        if (at > size)
            return 0;
        if (!(flags & COMPOSITE_MORE))
            return at;
    }
}

static size_t copy_simple(char *data, size_t size, unsigned contours)
{
    size_t at = 10 + 2 * (size_t)contours;
    if (at + 2 > size)
        return 0;
    size_t instructions = be16(data + at);
    if (at + 2 + instructions > size)
        return 0;
    put_be16(data + at, 0);
    memmove(data + at + 2, data + at + 2 + instructions, size - at - 2 - instructions);
    return size - instructions;
}

static void add_glyph(Subset *s, Buffer *out, uint32_t old)
{
    Bytes glyph = glyph_data(s, old);
    if (!glyph.size)
        return;
    char *data = arena_copy(s->arena, glyph.data, glyph.size);
    unsigned contours = be16(data);
    size_t size = contours >= 0x8000 ? copy_composite(s, data, glyph.size) : copy_simple(data, glyph.size, contours);
    buffer_add(out, data, size);
    while (out->size % 4)
        buffer_add(out, "", 1);
}

static void add_metrics(const Subset *s, Buffer *out, uint32_t old)
{
    unsigned last = old < s->metrics ? old : s->metrics - 1, advance = 0, bearing = 0;
    if (s->hmtx.size >= 4 * (size_t)(last + 1)) {
        advance = be16(s->hmtx.data + 4 * last);
        bearing = be16(s->hmtx.data + 4 * last + 2);
    }
    size_t extra = 4 * (size_t)s->metrics + 2 * (size_t)(old - last - (old >= s->metrics ? 1 : 0));
    if (old >= s->metrics && s->hmtx.size >= extra + 2)
        bearing = be16(s->hmtx.data + extra);
    add_be16(out, advance);
    add_be16(out, bearing);
}

static uint32_t checksum(const char *data, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= size; i += 4)
        sum += be32(data + i);
    return sum;
}

typedef struct {
    const char *tag;
    Bytes data;
} Table;

static Bytes make_sfnt(Arena *arena, const Table *tables, unsigned count)
{
    Buffer out = {.arena = arena};
    unsigned power = 1, log = 0;
    for (; power * 2 <= count; power *= 2)
        log++;
    add_be32(&out, 0x00010000);
    add_be16(&out, count);
    add_be16(&out, power * 16);
    add_be16(&out, log);
    add_be16(&out, (count - power) * 16);
    size_t at = 12 + 16 * (size_t)count, head = 0;
    for (unsigned i = 0; i < count; i++) {
        char *padded = arena_alloc(arena, tables[i].data.size + 4);
        memcpy(padded, tables[i].data.data, tables[i].data.size);
        size_t rounded = (tables[i].data.size + 3) & ~(size_t)3;
        buffer_add(&out, tables[i].tag, 4);
        add_be32(&out, checksum(padded, rounded));
        add_be32(&out, (uint32_t)at);
        add_be32(&out, (uint32_t)tables[i].data.size);
        if (strcmp(tables[i].tag, "head") == 0)
            head = at;
        at += rounded;
    }
    for (unsigned i = 0; i < count; i++) {
        buffer_add(&out, tables[i].data.data, tables[i].data.size);
        while (out.size % 4)
            buffer_add(&out, "", 1);
    }
    put_be32(out.data + head + 8, 0xB1B0AFBAu - checksum(out.data, out.size));
    return (Bytes){out.data, out.size};
}

static bool read_tables(Subset *s, hb_face_t *face)
{
    s->glyf = table(s->arena, face, "glyf");
    s->loca = table(s->arena, face, "loca");
    s->hmtx = table(s->arena, face, "hmtx");
    s->hhea = table(s->arena, face, "hhea");
    s->head = table(s->arena, face, "head");
    s->maxp = table(s->arena, face, "maxp");
    if (s->head.size < 54 || s->hhea.size < 36 || s->maxp.size < 32 || !s->loca.size)
        return false;
    s->long_loca = be16(s->head.data + 50) != 0;
    s->glyph_count = be16(s->maxp.data + 4);
    s->metrics = be16(s->hhea.data + 34);
    return s->glyph_count > 0 && s->metrics > 0;
}

bool glyf_subset(Arena *arena, hb_face_t *face, const uint32_t *glyphs, int count, Bytes *data)
{
    Subset s = {.arena = arena};
    if (!read_tables(&s, face))
        return false;
    s.renumbered = NEW_ARRAY(arena, uint32_t, s.glyph_count);
    for (int i = 0; i < count; i++) {
        VEC_PUSH(arena, s.old, glyphs[i]);
        if (glyphs[i] < s.glyph_count && !s.renumbered[glyphs[i]])
            s.renumbered[glyphs[i]] = (uint32_t)s.old.count;
    }
    Buffer glyf = {.arena = arena}, loca = {.arena = arena}, hmtx = {.arena = arena};
    add_be32(&loca, 0);
    for (int i = 0; i < s.old.count && i < 0xFFFF; i++) { /* grows while components come */
        add_glyph(&s, &glyf, s.old.at[i]);
        add_be32(&loca, (uint32_t)glyf.size);
        add_metrics(&s, &hmtx, s.old.at[i]);
    }
    if (glyf.size == 0)
        buffer_add(&glyf, "\0\0\0\0", 4);
    char *head = arena_copy(arena, s.head.data, 54), *hhea = arena_copy(arena, s.hhea.data, 36),
         *maxp = arena_copy(arena, s.maxp.data, 32);
    put_be32(head + 8, 0);
    put_be16(head + 50, 1);
    put_be16(hhea + 34, (unsigned)s.old.count);
    put_be16(maxp + 4, (unsigned)s.old.count);
    put_be16(maxp + 14, 1); /* maxZones; below: no twilight points, storage, functions, stack, instructions */
    memset(maxp + 16, 0, 12);
    Table tables[] = {
        {"glyf", {glyf.data, glyf.size}}, {"head", {head, 54}}, {"hhea", {hhea, 36}}, {"hmtx", {hmtx.data, hmtx.size}},
        {"loca", {loca.data, loca.size}}, {"maxp", {maxp, 32}}};
    *data = make_sfnt(arena, tables, sizeof tables / sizeof *tables);
    return true;
}
