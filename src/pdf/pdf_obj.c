/* Dictionaries and arrays by libharu's object layer. See pdf_obj.h.
 * Its memory pool hands out unaligned memory, so objects come from malloc; those that hang on no other are listed, to be
 * freed with all that hangs on them. What libharu only reads (numbers of other objects, printed entries) is in the scratch arena. */
#include "pdf/pdf_obj.h"

#include <hpdf.h>
#include <hpdf_mmgr.h>
#include <hpdf_objects.h>
#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_NAME = 127, LONGEST_TEXT = 32000 };

typedef struct {
    size_t size, room;
    char *text;
} Raw; /* printed entries of a dictionary */

struct PdfObjects {
    Arena *scratch;
    Arena *arena;
    HPDF_Error_Rec error;
    HPDF_MMgr memory;
    HPDF_Stream stream; /* prints into its attr, a Buffer */
    bool failed;
    VEC(void *) loose; /* containers that hang on no other */
    Buffer out;
    Buffer text;
};
/* A PdfDict is an HPDF_Dict_Rec, a PdfArray an HPDF_Array_Rec; the way back to PdfObjects is the error record. */

static void *HPDF_STDCALL take(HPDF_UINT size)
{
    return malloc(size);
}

static void HPDF_STDCALL give(void *memory)
{
    free(memory);
}

static void free_loose(PdfObjects *objects)
{
    while (objects->loose.count > 0)
        HPDF_Obj_ForceFree(objects->memory, objects->loose.at[--objects->loose.count]);
}

static void objects_close(void *object)
{
    PdfObjects *objects = object;
    if (!objects->memory)
        return;
    free_loose(objects);
    if (objects->stream)
        HPDF_Stream_Free(objects->stream);
    HPDF_MMgr_Free(objects->memory);
    objects->memory = NULL;
}

static HPDF_STATUS into_buffer(HPDF_Stream stream, const HPDF_BYTE *data, HPDF_UINT size)
{
    buffer_add(stream->attr, data, size);
    return HPDF_OK;
}

PdfObjects *pdf_objects_new(Arena *arena, Arena *scratch)
{
    PdfObjects *objects = NEW(arena, PdfObjects);
    objects->arena = arena;
    objects->scratch = scratch;
    objects->out.arena = arena;
    objects->text.arena = arena;
    arena_at_free(arena, objects_close, objects);
    HPDF_Error_Init(&objects->error, objects);
    objects->memory = HPDF_MMgr_New(&objects->error, 0, take, give);
    if (objects->memory)
        objects->stream = HPDF_CallbackWriter_New(objects->memory, into_buffer, &objects->out);
    objects->failed = !objects->stream;
    return objects;
}

void pdf_objects_reset(PdfObjects *objects)
{
    free_loose(objects);
}

bool pdf_objects_failed(const PdfObjects *objects)
{
    return objects->failed || objects->error.error_no != HPDF_OK;
}

static PdfObjects *objects_of(HPDF_MMgr memory)
{
    return memory->error->user_data;
}

static HPDF_Dict haru(PdfDict *dict)
{
    return (HPDF_Dict)(void *)dict;
}

static HPDF_Array haru_array(PdfArray *array)
{
    return (HPDF_Array)(void *)array;
}

static void check(HPDF_MMgr memory, HPDF_STATUS status)
{
    if (status != HPDF_OK)
        objects_of(memory)->failed = true;
}

static HPDF_STATUS write_raw(HPDF_Dict dict, HPDF_Stream stream)
{
    Raw *raw = dict->attr;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)raw->text, (HPDF_UINT)raw->size);
}

static void *listed(PdfObjects *objects, void *container)
{
    if (container)
        VEC_PUSH(objects->arena, objects->loose, container);
    else
        objects->failed = true;
    return container;
}

/* It hangs on another one from now on. */
static void unlist(PdfObjects *objects, const void *container)
{
    for (int i = objects->loose.count - 1; i >= 0; i--)
        if (objects->loose.at[i] == container) {
            objects->loose.at[i] = objects->loose.at[--objects->loose.count];
            return;
        }
}

PdfDict *pdf_dict(PdfObjects *objects)
{
    return listed(objects, objects->memory ? HPDF_Dict_New(objects->memory) : NULL);
}

PdfArray *pdf_array(PdfObjects *objects)
{
    return listed(objects, objects->memory ? HPDF_Array_New(objects->memory) : NULL);
}

static const char *cut(char to[LONGEST_NAME + 1], const char *name)
{
    snprintf(to, LONGEST_NAME + 1, "%s", *name ? name : "_");
    return to;
}

static void put_value(PdfDict *dict, const char *key, void *value)
{
    char name[LONGEST_NAME + 1];
    if (!dict)
        return;
    HPDF_Dict to = haru(dict);
    check(to->mmgr, value ? HPDF_Dict_Add(to, cut(name, key), value) : HPDF_FAILD_TO_ALLOC_MEM);
}

/* libharu leaves spaces in names as they are: such names are printed by ourselves. */
static bool is_regular(const char *name)
{
    for (; *name; name++)
        if (*name <= ' ' || *name > '~')
            return false;
    return true;
}

void pdf_set_name(PdfDict *dict, const char *key, const char *name)
{
    char value[LONGEST_NAME + 1];
    if (!dict)
        return;
    if (is_regular(name)) {
        put_value(dict, key, HPDF_Name_New(haru(dict)->mmgr, cut(value, name)));
        return;
    }
    Buffer printed = {.arena = objects_of(haru(dict)->mmgr)->scratch};
    pdf_print_name(&printed, name);
    pdf_set_raw(dict, key, "%s", printed.data);
}

void pdf_set_int(PdfDict *dict, const char *key, int value)
{
    if (dict)
        put_value(dict, key, HPDF_Number_New(haru(dict)->mmgr, value));
}

/* A proxy whose target is a bare head with the number: libharu reads no more of it. */
static void *reference(HPDF_MMgr memory, Ref ref)
{
    HPDF_Obj_Header *head = NEW(objects_of(memory)->scratch, HPDF_Obj_Header);
    head->obj_id = (ref & 0xFFFFFF) | HPDF_OTYPE_INDIRECT;
    head->obj_class = HPDF_OCLASS_DICT;
    if (ref > 0xFFFFFF)
        objects_of(memory)->failed = true;
    return HPDF_Proxy_New(memory, head);
}

void pdf_set_ref(PdfDict *dict, const char *key, Ref ref)
{
    if (dict)
        put_value(dict, key, reference(haru(dict)->mmgr, ref));
}

static void hang(PdfDict *dict, const char *key, void *container)
{
    if (!dict || !container)
        return;
    unlist(objects_of(haru(dict)->mmgr), container);
    put_value(dict, key, container);
}

void pdf_set_dict(PdfDict *dict, const char *key, PdfDict *value)
{
    hang(dict, key, value);
}

void pdf_set_array(PdfDict *dict, const char *key, PdfArray *value)
{
    hang(dict, key, value);
}

void pdf_set_bytes(PdfDict *dict, const char *key, const char *data, size_t size)
{
    if (size > 2 * LONGEST_TEXT)
        size = 2 * LONGEST_TEXT;
    if (dict)
        put_value(dict, key, HPDF_Binary_New(haru(dict)->mmgr, (HPDF_BYTE *)data, (HPDF_UINT)size));
}

/* Printable ASCII is the same in PDFDocEncoding. */
static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((*text < ' ' && *text != '\n' && *text != '\t') || *text > '~')
            return false;
    return true;
}

/* UTF-16BE with its mark; at most LONGEST_TEXT bytes. */
static void utf16(Buffer *to, const char *text)
{
    buffer_add(to, "\xFE\xFF", 2);
    for (const char *end = text + strlen(text); text < end && to->size < LONGEST_TEXT - 4;) {
        uint32_t code = utf8_next(&text, end);
        uint8_t four[4];
        if (code < 0x10000) {
            four[0] = (uint8_t)(code >> 8);
            four[1] = (uint8_t)code;
            buffer_add(to, four, 2);
            continue;
        }
        uint32_t high = 0xD800 + ((code - 0x10000) >> 10), low = 0xDC00 + (code & 0x3FF);
        four[0] = (uint8_t)(high >> 8);
        four[1] = (uint8_t)high;
        four[2] = (uint8_t)(low >> 8);
        four[3] = (uint8_t)low;
        buffer_add(to, four, 4);
    }
}

void pdf_set_text(PdfDict *dict, const char *key, const char *text)
{
    if (!dict)
        return;
    HPDF_MMgr memory = haru(dict)->mmgr;
    if (is_plain(text) && strlen(text) < LONGEST_TEXT) {
        put_value(dict, key, HPDF_String_New(memory, text, NULL));
        return;
    }
    Buffer *wide = &objects_of(memory)->text;
    wide->size = 0;
    utf16(wide, text);
    pdf_set_bytes(dict, key, wide->data, wide->size);
}

static char *raw_room(HPDF_Dict dict, size_t more)
{
    Raw *raw = dict->attr;
    Arena *scratch = objects_of(dict->mmgr)->scratch;
    if (!raw) {
        dict->attr = raw = NEW(scratch, Raw);
        dict->write_fn = write_raw;
    }
    if (raw->size + more > raw->room) {
        raw->room = (raw->size + more) * 2;
        char *larger = arena_alloc(scratch, raw->room);
        if (raw->size)
            memcpy(larger, raw->text, raw->size);
        raw->text = larger;
    }
    return raw->text + raw->size;
}

void pdf_set_raw(PdfDict *dict, const char *key, const char *format, ...)
{
    if (!dict)
        return;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    size_t room = strlen(key) + (size_t)length + 4;
    char *to = raw_room(haru(dict), room), *end = to + snprintf(to, room, "/%s ", key);
    va_start(list, format);
    end += vsnprintf(end, room - (size_t)(end - to), format, list);
    va_end(list);
    *end++ = '\n';
    ((Raw *)haru(dict)->attr)->size += (size_t)(end - to);
}

static void add_value(PdfArray *array, void *value)
{
    if (array)
        check(haru_array(array)->mmgr, value ? HPDF_Array_Add(haru_array(array), value) : HPDF_FAILD_TO_ALLOC_MEM);
}

void pdf_add_ref(PdfArray *array, Ref ref)
{
    if (array)
        add_value(array, reference(haru_array(array)->mmgr, ref));
}

void pdf_print_dict(PdfObjects *objects, PdfDict *dict, Buffer *out)
{
    if (!dict || !objects->stream) {
        objects->failed = true;
        return;
    }
    objects->stream->attr = out;
    check(objects->memory, HPDF_Obj_WriteValue(dict, objects->stream, NULL));
}

void pdf_put_dict(PdfObjects *objects, PdfFile *file, Ref ref, PdfDict *dict)
{
    objects->out.size = 0;
    pdf_print_dict(objects, dict, &objects->out);
    if (objects->out.size == 0)
        buffer_text(&objects->out, "null");
    pdf_put(file, ref, objects->out.data, objects->out.size);
    if (dict) {
        unlist(objects, dict);
        HPDF_Obj_ForceFree(objects->memory, dict);
    }
}

void pdf_print_bytes(Buffer *out, const char *data, size_t size)
{
    buffer_text(out, "(");
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (c == '(' || c == ')' || c == '\\')
            buffer_add(out, "\\", 1);
        if (c == '\r')
            buffer_text(out, "\\r");
        else
            buffer_add(out, &c, 1);
    }
    buffer_text(out, ")");
}

void pdf_print_text(Buffer *out, const char *text)
{
    if (is_plain(text)) {
        size_t size = strlen(text);
        pdf_print_bytes(out, text, size < LONGEST_TEXT ? size : LONGEST_TEXT);
        return;
    }
    int units = 0;
    buffer_text(out, "<FEFF");
    for (const char *end = text + strlen(text); text < end && units < LONGEST_TEXT / 2 - 2; units++) {
        uint32_t code = utf8_next(&text, end);
        if (code >= 0x10000) {
            buffer_format(out, "%04X%04X", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
            units++;
        } else {
            buffer_format(out, "%04X", code);
        }
    }
    buffer_text(out, ">");
}

void pdf_print_name(Buffer *out, const char *name)
{
    size_t start = out->size;
    buffer_text(out, "/");
    for (int i = 0; name[i] && out->size - start + 3 <= LONGEST_NAME; i++) { /* readers count the escapes */
        unsigned char c = (unsigned char)name[i];
        if (c <= ' ' || c > '~' || strchr("()<>[]{}/%#", c))
            buffer_format(out, "#%02X", c);
        else
            buffer_add(out, &c, 1);
    }
}
