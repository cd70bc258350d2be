/* JSON to a record, by jansson. Values of one text have its first line as their place. */
#include "record/record.h"

#include <jansson.h>

static Record *convert(Arena *arena, json_t *json, Source source)
{
    Record *record = NEW(arena, Record);
    record->kind = RECORD_TEXT;
    record->source = source;
    Record **last = &record->first;
    switch (json_typeof(json)) {
    case JSON_NULL: record->kind = RECORD_NULL; break;
    case JSON_TRUE: record->text = "yes"; break;
    case JSON_FALSE: record->text = "no"; break;
    case JSON_STRING: record->text = arena_string(arena, json_string_value(json), json_string_length(json)); break;
    case JSON_INTEGER: record->text = arena_format(arena, "%lld", (long long)json_integer_value(json)); break;
    case JSON_REAL: record->text = arena_format(arena, "%.15g", json_real_value(json)); break;
    case JSON_ARRAY:
        record->kind = RECORD_LIST;
        for (size_t i = 0; i < json_array_size(json); i++, last = &(*last)->next)
            *last = convert(arena, json_array_get(json, i), source);
        break;
    case JSON_OBJECT: {
        const char *key;
        json_t *item;
        record->kind = RECORD_MAP;
        json_object_foreach(json, key, item)
        {
            *last = convert(arena, item, source);
            (*last)->key = arena_string(arena, key, strlen(key));
            (*last)->key_source = source;
            last = &(*last)->next;
        }
    }
    }
    return record;
}

const Record *record_json(Arena *arena, Bytes bytes, Source first, Diag *diag)
{
    json_error_t error;
    json_t *json = json_loadb(bytes.data, bytes.size, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        Source source = {first.file, first.line + (error.line > 1 ? error.line - 1 : 0),
                         error.column > 0 ? error.column : 1};
        diag_error(diag, "json-syntax", source, "%s", error.text);
        return NULL;
    }
    const Record *record = convert(arena, json, first); /* no deeper than jansson reads: 2048 */
    json_decref(json);
    return record;
}
