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

const char *pdf_language(Arena *arena, const char *tag)
{
    if (!tag || !*tag)
        return NULL;
    char *clean = arena_string(arena, tag, strlen(tag));
    int letters = 0;
    for (char *c = clean; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'), digit = *c >= '0' && *c <= '9';
        if (*c == '_')
            *c = '-';
        bool dash = *c == '-' && letters > 0 && c[1];
        if (!letter && !dash && !(digit && strchr(clean, '-') && strchr(clean, '-') < c))
            return NULL;
        letters = dash ? 0 : letters + 1;
        if (letters > 8)
            return NULL;
    }
    return clean;
}

/* What both say of when it was made. A press needs a date (X2): where nobody says one, it is the beginning of time. */
static bool file_date(const PdfWriter *writer, Date *date)
{
    if (read_date(writer->facts.date, date))
        return true;
    *date = (Date){.year = 1970, .month = 1, .day = 1, .timed = true};
    return writer->target.pdfx != PDFX_NONE;
}

bool pdf_file_date(const PdfWriter *writer, char text[40])
{
    Date date;
    bool known = file_date(writer, &date);
    if (known)
        pdf_date(text, &date);
    return known;
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
    if (writer->target.pdfa == PDFA_4) /* A7 */
        return 0;
    PdfDict *dict = pdf_dict(writer->objects);
    Ref ref = pdf_reserve(writer->file);
    char text[40];
    set_text(dict, "Title", facts->title);
    set_text(dict, "Author", facts->author);
    set_text(dict, "Subject", facts->subject);
    set_text(dict, "Keywords", facts->keywords);
    set_text(dict, "Creator", facts->producer);
    set_text(dict, "Producer", facts->producer);
    if (pdf_file_date(writer, text)) {
        pdf_set_text(dict, "CreationDate", text);
        pdf_set_text(dict, "ModDate", text);
    }
    if (writer->target.pdfx == PDFX_1A)
        pdf_set_text(dict, "GTS_PDFXVersion", "PDF/X-1a:2003");
    if (writer->target.pdfx == PDFX_3)
        pdf_set_text(dict, "GTS_PDFXVersion", "PDF/X-3:2003");
    if (writer->target.pdfx != PDFX_NONE) /* X3 */
        pdf_set_name(dict, "Trapped", "False");
    pdf_put_dict(writer->objects, writer->file, ref, dict);
    return ref;
}

/* ---- XMP (G6, G6b, X1 to X3, A1, A2, A9, U06) ---- */

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

static const char packet_begin[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";

static void print_about(PdfWriter *writer, Buffer *out)
{
    const PdfFacts *facts = &writer->facts;
    Date date;
    char text[40] = "";
    if (file_date(writer, &date))
        xmp_date(text, &date);
    buffer_text(out, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                     "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n<dc:format>application/pdf</dc:format>\n");
    property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
             "</rdf:li></rdf:Alt></dc:title>\n");
    property(out, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>\n");
    property(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
             "</rdf:li></rdf:Alt></dc:description>\n");
    property(out, "<dc:language><rdf:Bag><rdf:li>", facts->language, "</rdf:li></rdf:Bag></dc:language>\n");
    property(out, "<pdf:Keywords>", facts->keywords, "</pdf:Keywords>\n");
    property(out, "<pdf:Producer>", facts->producer, "</pdf:Producer>\n");
    property(out, "<pdf:Trapped>", writer->target.pdfx == PDFX_4 ? "False" : NULL, "</pdf:Trapped>\n");
    property(out, "<xmp:CreatorTool>", facts->producer, "</xmp:CreatorTool>\n");
    property(out, "<xmp:CreateDate>", text, "</xmp:CreateDate>\n");
    property(out, "<xmp:ModifyDate>", text, "</xmp:ModifyDate>\n");
    property(out, "<xmp:MetadataDate>", text, "</xmp:MetadataDate>\n");
    buffer_text(out, "</rdf:Description>\n");
}

/* X2. The identifiers come from the content. */
static void print_versions(PdfWriter *writer, Buffer *out)
{
    char id[33];
    pdf_file_hash(writer->file, id);
    buffer_format(out,
                  "<rdf:Description rdf:about=\"\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                  "<xmpMM:DocumentID>uuid:%.8s-%.4s-%.4s-%.4s-%.12s</xmpMM:DocumentID>\n"
                  "<xmpMM:InstanceID>uuid:%.12s-%.4s-%.4s-%.4s-%.8s</xmpMM:InstanceID>\n"
                  "<xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
                  "</rdf:Description>\n",
                  id, id + 8, id + 12, id + 16, id + 20, id + 20, id + 16, id + 12, id + 8, id);
}

static void print_standards(const PdfTarget *target, Buffer *out)
{
    static const struct {
        const char *part, *level;
    } archives[] = {{0},        {"1", "B"}, {"2", "B"}, {"2", "U"}, {"2", "A"},
                    {"3", "B"}, {"3", "U"}, {"3", "A"}, {"4", NULL}};
    if (target->pdfx == PDFX_4)
        buffer_text(out, "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n"
                         "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n</rdf:Description>\n");
    if (target->pdfa != PDFA_NONE) {
        buffer_text(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n");
        property(out, "<pdfaid:part>", archives[target->pdfa].part, "</pdfaid:part>\n");
        property(out, "<pdfaid:conformance>", archives[target->pdfa].level, "</pdfaid:conformance>\n");
        property(out, "<pdfaid:rev>", target->pdfa == PDFA_4 ? "2020" : NULL, "</pdfaid:rev>\n");
        buffer_text(out, "</rdf:Description>\n");
    }
    if (target->pdfua) {
        buffer_format(out,
                      "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                      "<pdfuaid:part>%d</pdfuaid:part>\n",
                      target->pdfua);
        property(out, "<pdfuaid:rev>", target->pdfua == 2 ? "2024" : NULL, "</pdfuaid:rev>\n");
        buffer_text(out, "</rdf:Description>\n");
    }
}

/* A9: what PDF/A-1 to 3 don't know of themselves is described. */
static void print_schema(Buffer *out, const char *schema, const char *uri, const char *prefix, const char *name,
                         const char *type, const char *description)
{
    buffer_format(out,
                  "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
                  "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
                  "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaProperty:name>%s</pdfaProperty:name>\n<pdfaProperty:valueType>%s</pdfaProperty:valueType>\n"
                  "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                  "<pdfaProperty:description>%s</pdfaProperty:description>\n"
                  "</rdf:li></rdf:Seq></pdfaSchema:property>\n</rdf:li>\n",
                  schema, uri, prefix, name, type, description);
}

static void print_extensions(const PdfTarget *target, Buffer *out)
{
    if (target->pdfa == PDFA_NONE || target->pdfa == PDFA_4 || (target->pdfx != PDFX_4 && !target->pdfua))
        return;
    buffer_text(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
                     "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
                     "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                     "<pdfaExtension:schemas><rdf:Bag>\n");
    if (target->pdfx == PDFX_4)
        print_schema(out, "Adobe PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text",
                     "Whether the pages are trapped");
    if (target->pdfx == PDFX_4)
        print_schema(out, "PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion",
                     "Text", "The version of PDF/X that the file conforms to");
    if (target->pdfua)
        print_schema(out, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer",
                     "The part of PDF/UA that the file conforms to");
    buffer_text(out, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

Ref pdf_xmp(PdfWriter *writer)
{
    Buffer out = {.arena = writer->arena};
    buffer_text(&out, packet_begin);
    print_about(writer, &out);
    print_versions(writer, &out);
    print_standards(&writer->target, &out);
    print_extensions(&writer->target, &out);
    buffer_text(&out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    Ref ref = pdf_reserve(writer->file);
    pdf_put_stream(writer->file, ref, "/Type/Metadata/Subtype/XML", PACK_NONE, (Bytes){out.data, out.size});
    return ref;
}
