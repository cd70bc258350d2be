/* The point of a picture that must be seen when it is cropped, from the regions in its XMP.
 *   Metadata Working Group guidelines 2.0, 5.9 (mwg-rs: faces and focus, by centre and size);
 *   IPTC Photo Metadata Standard 2019.1, Image Region (rectangles, circles, polygons) */
#include "input/photo.h"

#define MWG_REGIONS "http://www.metadataworkinggroup.com/schemas/regions/"
#define IPTC_EXTENSION "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"

typedef struct {
    double left, top, right, bottom;
    bool any;
} Area;

static void grow(Area *area, double left, double top, double right, double bottom)
{
    if (!(left >= -1 && top >= -1 && right <= 2 && bottom <= 2 && right >= left && bottom >= top))
        return; /* no part of the picture */
    area->left = !area->any || left < area->left ? left : area->left;
    area->top = !area->any || top < area->top ? top : area->top;
    area->right = !area->any || right > area->right ? right : area->right;
    area->bottom = !area->any || bottom > area->bottom ? bottom : area->bottom;
    area->any = true;
}

static bool is(Name name, Name ns, const char *local, const char *uri)
{
    return strcmp(name, local) == 0 && ns && strncmp(ns, uri, strlen(uri)) == 0;
}

/* A property below a node, as an element or an attribute, whatever its namespace; NULL: none. */
static const char *value(Reader *reader, const Node *in, const char *local)
{
    for (const Node *at = in; at; at = node_after(at, in)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        for (int i = 0; i < at->attribute_count; i++)
            if (strcmp(at->attributes[i].name, local) == 0)
                return at->attributes[i].value;
        if (at != in && strcmp(at->name, local) == 0)
            return clean_text(reader->arena, node_text(reader->arena, at));
    }
    return NULL;
}

/* "0.25"; far outside of the picture: no number there. */
static double fraction(Reader *reader, const Node *in, const char *local)
{
    const char *text = value(reader, in, local);
    double number = 0, unit = 1;
    if (!text || *text < '.' || *text > '9' || strlen(text) > 20)
        return -9;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (*text - '0');
    for (text += *text == '.'; *text >= '0' && *text <= '9'; text++)
        number += (*text - '0') * (unit /= 10);
    return number;
}

/* ---- mwg-rs ---- */
static void mwg_region(Reader *reader, const Node *item, Area *focus, Area *faces)
{
    const char *type = value(reader, item, "Type"), *unit = value(reader, item, "unit");
    if (!type || (unit && strcmp(unit, "normalized") != 0))
        return;
    double x = fraction(reader, item, "x"), y = fraction(reader, item, "y"), width = fraction(reader, item, "w"),
           height = fraction(reader, item, "h");
    width = width > 0 ? width : 0; /* a point, or a circle */
    height = height > 0 ? height : 0;
    Area *area = strcmp(type, "Focus") == 0 ? focus : strcmp(type, "Face") == 0 ? faces : NULL;
    if (area)
        grow(area, x - width / 2, y - height / 2, x + width / 2, y + height / 2);
}

/* ---- IPTC ---- */
static void iptc_vertices(Reader *reader, const Node *boundary, Area *area)
{
    for (const Node *at = boundary; at; at = node_after(at, boundary))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "li") == 0) {
            double x = fraction(reader, at, "rbX"), y = fraction(reader, at, "rbY");
            grow(area, x, y, x, y);
        }
}

/* Roles end in a word: ".../imageregionrole/mainSubjectArea". Those that say what to cut, or what matters. */
static bool says_what_matters(Reader *reader, const Node *item)
{
    static const char *const roles[] = {"subjectArea", "cropping", "areaOfInterest", NULL};
    for (const Node *at = item; at; at = node_after(at, item))
        for (int i = 0; at->kind == NODE_ELEMENT && strcmp(at->name, "rRole") == 0 && roles[i]; i++)
            if (contains_nocase(node_text(reader->arena, at), roles[i]))
                return true;
    return false;
}

static void iptc_region(Reader *reader, const Node *item, Area *area)
{
    const Node *boundary = item;
    while (boundary && !is(boundary->name, boundary->ns, "RegionBoundary", IPTC_EXTENSION)) {
        do
            boundary = node_after(boundary, item);
        while (boundary && boundary->kind != NODE_ELEMENT);
    }
    const char *shape = boundary ? value(reader, boundary, "rbShape") : NULL,
               *unit = boundary ? value(reader, boundary, "rbUnit") : NULL;
    if (!shape || !unit || strcmp(unit, "relative") != 0 || !says_what_matters(reader, item))
        return;
    double x = fraction(reader, boundary, "rbX"), y = fraction(reader, boundary, "rbY");
    if (strcmp(shape, "rectangle") == 0)
        grow(area, x, y, x + fraction(reader, boundary, "rbW"), y + fraction(reader, boundary, "rbH"));
    else if (strcmp(shape, "circle") == 0)
        grow(area, x, y, x, y); /* its centre */
    else
        iptc_vertices(reader, boundary, area);
}

static bool item_of(const Node *node, const char *list, const char *uri)
{
    const Node *around = node->parent ? node->parent->parent : NULL; /* list, rdf:Bag, rdf:li */
    return strcmp(node->name, "li") == 0 && around && is(around->name, around->ns, list, uri);
}

PhotoFocus photo_focus(Reader *reader, const Node *xmp)
{
    Area focus = {0}, faces = {0}, named = {0};
    for (const Node *at = xmp; at; at = node_after(at, xmp)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        if (item_of(at, "RegionList", MWG_REGIONS))
            mwg_region(reader, at, &focus, &faces);
        else if (item_of(at, "ImageRegion", IPTC_EXTENSION))
            iptc_region(reader, at, &named);
    }
    const Area *best = focus.any ? &focus : named.any ? &named : &faces;
    double x = (best->left + best->right) / 2, y = (best->top + best->bottom) / 2;
    return (PhotoFocus){x, y, best->any && x >= 0 && x <= 1 && y >= 0 && y <= 1};
}

const char *photo_focus_words(Reader *reader, PhotoFocus focus, int orientation)
{
    if (!focus.said)
        return NULL;
    double x = focus.x, y = focus.y;
    if (orientation >= 5 && orientation <= 8) { /* rows are columns */
        x = focus.y;
        y = focus.x;
    }
    if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7)
        x = 1 - x;
    if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8)
        y = 1 - y;
    return arena_format(reader->arena, "%d%% %d%%", (int)(x * 100 + .5), (int)(y * 100 + .5));
}
