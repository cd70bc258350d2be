/* What the file says of itself: Info and XMP, which agree (print-ready.md G6, G7).
 * ISO 32000-1 14.3, 7.9.4; XMP specification part 1 (ISO 16684-1). */
#include <stdio.h>

#include "pdf/pdf_writer.h"

/* ---- dates ---- */

typedef struct {
    int year, month, day, hour, minute, second;
    int zone; /* minutes east; NONE: not said */
    bool timed;
} Date;

static bool digits(const char **at, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *value = *value * 10 + (**at - '0');
    }
    return true;
}

static bool read_zone(const char *at, Date *date)
{
    int hours, minutes = 0;
    date->zone = NONE;
    if (*at == 0)
        return true;
    if (*at == 'Z' && at[1] == 0)
        return date->zone = 0, true;
    if (*at != '+' && *at != '-')
        return false;
    bool west = *at++ == '-';
    if (!digits(&at, 2, &hours))
        return false;
    if (*at == ':')
        at++;
    if (*at && !digits(&at, 2, &minutes))
        return false;
    date->zone = (hours * 60 + minutes) * (west ? -1 : 1);
    return *at == 0 && hours < 24 && minutes < 60;
}

/* ISO 8601: 2024-05-17, 2024-05-17T08:30[:15[.5]][Z|+02:00|+0200]; without dashes and colons too. */
static bool read_date(const char *at, Date *date)
{
    *date = (Date){.month = 1, .day = 1, .zone = NONE};
    if (!at || !digits(&at, 4, &date->year))
        return false;
    bool dashed = *at == '-';
    if (!digits((at += dashed, &at), 2, &date->month))
        return false;
    at += dashed && *at == '-';
    if (!digits(&at, 2, &date->day))
        return false;
    if (date->month < 1 || date->month > 12 || date->day < 1 || date->day > 31)
        return false;
    if (*at == 0)
        return true;
    if (*at++ != 'T')
        return false;
    if (!digits(&at, 2, &date->hour))
        return false;
    at += *at == ':';
    if (!digits(&at, 2, &date->minute))
        return false;
    at += *at == ':';
    if (*at >= '0' && *at <= '9' && !digits(&at, 2, &date->second))
        return false;
    if (*at == '.' || *at == ',')
        do
            at++;
        while (*at >= '0' && *at <= '9');
    date->timed = true;
    return date->hour < 24 && date->minute < 60 && date->second < 61 && read_zone(at, date);
}

static void pdf_date(char out[40], const Date *date)
{
    int length = snprintf(out, 40, "D:%04d%02d%02d", date->year, date->month, date->day);
    if (!date->timed)
        return;
    length += snprintf(out + length, (size_t)(40 - length), "%02d%02d%02d", date->hour, date->minute, date->second);
    int zone = date->zone < 0 ? -date->zone : date->zone;
    if (date->zone == 0)
        snprintf(out + length, (size_t)(40 - length), "Z");
    else if (date->zone != NONE)
        snprintf(out + length, (size_t)(40 - length), "%c%02d'%02d'", date->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

static void xmp_date(char out[40], const Date *date)
{
    int length = snprintf(out, 40, "%04d-%02d-%02d", date->year, date->month, date->day);
    if (!date->timed)
        return;
    length += snprintf(out + length, (size_t)(40 - length), "T%02d:%02d:%02d", date->hour, date->minute, date->second);
    int zone = date->zone < 0 ? -date->zone : date->zone;
    if (date->zone == 0)
        snprintf(out + length, (size_t)(40 - length), "Z");
    else if (date->zone != NONE)
        snprintf(out + length, (size_t)(40 - length), "%c%02d:%02d", date->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

/* ---- Info ---- */

static void set_text(PdfDict *dict, const char *key, const char *value)
{
    if (value && *value)
        pdf_set_text(dict, key, value);
}

Ref pdf_info(PdfWriter *writer)
{
    const PdfFacts *facts = &writer->facts;
    PdfDict *dict = pdf_dict(writer->objects);
    Ref ref = pdf_reserve(writer->file);
    Date date;
    char text[40];
    set_text(dict, "Title", facts->title);
    set_text(dict, "Author", facts->author);
    set_text(dict, "Subject", facts->subject);
    set_text(dict, "Keywords", facts->keywords);
    set_text(dict, "Creator", facts->producer);
    set_text(dict, "Producer", facts->producer);
    if (read_date(facts->date, &date)) {
        pdf_date(text, &date);
        pdf_set_text(dict, "CreationDate", text);
        pdf_set_text(dict, "ModDate", text);
    }
    pdf_put_dict(writer->objects, writer->file, ref, dict);
    return ref;
}

/* ---- XMP ---- */

/* Characters that XML 1.0 doesn't know are left out. */
static void xml_text(Buffer *out, const char *text)
{
    for (const char *end = text + strlen(text); text < end;) {
        const char *start = text;
        uint32_t c = utf8_next(&text, end);
        bool whole = c != 0xFFFD || text - start == 3;
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF)
            continue;
        if (whole)
            buffer_xml(out, start, (size_t)(text - start));
        else
            buffer_utf8(out, 0xFFFD);
    }
}

static void property(Buffer *out, const char *before, const char *value, const char *after)
{
    if (!value || !*value)
        return;
    buffer_text(out, before);
    xml_text(out, value);
    buffer_text(out, after);
}

Ref pdf_xmp(PdfWriter *writer)
{
    const PdfFacts *facts = &writer->facts;
    Buffer out = {.arena = writer->arena};
    Date date;
    char text[40] = "";
    if (read_date(facts->date, &date))
        xmp_date(text, &date);
    buffer_text(
        &out,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n<dc:format>application/pdf</dc:format>\n");
    property(&out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
             "</rdf:li></rdf:Alt></dc:title>\n");
    property(&out, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    property(&out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
             "</rdf:li></rdf:Alt></dc:description>\n");
    property(&out, "<dc:language><rdf:Bag><rdf:li>", facts->language, "</rdf:li></rdf:Bag></dc:language>\n");
    property(&out, "<pdf:Keywords>", facts->keywords, "</pdf:Keywords>\n");
    property(&out, "<pdf:Producer>", facts->producer, "</pdf:Producer>\n");
    property(&out, "<xmp:CreatorTool>", facts->producer, "</xmp:CreatorTool>\n");
    property(&out, "<xmp:CreateDate>", text, "</xmp:CreateDate>\n");
    property(&out, "<xmp:ModifyDate>", text, "</xmp:ModifyDate>\n");
    property(&out, "<xmp:MetadataDate>", text, "</xmp:MetadataDate>\n");
    buffer_text(&out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    Ref ref = pdf_reserve(writer->file);
    pdf_put_stream(writer->file, ref, "/Type/Metadata/Subtype/XML", PACK_NONE, (Bytes){out.data, out.size});
    return ref;
}
