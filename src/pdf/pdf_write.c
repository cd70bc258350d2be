/* Objects into a file. See pdf_write.h. */
#include "pdf/pdf_write.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum {
    CHUNK = 4096, /* cross-reference entries in a block */
    OBJECTS_PER_STREAM = 200,
    OBJECT_BYTES = 48 * 1024,
    STREAMED = 24 << 20 /* larger data go through zlib in parts */
};

/* Where an object is: bit 63 set: (object stream << 16 | index); else a byte offset; 0: never written. */
#define PACKED ((uint64_t)1 << 63)
typedef struct {
    uint64_t at[CHUNK];
} Entries;

typedef struct { /* grows on the heap, so that arena rewinds don't touch it */
    uint8_t *data;
    size_t size, room;
} Heap;

struct PdfFile {
    Arena *arena;
    Output *output;
    bool compress, failed;
    bool streams; /* of objects and of cross-references: PDF 1.5 */
    Ref last;
    VEC(Entries *) entries;
    uint64_t hash[2], offset;
    Heap pending; /* bodies of the object stream under way */
    Heap packed;  /* deflated data */
    Ref numbers[OBJECTS_PER_STREAM];
    uint32_t starts[OBJECTS_PER_STREAM];
    int count;
    struct libdeflate_compressor *deflater;
    z_stream zip;
    bool zipping;
    uint64_t zipped; /* bytes of the stream under way */
    Ref zip_length;
};

static void file_close(void *object)
{
    PdfFile *file = object;
    if (file->zipping)
        deflateEnd(&file->zip);
    libdeflate_free_compressor(file->deflater);
    free(file->pending.data);
    free(file->packed.data);
}

static bool heap_room(PdfFile *file, Heap *heap, size_t size)
{
    if (size <= heap->room)
        return true;
    size_t room = heap->room ? heap->room : 16384;
    while (room < size)
        room *= 2;
    uint8_t *larger = realloc(heap->data, room);
    if (!larger) {
        file->failed = true;
        return false;
    }
    heap->data = larger;
    heap->room = room;
    return true;
}

static void emit(PdfFile *file, const void *data, size_t size)
{
    if (size == 0)
        return;
    uint64_t sum = libdeflate_crc32(0, data, size) | (uint64_t)libdeflate_adler32(1, data, size) << 32;
    uint64_t word[2] = {sum, size};
    file->hash[0] = hash_bytes(word, sizeof word, file->hash[0]);
    file->hash[1] = hash_bytes(word, sizeof word, file->hash[1] ^ 0x9e3779b97f4a7c15u);
    file->offset += size;
    if (!output_write(file->output, data, size))
        file->failed = true;
}

static void emit_text(PdfFile *file, const char *text)
{
    emit(file, text, strlen(text));
}

PdfFile *pdf_file_new(Arena *arena, Output *output, int version, bool compress)
{
    PdfFile *file = NEW(arena, PdfFile);
    file->arena = arena;
    file->output = output;
    file->compress = compress;
    file->streams = version >= 15;
    arena_at_free(arena, file_close, file);
    file->deflater = libdeflate_alloc_compressor(6);
    if (!file->deflater)
        file->failed = true;
    char head[48]; /* G1 */
    snprintf(head, sizeof head, "%%PDF-%d.%d\n%%\xE2\xE3\xCF\xD3\n", version / 10, version % 10);
    emit_text(file, head);
    return file;
}

bool pdf_file_compresses(const PdfFile *file)
{
    return file->compress;
}

Ref pdf_reserve(PdfFile *file)
{
    Ref ref = ++file->last;
    if ((int)(ref / CHUNK) >= file->entries.count)
        VEC_PUSH(file->arena, file->entries, NEW(file->arena, Entries));
    return ref;
}

static uint64_t *entry(PdfFile *file, Ref ref)
{
    return &file->entries.at[ref / CHUNK]->at[ref % CHUNK];
}

static void begin_object(PdfFile *file, Ref ref)
{
    char head[24];
    *entry(file, ref) = file->offset;
    snprintf(head, sizeof head, "%u 0 obj\n", ref);
    emit_text(file, head);
}

/* Deflated into file->packed: its size, or 0. */
static size_t pack(PdfFile *file, const void *data, size_t size)
{
    size_t bound = libdeflate_zlib_compress_bound(file->deflater, size);
    if (!file->deflater || !heap_room(file, &file->packed, bound))
        return 0;
    return libdeflate_zlib_compress(file->deflater, data, size, file->packed.data, file->packed.room);
}

void pdf_stream_begin(PdfFile *file, Ref ref, const char *entries, size_t size)
{
    char length[40];
    begin_object(file, ref);
    emit_text(file, "<<");
    emit_text(file, entries);
    snprintf(length, sizeof length, "/Length %zu>>\nstream\n", size);
    emit_text(file, length);
}

void pdf_stream_part(PdfFile *file, const void *data, size_t size)
{
    emit(file, data, size);
}

void pdf_stream_end(PdfFile *file)
{
    emit_text(file, "\nendstream\nendobj\n");
}

void pdf_put_stream(PdfFile *file, Ref ref, const char *entries, Pack how, Bytes data)
{
    if (how == PACK_DEFLATE && file->compress && data.size > STREAMED) {
        pdf_deflate_begin(file, ref, entries);
        pdf_deflate_rows(file, data.data, data.size);
        pdf_deflate_end(file);
        return;
    }
    size_t packed = how == PACK_DEFLATE && file->compress ? pack(file, data.data, data.size) : 0;
    if (packed > 0) {
        char head[48];
        begin_object(file, ref);
        emit_text(file, "<<");
        emit_text(file, entries);
        emit_text(file, "/Filter/FlateDecode/Length ");
        snprintf(head, sizeof head, "%zu>>\nstream\n", packed);
        emit_text(file, head);
        emit(file, file->packed.data, packed);
    } else {
        pdf_stream_begin(file, ref, entries, data.size);
        emit(file, data.data, data.size);
    }
    pdf_stream_end(file);
}

void pdf_deflate_begin(PdfFile *file, Ref ref, const char *entries)
{
    char length[48];
    file->zip_length = pdf_reserve(file);
    file->zipped = 0;
    memset(&file->zip, 0, sizeof file->zip);
    file->zipping = deflateInit(&file->zip, file->compress ? 6 : 0) == Z_OK;
    if (!file->zipping)
        file->failed = true;
    begin_object(file, ref);
    emit_text(file, "<<");
    emit_text(file, entries);
    snprintf(length, sizeof length, "/Filter/FlateDecode/Length %u 0 R>>\nstream\n", file->zip_length);
    emit_text(file, length);
}

static void run_zip(PdfFile *file, int flush)
{
    uint8_t part[16384];
    int status;
    do {
        file->zip.next_out = part;
        file->zip.avail_out = sizeof part;
        status = deflate(&file->zip, flush);
        size_t got = sizeof part - file->zip.avail_out;
        file->zipped += got;
        emit(file, part, got);
    } while (file->zip.avail_out == 0 || (flush == Z_FINISH && status == Z_OK));
}

void pdf_deflate_rows(PdfFile *file, const void *data, size_t size)
{
    const uint8_t *at = data;
    while (size > 0 && file->zipping) {
        size_t part = size < (1u << 30) ? size : 1u << 30;
        file->zip.next_in = (Bytef *)at;
        file->zip.avail_in = (uInt)part;
        run_zip(file, Z_NO_FLUSH);
        at += part;
        size -= part;
    }
}

void pdf_deflate_end(PdfFile *file)
{
    char length[48];
    if (file->zipping) {
        file->zip.next_in = NULL;
        file->zip.avail_in = 0;
        run_zip(file, Z_FINISH);
        deflateEnd(&file->zip);
        file->zipping = false;
    }
    pdf_stream_end(file);
    begin_object(file, file->zip_length);
    snprintf(length, sizeof length, "%llu\nendobj\n", (unsigned long long)file->zipped);
    emit_text(file, length);
}

/* ISO 32000-1 7.5.7 */
static void flush_objects(PdfFile *file)
{
    if (file->count == 0)
        return;
    Ref ref = pdf_reserve(file);
    char head[OBJECTS_PER_STREAM * 24], entries[80];
    size_t length = 0;
    for (int i = 0; i < file->count; i++) {
        length += (size_t)snprintf(head + length, sizeof head - length, "%u %u ", file->numbers[i], file->starts[i]);
        *entry(file, file->numbers[i]) = PACKED | (uint64_t)ref << 16 | (uint64_t)i;
    }
    head[length - 1] = '\n';
    size_t body = file->pending.size;
    int count = file->count;
    file->pending.size = 0;
    file->count = 0;
    if (!heap_room(file, &file->pending, body + length))
        return;
    memmove(file->pending.data + length, file->pending.data, body);
    memcpy(file->pending.data, head, length);
    snprintf(entries, sizeof entries, "/Type/ObjStm/N %d/First %zu", count, length);
    pdf_put_stream(file, ref, entries, PACK_DEFLATE, (Bytes){(char *)file->pending.data, length + body});
}

static void put_alone(PdfFile *file, Ref ref, const char *body, size_t size)
{
    begin_object(file, ref);
    emit(file, body, size);
    emit_text(file, "\nendobj\n");
}

void pdf_put(PdfFile *file, Ref ref, const char *body, size_t size)
{
    if (!file->streams) {
        put_alone(file, ref, body, size);
        return;
    }
    if (file->count == OBJECTS_PER_STREAM || (file->count > 0 && file->pending.size + size > OBJECT_BYTES))
        flush_objects(file);
    if (!heap_room(file, &file->pending, file->pending.size + size + 1))
        return;
    file->numbers[file->count] = ref;
    file->starts[file->count++] = (uint32_t)file->pending.size;
    memcpy(file->pending.data + file->pending.size, body, size);
    file->pending.size += size;
    file->pending.data[file->pending.size++] = '\n';
}

void pdf_put_text(PdfFile *file, Ref ref, const char *body)
{
    pdf_put(file, ref, body, strlen(body));
}

void pdf_file_hash(const PdfFile *file, char hex[33])
{
    snprintf(hex, 33, "%016llx%016llx", (unsigned long long)file->hash[0], (unsigned long long)file->hash[1]);
}

static void put_big(uint8_t *to, uint64_t value, int bytes)
{
    for (int i = bytes; i-- > 0; value >>= 8)
        to[i] = (uint8_t)value;
}

static void finish(PdfFile *file, uint64_t start)
{
    char text[64];
    snprintf(text, sizeof text, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start);
    emit_text(file, text);
}

static char *print_trailer(char *to, Ref root, Ref info, const char *id)
{
    to += sprintf(to, "/Root %u 0 R", root);
    if (info)
        to += sprintf(to, "/Info %u 0 R", info);
    return to + sprintf(to, "/ID[<%s><%s>]", id, id);
}

/* ISO 32000-1 7.5.4: lines of 20 bytes; numbers that were never written are a chain of free ones. */
static bool put_table(PdfFile *file, Ref root, Ref info)
{
    char id[33], line[320], entries[256];
    uint64_t start = file->offset;
    pdf_file_hash(file, id);
    snprintf(line, sizeof line, "xref\n0 %u\n", file->last + 1);
    emit_text(file, line);
    Ref next = 0;
    Ref *chain = NEW_ARRAY(file->arena, Ref, (size_t)file->last + 1);
    for (Ref i = file->last + 1; i-- > 0;)
        if (i == 0 || *entry(file, i) == 0) {
            chain[i] = next;
            next = i;
        }
    for (Ref i = 0; i <= file->last; i++) {
        uint64_t at = i == 0 ? 0 : *entry(file, i);
        if (at == 0)
            snprintf(line, sizeof line, "%010u %05d f \n", chain[i], i == 0 ? 65535 : 0);
        else
            snprintf(line, sizeof line, "%010llu 00000 n \n", (unsigned long long)at);
        emit_text(file, line);
    }
    print_trailer(entries, root, info, id);
    snprintf(line, sizeof line, "trailer\n<</Size %u%s>>\n", file->last + 1, entries);
    emit_text(file, line);
    finish(file, start);
    return !file->failed && start <= 9999999999u;
}

/* ISO 32000-1 7.5.8: rows of type, offset or stream, generation or index; each row less the row above (PNG up). */
static bool put_cross_stream(PdfFile *file, Ref root, Ref info)
{
    char id[33], entries[320];
    pdf_file_hash(file, id);
    Ref self = pdf_reserve(file);
    uint64_t start = file->offset;
    *entry(file, self) = start;
    int wide = 3;
    while (start >> (8 * wide))
        wide++;
    size_t row = (size_t)wide + 3, rows = (size_t)file->last + 1;
    if (!heap_room(file, &file->pending, rows * (row + 1)))
        return false;
    uint8_t above[16] = {0}, now[16];
    for (size_t i = 0; i < rows; i++) {
        uint64_t at = i == 0 ? 0 : *entry(file, (Ref)i);
        now[0] = at == 0 ? 0 : at & PACKED ? 2 : 1;
        put_big(now + 1, at & PACKED ? (at & ~PACKED) >> 16 : at, wide);
        put_big(now + 1 + wide, i == 0 ? 65535 : at & PACKED ? at & 0xFFFF : 0, 2);
        uint8_t *to = file->pending.data + i * (row + 1);
        to[0] = 2;
        for (size_t k = 0; k < row; k++)
            to[k + 1] = (uint8_t)(now[k] - above[k]);
        memcpy(above, now, row);
    }
    char *end = entries + snprintf(entries, sizeof entries, "/Type/XRef/Size %zu/W[1 %d 2]", rows, wide);
    end = print_trailer(end, root, info, id);
    sprintf(end, "/DecodeParms<</Predictor 12/Columns %zu>>/Filter/FlateDecode", row);
    size_t packed = pack(file, file->pending.data, rows * (row + 1));
    if (packed == 0)
        return false;
    pdf_stream_begin(file, self, entries, packed);
    emit(file, file->packed.data, packed);
    pdf_stream_end(file);
    finish(file, start);
    return !file->failed;
}

bool pdf_file_end(PdfFile *file, Ref root, Ref info)
{
    flush_objects(file);
    return file->streams ? put_cross_stream(file, root, info) : put_table(file, root, info);
}
