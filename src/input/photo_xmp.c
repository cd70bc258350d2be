/* What an XMP packet and its continuation (extended XMP) say of a picture. */
#include "input/photo.h"

#define DC "http://purl.org/dc/elements/1.1/"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/"
#define IPTC_CORE "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"

static bool is(Name name, Name ns, const char *local, const char *uri)
{
    return strcmp(name, local) == 0 && ns && strcmp(ns, uri) == 0;
}

/* Of an alternative the default language; of a list all. */
static const char *list_text(Reader *reader, const Node *property)
{
    const char *all = NULL, *usual = NULL;
    for (const Node *at = property->first; at; at = node_after(at, property)) {
        if (at->kind != NODE_ELEMENT || strcmp(at->name, "li") != 0)
            continue;
        const char *text = node_text(reader->arena, at);
        bool alternative = strcmp(at->parent->name, "Alt") == 0;
        for (int i = 0; i < at->attribute_count; i++)
            if (strcmp(at->attributes[i].name, "lang") == 0 && strcmp(at->attributes[i].value, "x-default") == 0)
                usual = text;
        all = !all ? text : alternative ? all : arena_format(reader->arena, "%s, %s", all, text);
    }
    return usual ? usual : all ? all : node_text(reader->arena, property);
}

static const char *xmp_value(Reader *reader, const Node *root, const char *local, const char *uri)
{
    for (const Node *at = root; at; at = node_after(at, root)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        const char *text = is(at->name, at->ns, local, uri) ? list_text(reader, at) : NULL;
        for (int i = 0; i < at->attribute_count && !text; i++)
            if (is(at->attributes[i].name, at->attributes[i].ns, local, uri))
                text = at->attributes[i].value;
        if (text && (text = photo_text(reader, text, strlen(text), "utf-8")))
            return text;
    }
    return NULL;
}

/* The root of a packet; NULL: none, or no XML. What is wrong in it is no one's to mend here. */
static const Node *parsed(Reader *reader, Bytes packet)
{
    InputRequest request = {.name = reader->request->name, .bytes = packet, .limits = reader->request->limits};
    Diag quiet = {.arena = reader->arena};
    Reader inner = reader_of(reader->arena, reader->names, &request, &quiet);
    XmlTree tree = {0};
    const char *text;
    size_t size;
    bool good = packet.size && charset_decode(&inner, &text, &size) && xml_parse(&inner, text, size, true, &tree);
    return good ? tree.root : NULL;
}

static PhotoFacts read_packet(Reader *reader, const Node *root)
{
    return (PhotoFacts){.caption = xmp_value(reader, root, "description", DC),
                        .creator = xmp_value(reader, root, "creator", DC),
                        .credit = xmp_value(reader, root, "Credit", PHOTOSHOP),
                        .source = xmp_value(reader, root, "Source", PHOTOSHOP),
                        .copyright = xmp_value(reader, root, "rights", DC),
                        .instructions = xmp_value(reader, root, "Instructions", PHOTOSHOP),
                        .alt = xmp_value(reader, root, "AltTextAccessibility", IPTC_CORE),
                        .focus = photo_focus(reader, root)};
}

PhotoFacts photo_xmp(Reader *reader, Bytes packet, Bytes more)
{
    const Node *root = parsed(reader, packet), *rest = root ? parsed(reader, more) : NULL;
    PhotoFacts facts = root ? read_packet(reader, root) : (PhotoFacts){0};
    if (!rest)
        return facts;
    PhotoFacts further = read_packet(reader, rest);
    const char **into[] = {&facts.caption,   &facts.creator,      &facts.credit, &facts.source,
                           &facts.copyright, &facts.instructions, &facts.alt};
    const char *const from[] = {further.caption,   further.creator,      further.credit, further.source,
                                further.copyright, further.instructions, further.alt};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        *into[i] = *into[i] ? *into[i] : from[i];
    facts.focus = facts.focus.said ? facts.focus : further.focus;
    return facts;
}
