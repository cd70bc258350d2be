/* The picture that an img stands for: its address, where scripts or the width of a window would choose it;
 * what counts readers or decorates is none. */
#include "input/internal.h"

#include <stdlib.h>

/* What a page shows until its script has run. */
static bool shows_nothing(const char *src)
{
    if (!src || !*src || strcmp(src, "#") == 0 || starts_nocase(src, "about:"))
        return true;
    if (starts_nocase(src, "data:"))
        return strlen(src) < 160 || starts_nocase(src, "data:image/gif");
    static const char *const words[] = {"placeholder", "blank.gif", "spacer.gif", "transparent.gif",
                                        "pixel.gif",   "1x1.",      "lazyload.",  "noimage",
                                        "no_image",    "no-image",  NULL};
    for (int i = 0; words[i]; i++)
        if (contains_nocase(src, words[i]))
            return true;
    return false;
}

/* The candidate of a srcset with the greatest width or density (HTML 4.8.4.2). */
static const char *largest(Arena *arena, const char *srcset)
{
    const char *best = NULL;
    double size = -1;
    for (const char *at = srcset; at && *at;) {
        while (is_space((unsigned char)*at) || *at == ',')
            at++;
        const char *start = at;
        while (*at && !is_space((unsigned char)*at))
            at++;
        size_t length = (size_t)(at - start);
        while (length && start[length - 1] == ',')
            length--;
        while (is_space((unsigned char)*at))
            at++;
        double value = strtod(at, NULL);
        while (*at && *at != ',')
            at++;
        char *url = arena_string(arena, start, length);
        if (length && value > size && !shows_nothing(url)) {
            size = value;
            best = url;
        }
    }
    return best;
}

static int number(const Node *node, const char *name)
{
    const char *text = node_attribute(node, name);
    long value = text ? strtol(text, NULL, 10) : 0;
    return value > 0 && value < 100000 && !strchr(text, '%') ? (int)value : 0;
}

static bool tracker(const Node *img, const char *src)
{
    int width = number(img, "width"), height = number(img, "height");
    const char *text_width = node_attribute(img, "width"), *text_height = node_attribute(img, "height");
    if ((text_width && strcmp(text_width, "0") == 0) || (text_height && strcmp(text_height, "0") == 0))
        return true;
    if ((width && width <= 40) || (height && height <= 24))
        return true;
    const Node *around = img->parent && node_is(img->parent, "a") ? img->parent : NULL;
    const char *href = around ? node_attribute(around, "href") : NULL;
    if (around && ((href && starts_nocase(href, "javascript:")) || (width && width < 120 && height && height < 80)))
        return true; /* a button */
    static const char *const words[] = {"://ads.",
                                        "://ad.",
                                        "/pixel",
                                        "tracking",
                                        "/beacon",
                                        "feedburner.com/~",
                                        "doubleclick.",
                                        "/counter",
                                        "analytics",
                                        "spacer.",
                                        "/icon",
                                        "icon_",
                                        "ico_",
                                        "emoji",
                                        "/smilies/",
                                        "btn_",
                                        "bullet",
                                        "/facebook.",
                                        "/twitter.",
                                        "/delicious",
                                        "/digg.",
                                        "/reddit.",
                                        "/stumbleupon",
                                        "/linkedin.",
                                        "/pinterest.",
                                        "/google_plus",
                                        "logo_share",
                                        "share.png",
                                        NULL};
    for (int i = 0; words[i]; i++)
        if (contains_nocase(src, words[i]))
            return true;
    const char *alt = node_attribute(img, "alt");
    if (alt && (starts_nocase(alt, "add to ") || starts_nocase(alt, "share on ") || starts_nocase(alt, "email this") ||
                starts_nocase(alt, "print this")))
        return true;
    static const char *const names[] = {"icon",    "emoji", "smiley", "avatar", "gravatar", "logo",
                                        "tracker", "pixel", "sprite", "badge",  NULL};
    return named(img, names);
}

/* Of an img in a picture element: its first source in a format that can be printed. */
static const char *from_sources(Arena *arena, const Node *img)
{
    static const char *const sets[] = {"srcset", "data-srcset", "data-lazy-srcset", NULL};
    const Node *around = img->parent && strcmp(img->parent->name, "picture") == 0 ? img->parent : NULL;
    for (const Node *at = around ? around->first : NULL; at; at = at->next) {
        const char *type = at->kind == NODE_ELEMENT ? node_attribute(at, "type") : NULL;
        if (at->kind != NODE_ELEMENT || strcmp(at->name, "source") != 0 ||
            (type && (contains_nocase(type, "avif") || contains_nocase(type, "jxl"))))
            continue;
        for (int i = 0; sets[i]; i++) {
            const char *src = largest(arena, node_attribute(at, sets[i]));
            if (src)
                return src;
        }
    }
    return NULL;
}

/* A preview that a script replaces: among the candidates of a set it is a tiny one. */
static bool preview(const Node *img, const char *src, const char *const *sets)
{
    for (int i = 0; src && *src && sets[i]; i++) {
        const char *set = node_attribute(img, sets[i]), *at = set ? strstr(set, src) : NULL;
        const char *width = at ? at + strlen(src) : "";
        char *end;
        if (is_space((unsigned char)*width) && strtol(width, &end, 10) < 100 && *end == 'w')
            return true;
    }
    return false;
}

/* An attribute of which a script takes the address, and the picture shown until then is another. */
static const char *awaited(const Node *img, const char *src, const char *const *lazy)
{
    static const char *const words[] = {"lazy", "lazyload", "lazyloaded", "lozad", "unveil", "b-lazy", NULL};
    for (int i = 0; src && lazy[i] && named(img, words); i++) {
        const char *value = node_attribute(img, lazy[i]);
        if (value && *value && !shows_nothing(value) && (!strstr(value, "//") || strstr(src, "//")))
            return value;
    }
    return NULL;
}

bool picture_of(Reader *reader, const Node *img, const char *base, Picture *picture)
{
    static const char *const lazy[] = {"data-src",   "data-original", "data-lazy-src",   "data-lazy",     "data-url",
                                       "data-image", "data-img-url",  "data-hi-res-src", "data-full-src", NULL};
    static const char *const sets[] = {"data-srcset", "data-lazy-srcset", "srcset", NULL};
    const char *src = node_attribute(img, "src");
    const char *own = src;
    if (!shows_nothing(src) && awaited(img, src, lazy))
        src = awaited(img, src, lazy);
    else if (preview(img, src, sets))
        src = NULL;
    for (int i = 0; lazy[i] && shows_nothing(src); i++)
        src = node_attribute(img, lazy[i]);
    for (int i = 0; sets[i] && shows_nothing(src); i++)
        src = largest(reader->arena, node_attribute(img, sets[i]));
    if (shows_nothing(src) && from_sources(reader->arena, img))
        src = from_sources(reader->arena, img);
    if (shows_nothing(src) && own && starts_nocase(own, "data:image/") && strlen(own) > 120)
        src = own;
    else if (shows_nothing(src))
        return false;
    if (tracker(img, src))
        return false;
    *picture = (Picture){.src = clean_text(reader->arena, resolve(reader->arena, base, src)),
                         .alt = node_attribute(img, "alt"),
                         .width = number(img, "width"),
                         .height = number(img, "height"),
                         .source = img->source};
    if (picture->alt)
        picture->alt = clean_text(reader->arena, picture->alt);
    return true;
}

bool background_of(Reader *reader, const Node *node, const char *base, Picture *picture)
{
    const char *style = node_attribute(node, "style"), *role = node_attribute(node, "role"),
               *label = node_attribute(node, "aria-label");
    const char *image = style ? strstr(style, "background") : NULL, *url = image ? strstr(image, "url(") : NULL;
    if (!url || node->first || !(label || (role && strcmp(role, "img") == 0)))
        return false;
    url += strspn(url + 4, " \"'") + 4;
    const char *src = clean_text(reader->arena, arena_string(reader->arena, url, strcspn(url, "\"')")));
    if (shows_nothing(src))
        return false;
    *picture = (Picture){.src = clean_text(reader->arena, resolve(reader->arena, base, src)),
                         .alt = label ? clean_text(reader->arena, label) : NULL,
                         .source = node->source};
    return true;
}

bool lacks_address(const Node *img)
{
    const char *alt = node_attribute(img, "alt"), *src = node_attribute(img, "src");
    for (const Node *around = img->parent, *at = around ? around->first : NULL; at; at = at->next)
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "noscript") == 0)
            return false; /* it has the picture */
    return alt && *alt && shows_nothing(src) && !tracker(img, src ? src : "");
}
