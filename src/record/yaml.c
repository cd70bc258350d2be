/* YAML to a record, by libyaml's events: it is linked for front matter already, and an event knows line and column. */
#include "record/record.h"

#include <yaml.h>

enum { DEPTH_MOST = 40 }; /* libyaml takes time by the square of the depth */

typedef struct {
    yaml_parser_t parser;
    Arena *arena;
    Diag *diag;
    const char *file;
    bool wrong;
} Yaml;

static Source place(const Yaml *yaml, yaml_mark_t mark)
{
    return (Source){yaml->file, (int)mark.line + 1, (int)mark.column + 1};
}

static void mistake(Yaml *yaml, Source source, const char *what)
{
    if (!yaml->wrong)
        diag_error(yaml->diag, "yaml-syntax", source, "%s", what);
    yaml->wrong = true;
}

static bool next(Yaml *yaml, yaml_event_t *event)
{
    if (yaml_parser_parse(&yaml->parser, event))
        return true;
    const yaml_parser_t *p = &yaml->parser;
    bool reader = p->error == YAML_READER_ERROR;
    mistake(yaml, reader ? (Source){yaml->file, 1, 1} : place(yaml, p->problem_mark),
            p->problem ? p->problem : "this is no YAML");
    return false;
}

static Record *value(Yaml *yaml, const yaml_event_t *event, int depth);

/* A map's keys and values, a list's values, up to their end. */
static void children(Yaml *yaml, Record *parent, int depth)
{
    Record **last = &parent->first;
    yaml_event_type_t stop = parent->kind == RECORD_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    for (yaml_event_t event; !yaml->wrong && next(yaml, &event);) {
        bool ends = event.type == stop;
        const char *key = NULL;
        Source key_source = place(yaml, event.start_mark);
        if (!ends && parent->kind == RECORD_MAP && event.type != YAML_SCALAR_EVENT)
            mistake(yaml, key_source, "a key must be a plain text");
        else if (!ends && parent->kind == RECORD_MAP) {
            key = arena_string(yaml->arena, (const char *)event.data.scalar.value, event.data.scalar.length);
            if (record_get(parent, key))
                mistake(yaml, key_source, arena_format(yaml->arena, "\"%s\" stands here a second time", key));
            yaml_event_delete(&event);
            if (yaml->wrong || !next(yaml, &event))
                return;
        }
        Record *child = ends || yaml->wrong ? NULL : value(yaml, &event, depth + 1);
        yaml_event_delete(&event);
        if (!child)
            return;
        child->key = key;
        child->key_source = key_source;
        *last = child;
        last = &child->next;
    }
}

static bool is_null(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (!*text || strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
}

static Record *value(Yaml *yaml, const yaml_event_t *event, int depth)
{
    Record *record = NEW(yaml->arena, Record);
    record->source = place(yaml, event->start_mark);
    if (event->type == YAML_SCALAR_EVENT) {
        record->kind = is_null(event) ? RECORD_NULL : RECORD_TEXT;
        record->text = arena_string(yaml->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    } else if (event->type == YAML_ALIAS_EVENT || depth > DEPTH_MOST) {
        mistake(yaml, record->source, depth > DEPTH_MOST ? "this is nested too deep" : "aliases (*name) are not read");
        return NULL;
    } else {
        record->kind = event->type == YAML_MAPPING_START_EVENT ? RECORD_MAP : RECORD_LIST;
        children(yaml, record, depth);
    }
    return yaml->wrong ? NULL : record;
}

static void close_parser(void *parser)
{
    yaml_parser_delete(parser);
}

const Record *record_yaml(Arena *arena, Bytes bytes, const char *file, Diag *diag)
{
    Yaml *yaml = NEW(arena, Yaml);
    *yaml = (Yaml){.arena = arena, .diag = diag, .file = file};
    if (!yaml_parser_initialize(&yaml->parser))
        return NULL;
    arena_at_free(arena, close_parser, &yaml->parser);
    yaml_parser_set_input_string(&yaml->parser, (const unsigned char *)bytes.data, bytes.size);
    Record *root = NULL;
    bool ended = false;
    for (yaml_event_t event; !yaml->wrong && !ended && next(yaml, &event);) {
        ended = event.type == YAML_STREAM_END_EVENT;
        if (root && !ended && event.type == YAML_DOCUMENT_START_EVENT)
            mistake(yaml, place(yaml, event.start_mark), "a second document is not read");
        else if (event.type == YAML_SCALAR_EVENT || event.type == YAML_MAPPING_START_EVENT ||
                 event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_ALIAS_EVENT)
            root = value(yaml, &event, 0);
        yaml_event_delete(&event);
    }
    if (yaml->wrong)
        return NULL;
    if (!root || root->kind == RECORD_NULL) {
        root = NEW(arena, Record);
        *root = (Record){.kind = RECORD_MAP, .source = {file, 1, 1}};
    }
    return root;
}
