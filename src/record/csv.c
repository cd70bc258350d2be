/* CSV (RFC 4180): fields with commas between, quoted where they hold commas, quotes or line ends. */
#include "record/record.h"

CsvReader csv_open(Bytes bytes, const char *file)
{
    CsvReader reader = {bytes.data, bytes.data + bytes.size, file, 1};
    if (bytes.size >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0)
        reader.at += 3;
    return reader;
}

static bool at_line_end(const CsvReader *reader)
{
    return reader->at == reader->end || *reader->at == '\n' || *reader->at == '\r';
}

static void pass_line_end(CsvReader *reader)
{
    if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
    if (reader->at < reader->end && *reader->at == '\n')
        reader->at++;
    reader->line++;
}

/* A quoted field; "" is a quote. One without its end goes to the end of the file. */
static void quoted(CsvReader *reader, Buffer *text)
{
    for (reader->at++; reader->at < reader->end; reader->at++) {
        if (*reader->at == '"') {
            if (reader->at + 1 == reader->end || reader->at[1] != '"') {
                reader->at++;
                return;
            }
            reader->at++;
        }
        reader->line += *reader->at == '\n';
        buffer_add(text, reader->at, 1);
    }
}

static Record *field(CsvReader *reader, Arena *arena, const char *line_start)
{
    Record *record = NEW(arena, Record);
    Buffer text = {.arena = arena};
    *record = (Record){.kind = RECORD_TEXT, .source = {reader->file, reader->line, (int)(reader->at - line_start) + 1}};
    if (reader->at < reader->end && *reader->at == '"')
        quoted(reader, &text);
    while (!at_line_end(reader) && *reader->at != ',')
        buffer_add(&text, reader->at++, 1);
    record->text = text.data ? text.data : "";
    return record;
}

const Record *csv_row(CsvReader *reader, Arena *arena)
{
    while (reader->at < reader->end && at_line_end(reader))
        pass_line_end(reader);
    if (reader->at == reader->end)
        return NULL;
    Record *row = NEW(arena, Record);
    Record **last = &row->first;
    const char *start = reader->at;
    *row = (Record){.kind = RECORD_LIST, .source = {reader->file, reader->line, 1}};
    for (;;) {
        *last = field(reader, arena, start);
        last = &(*last)->next;
        if (at_line_end(reader))
            break;
        reader->at++; /* the comma */
    }
    pass_line_end(reader);
    return row;
}
