/* input/internal.h: what the files of `input` share. */
#ifndef N2P_INPUT_INTERNAL_H
#define N2P_INPUT_INTERNAL_H

#include "input/input.h"

#define HTML_NAMESPACE "http://www.w3.org/1999/xhtml"

typedef struct Reader { /* one input_read */
    Arena *arena;
    Names *names;
    const InputRequest *request;
    Diag *diag;
    Name html; /* the XHTML namespace */
    int nodes; /* made so far, held against the limit */
} Reader;

static inline Source place(const Reader *reader, int line, int column)
{
    return (Source){reader->request->name, line, column};
}

/* ---- text.c: characters ---- */
typedef struct { /* walks forward through a text, counting lines and columns (characters, from 1) */
    const char *text;
    size_t size, at;
    int line, column;
} Cursor;
Cursor cursor_at_start(const char *text, size_t size);
void cursor_to(Cursor *cursor, size_t offset); /* backward costs a start from the beginning */

bool is_space(uint32_t c);                        /* white space of XML and HTML: not the no-break space */
bool is_blank(const char *text, size_t size);     /* white space, U+00A0, U+200B.. U+200D, U+FEFF, U+00AD only */
char *clean_text(Arena *arena, const char *text); /* collapsed and trimmed, U+00A0 kept inside; NFC */
const char *nfc(Arena *arena, const char *text, size_t size, size_t *out); /* asks ICU only where needed */
/* Equal for readers: letters and digits only, compared without case (ASCII, Latin, Greek, Cyrillic). */
char *letters_of(Arena *arena, const char *text);
bool same_letters(Arena *arena, const char *a, const char *b);
int whole_characters(const char *text, size_t most);      /* at most so many bytes of it, for %.*s */
bool contains_nocase(const char *text, const char *part); /* ASCII */
bool starts_nocase(const char *text, const char *part);
uint32_t html_entity(const char *name, size_t size, uint32_t *second); /* 0: no such name in HTML */
uint32_t windows_1252(uint32_t c);                                     /* U+0080..U+009F as windows-1252 has them */

/* ---- charset.c ---- */
/* The input as UTF-8, without byte order mark. False: unknown charset (reported). */
bool charset_decode(Reader *reader, const char **text, size_t *size);

/* ---- xmltext.c: XML text made safe for the parser ---- */
typedef struct {
    size_t out, in; /* from out on, in = its place in the source */
} Shift;
typedef struct {
    char *text;
    size_t size;
    const Shift *shifts;
    int shift_count;
    bool cut; /* a comment, CDATA section or doctype had no end */
} SafeXml;
bool xml_make_safe(Reader *reader, const char *text, size_t size, SafeXml *safe);

/* ---- xml.c ---- */
typedef struct {
    Node *root;
    DocumentSheet *sheets; /* <?xml-stylesheet?> */
    int sheet_count, sheet_room;
    int errors; /* not well-formed */
    bool lost;  /* the parser gave up before the end */
} XmlTree;
/* quiet: errors are only counted (the caller has another way to read it). False: nothing usable (reported). */
bool xml_parse(Reader *reader, const char *text, size_t size, bool quiet, XmlTree *tree);
const char *pseudo_attribute(Arena *arena, const char *data, const char *name); /* of a processing instruction */

/* ---- html.c ---- */
typedef struct {
    Node *root; /* html */
    bool quirks;
} HtmlTree;
bool html_parse(Reader *reader, const char *text, size_t size, HtmlTree *tree);
/* A fragment as in the body of a page; its nodes are children of the returned element and carry its source. */
Node *html_fragment(Reader *reader, const char *text, size_t size, Source source);
bool looks_like_markup(const char *text, size_t size); /* tags or character references in it */

/* ---- formats.c: which format is it ---- */
typedef enum { FROM_XML, FROM_JSON, FROM_TEXT, FROM_PAGE, FROM_ARCHIVE } FormatKind;
typedef struct {
    const char *name; /* as --format takes it; of XML and JSON: its sheet's */
    const char *description;
    FormatKind kind;
    Node *(*read)(Reader *reader, const char *text, size_t size); /* of a text: an `edition` in story form */
} Format;
const Format *format_named(const char *name); /* NULL: no such */
const Format *format_of_xml(const Node *root);
const Format *format_of_json(const Node *root);
const Format *format_of_text(const char *text); /* never NULL */

/* ---- vocabulary.c ---- */
Node *vocabulary_transform(Reader *reader, const Node *root, const char *name); /* an `edition` in story form */

/* ---- json.c ---- */
Node *json_read(Reader *reader, const char *text, size_t size); /* as elements; NULL: malformed (reported) */

/* ---- plain.c ---- */
size_t plain_line(const char *at, const char *end, const char **next); /* its length; next: behind its end */
/* Parted by blank lines; where there is none, each line is a paragraph. In a holder. */
Node *text_paragraphs(Reader *reader, const char *text, size_t size, Source source);
Node *form_part(Reader *reader, Node *story, const char *name, const char *text, Source source); /* of the story form */
bool is_copyright_line(const char *text);
Node *plain_read(Reader *reader, const char *text, size_t size);

/* ---- wire.c, markdown.c ---- */
bool is_wire(const char *text);
Node *wire_read(Reader *reader, const char *text, size_t size);
bool is_markdown(const char *text);
Node *markdown_read(Reader *reader, const char *text, size_t size);
Node *markdown_blocks(Reader *reader, const char *text, size_t size, Source source); /* in a holder */

/* ---- epub.c ---- */
bool is_archive(Bytes bytes);
Node *epub_read(Reader *reader); /* the request's bytes */

/* ---- mapping.c ---- */
/* A document by the user's mapping file (docs/article.md), as an `edition` in story form. NULL: no use (reported). */
Node *mapping_apply(Reader *reader, Node *root, const char *path);

/* ---- story.c: one article, whatever it came from ---- */
typedef struct {
    const char *src, *alt;
    int width, height;      /* 0: not said */
    Node *caption, *credit; /* holders of inline content; NULL: none */
    Source source;
} Picture;
typedef VEC(Node *) NodeList;
typedef struct Story {
    const char *guid, *language, *direction, *urgency, *status, *section, *date, *updated, *embargo;
    const char *publication, *keywords, *correction, *slug;
    bool embargoed;          /* until `embargo`; NULL or empty: until further notice */
    Node *kicker, *headline; /* holders of inline content; NULL: none */
    NodeList decks, bylines, datelines, copyrights;
    Node *body;            /* blocks, clean */
    Node *side;            /* blocks beside the text: contacts, hours, notes; NULL: none */
    VEC(Picture) pictures; /* that stand outside the body */
    Source source;
} Story;
typedef struct Edition {
    const char *title, *publication, *date, *language, *copyright;
    const char *name, *number; /* "Morning edition", "1,284" */
    bool by_section;           /* stories of a section stand together, under its name */
    VEC(Story *) stories;
} Edition;
/* From the story form (docs/article.md) to the model. */
Edition *edition_read(Reader *reader, const Node *form);
void story_add_decks(Reader *reader, Story *story, const Node *from); /* br and paragraphs part them */
const char *language_tag(Reader *reader, const char *text);           /* BCP 47 as usually written; NULL: none */
size_t by_length(const char *text, const char *language);             /* of a leading "By " in any language; 0: none */
bool has_reporter_word(const char *text);                             /* 기자, 記者 ... */
void story_fill_photos(Reader *reader, Story *story);                 /* photo.c: from the pictures' own files */
const char *guess_language(const char *text);                         /* language.c: BCP 47; NULL: not sure */
bool right_to_left(const char *language);
void story_mark_subheads(Reader *reader, Story *story); /* subheads.c */
bool ends_open(const char *text);                       /* as no sentence does: a heading */
bool is_furniture_phrase(const char *text);             /* furniture.c: "Read more", "Share this" ... */
/* pictures.c */
void story_place_pictures(Reader *reader, Story *story); /* those outside the text, at its beginning */
void story_drop_repeated_pictures(Reader *reader, Story *story);
void report_picture_again(Reader *reader, Source source, const char *src);
void story_lead_picture(Reader *reader, Story *story); /* the first leads, unless it stands deep in the text */
void story_finish(Reader *reader, Story *story);       /* no doubles, bylines and datelines in order */
/* False: refused, and reported. */
bool story_may_print(Reader *reader, const Story *story);

/* ---- nodes.c ---- */
Node *new_element(Reader *reader, Node *parent, const char *name, const char *class_name, Source source);
void set_attribute(Reader *reader, Node *node, const char *name, const char *value); /* value NULL: nothing */
void node_remove(Node *node);
void node_insert_before(Node *node, Node *before);
void node_move(Node *node, Node *to); /* becomes the last child */
void node_move_children(Node *from, Node *to);
const Node *node_after(const Node *node, const Node *top);          /* in document order, below top; NULL: none */
Node *inline_text(Reader *reader, const char *text, Source source); /* a holder of plain text; NULL: blank */
bool named(const Node *node, const char *const *words);             /* one of them in its class, id, itemprop or rel */
bool hidden(const Node *node);                                      /* not shown in a browser */
const char *resolve(Arena *arena, const char *base, const char *href);
bool absolute(const char *href);
Node *figure_new(Reader *reader, Node *parent, const Picture *picture);
void figure_set_caption(Reader *reader, Node *figure, Node *caption, Node *credit);
Node *figure_part(Node *figure, const char *class_name); /* its span.caption or span.credit; NULL: none */

/* ---- picture.c ---- */
bool picture_of(Reader *reader, const Node *img, const char *base, Picture *picture); /* false: nothing to print */
/* Of an element without content that shows a picture as its background and says what it shows. */
bool background_of(Reader *reader, const Node *node, const char *base, Picture *picture);
/* An img with words for those who don't see it, but no address (a script would know it). */
bool lacks_address(const Node *img);

/* ---- blocks.c, figures.c, containers.c (blocks.h) ---- */
/* Any HTML below `from` as clean blocks: p, h2, h3, ul, ol, blockquote, table, pre, hr, figure. */
Node *blocks_from(Reader *reader, const Node *from, const char *base);
/* Inline content only, in a holder element; NULL: blank. */
Node *inline_from(Reader *reader, const Node *from);
bool picture_in(Reader *reader, const Node *figure, const char *base, Picture *picture); /* with caption and credit */
/* An image, with the words of what stands around it like a figure (then *image is that); whole: bytes of the page's text. */
bool picture_with_words(Reader *reader, const Node **image, size_t whole, const char *base, Picture *picture);

/* ---- page.c: the article of a web page ---- */
Edition *page_read(Reader *reader, const Node *html);

/* ---- input.c ---- */
typedef struct {      /* what a file holds */
    Document *plain;  /* as it stands, if no edition */
    Edition *edition; /* stories to print, finished; NULL: none */
    bool text;        /* it was plain text or Markdown */
} Reading;
Reader reader_of(Arena *arena, Names *names, const InputRequest *request, Diag *diag);
bool input_find(Reader *reader, Reading *reading); /* false: nothing printable (reported) */

/* ---- article.c ---- */
Document *new_document(Reader *reader); /* empty, of the request's name and folder */
/* The edition as article HTML, and the document's information. */
Document *article_write(Reader *reader, Edition *edition);
const char *date_iso(Arena *arena, const char *text); /* of the many ways to write one; NULL: not a date */
const char *date_words(Arena *arena, const char *iso, const char *language); /* "Thursday 29 February 2024" */

#endif
