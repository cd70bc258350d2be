/* record/record.h: data that people and programs write for this one: profiles, configuration, job lists.
 *   in    YAML, a line of JSON, rows of CSV
 *   out   one tree of texts, lists and maps; every value knows its place
 * A mistake is an error in the Diag, with line and column. */
#ifndef N2P_RECORD_H
#define N2P_RECORD_H

#include "base/base.h"

typedef enum { RECORD_NULL, RECORD_TEXT, RECORD_LIST, RECORD_MAP } RecordKind;
typedef struct Record {
    RecordKind kind;
    Source source;
    const char *key; /* in a map; else NULL */
    Source key_source;
    const char *text;            /* also of numbers; true and false are "yes" and "no" out of JSON */
    struct Record *first, *next; /* of a list or map; the next in the same */
} Record;

/* NULL: a mistake is reported. An empty file is an empty map. */
const Record *record_yaml(Arena *arena, Bytes bytes, const char *file, Diag *diag);
const Record *record_json(Arena *arena, Bytes bytes, Source first, Diag *diag);
const Record *record_get(const Record *map, const char *key); /* NULL: not there, or null */

typedef struct { /* RFC 4180; a row is a list of texts */
    const char *at, *end, *file;
    int line;
} CsvReader;
CsvReader csv_open(Bytes bytes, const char *file);
const Record *csv_row(CsvReader *reader, Arena *arena); /* NULL: no more; empty lines are passed over */

#endif
