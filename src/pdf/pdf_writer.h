/* pdf/pdf_writer.h: the writer's parts, for the files of this folder only.
 * A page is a stack of layers: the page's content stream, and one for each open transparency group.
 * Coordinates: DisplayPage counts from the trim's top left corner downwards; PDF from the media box's bottom
 * left corner upwards. page_x and page_y convert. */
#ifndef N2P_PDF_WRITER_H
#define N2P_PDF_WRITER_H

#include "asset/image_rows.h"
#include "pdf/ink.h"
#include "pdf/pdf.h"
#include "pdf/pdf_font.h"
#include "pdf/pdf_obj.h"
#include "pdf/pdf_struct.h"

/* ---- what a layer knows of the reader's state ---- */
typedef struct {
    Color fill, stroke;
    uint16_t alpha; /* of both */
    bool overprint;
    Len line_width; /* NONE: not set */
    Len dash[2];
    bool round;
    int font;          /* resource, -1: none */
    int64_t font_size; /* thousandths of a point */
    int32_t track;     /* Tc, 1/10000 pt */
    int32_t scale;     /* Tz: 1/16 % away from 100 % */
    bool bold;         /* Tr 2 */
} GraphicsState;

typedef struct {
    char letter; /* F font, I image, X form, G graphics state, S colour space, H shading */
    int number;
    Ref ref;
} Resource;

typedef enum { MARK_NONE, MARK_ARTIFACT, MARK_TAG } MarkKind;

typedef struct Layer {
    Buffer out;
    GraphicsState state;
    VEC(GraphicsState) saved;
    VEC(Resource) resources;
    Ref form;    /* 0: the page itself */
    int opacity; /* of the group */
    uint16_t blend;
    /* marked content */
    uint8_t mark, artifact; /* artifact: the kind of the one that is open */
    bool mark_in_text;
    Element element;
    uint64_t order;
    VEC(Ref) marked; /* element of each mcid */
    /* rectangles that wait for their f */
    bool filling;
    /* text */
    bool in_text, showing, in_string, slanted;
    int64_t line_x, line_y; /* thousandths: where Td counts from */
    int64_t pen, baseline;  /* where the reader is: pdf_glyphs.c's unit; thousandths */
} Layer;

typedef enum { PUSHED_STATE, PUSHED_GROUP, PUSHED_NOTHING } PushKind;
typedef struct {
    uint8_t kind;
    Matrix ctm; /* before */
} Pushed;

typedef struct PdfInks PdfInks;
typedef struct PdfColors PdfColors;
typedef struct PdfImages PdfImages;
typedef struct PdfPictures PdfPictures;
typedef struct PdfDestinations PdfDestinations;

struct PdfWriter {
    Arena *arena;
    Arena *scratch; /* what a page needs only while it is written */
    ArenaMark clean;
    Output *output;
    PdfFacts facts;
    PdfTarget target;
    Diag *diag;
    PdfFile *file;
    PdfObjects *objects;
    PdfFonts *fonts;
    PdfInks *inks;
    PdfColors *colors;
    PdfImages *images;
    PdfPictures *pictures;
    PdfStruct *structure;
    PdfDestinations *destinations;
    /* the page under way */
    const DisplayPage *page;
    Ref page_ref;
    Len height; /* with bleed and marks */
    Len edge;   /* from the edge of the media to the trim, on every side */
    Len bleed;
    unsigned marks;
    bool transparent;
    VEC(Ref) annotations;
    VEC(Pushed) pushed;
    Matrix ctm; /* in DisplayPage coordinates */
    VEC(Layer *) layers;
    int depth; /* layers.at[depth] is drawn into */
    /* what lasts */
    VEC(Ref) pages;
    VEC(Ref) nodes; /* lowest nodes of the page tree: PAGES_A_NODE pages each */
    Buffer resources, last_resources;
    Ref last_resources_ref;
    int form_count, shading_count;
};
enum { PAGES_A_NODE = 32, MOST_LAYERS = 24 };

static inline Layer *pdf_layer(PdfWriter *writer)
{
    return writer->layers.at[writer->depth];
}
static inline Len page_x(const PdfWriter *writer, Len x)
{
    return len_add(x, writer->edge);
}
static inline Len page_y(const PdfWriter *writer, Len y)
{
    return writer->height - writer->edge - y;
}

/* pdf_content.c */
void pdf_content_begin(PdfWriter *writer); /* the page's layer, empty */
void pdf_content_op(PdfWriter *writer, const PaintOp *op);
void pdf_content_restore(PdfWriter *writer); /* what lasts until OP_RESTORE ends */
void pdf_content_end(PdfWriter *writer);     /* closes whatever is open */
void pdf_mark(PdfWriter *writer, const PaintOp *op,
              bool text); /* op's marked content is open, no path or text of another kind */
void pdf_unmark(PdfWriter *writer);
void pdf_end_text(Layer *layer);
void pdf_flush_fill(Layer *layer);
void pdf_use(PdfWriter *writer, char letter, int number, Ref ref); /* resource of the layer; prints nothing */
Ref pdf_resources(PdfWriter *writer, const Layer *layer);          /* object of the layer's resource dictionary */
int pdf_parents(PdfWriter *writer, const Layer *layer); /* key of the layer's marked content in the parent tree */
void pdf_save(PdfWriter *writer);                       /* q */
void pdf_restore(PdfWriter *writer);                    /* Q */
void pdf_path(PdfWriter *writer, const Path *path, bool area); /* area: where it begins doesn't matter */
void pdf_matrix(PdfWriter *writer, Matrix matrix);             /* six numbers, given in DisplayPage coordinates */

/* pdf_glyphs.c */
void pdf_glyphs(PdfWriter *writer, const PaintOp *op);
void pdf_end_show(Layer *layer);

/* pdf_color.c */
PdfColors *pdf_colors_new(Arena *arena);
void pdf_set_fill(PdfWriter *writer, const Color *color); /* with its alpha */
void pdf_set_stroke(PdfWriter *writer, const Color *color);
int pdf_blend_state(PdfWriter *writer, int opacity, uint16_t blend, Ref *ref); /* number of a graphics state */
void pdf_set_overprint(PdfWriter *writer, bool overprint);
int pdf_spot(PdfWriter *writer, const Color *color, Ref *ref);                /* number of a colour space */
void pdf_print_alternate(PdfWriter *writer, Buffer *out, const Color *color); /* space and values of the full ink */

/* pdf_ink.c; what others may ask of it: pdf/ink.h */
PdfInks *pdf_inks_new(PdfWriter *writer);
const char *pdf_device_space(const PdfWriter *writer); /* of pages and groups: "/DeviceCMYK" */
int pdf_ink_values(const Ink *ink, int64_t values[4]); /* how many; thousandths */
bool pdf_overprints(PdfWriter *writer, const PaintOp *op);
double pdf_scale(const PdfWriter *writer);   /* how many times as large things are printed as they say, here */
Len pdf_least_line(const PdfWriter *writer); /* how thin a line may be, here */
void pdf_note_hairline(PdfWriter *writer, const PaintOp *op);

/* pdf_shading.c: the path is filled with the gradient */
void pdf_gradient(PdfWriter *writer, const Path *path, const Gradient *gradient);

/* pdf_image.c */
PdfImages *pdf_images_new(Arena *arena);
int pdf_image(PdfWriter *writer, const PaintOp *op, Ref *ref); /* number of a resource; 0: can't be shown, reported */

/* pdf_picture.c: pictures that become others for the target */
typedef struct {
    const Image *image;
    ImageSize size; /* of what is stored, in pixels */
    Color below;    /* where nothing may be transparent: what it lies on */
    Source source;
    bool neutral; /* it has no colour, though it is RGB */
} PdfPicture;
typedef enum { PICTURE_NONE, PICTURE_PART, PICTURE_WHOLE } PictureState;
PdfPictures *pdf_pictures_new(PdfWriter *writer);
bool pdf_picture_changes(PdfWriter *writer, const PdfPicture *picture);
PictureState pdf_picture(PdfWriter *writer, const PdfPicture *picture, Ref ref);

/* pdf_flatten.c: the page without transparency, where the target has none; lives as the page does */
DisplayPage pdf_flatten(PdfWriter *writer, const DisplayPage *page);

/* pdf_rows.c */
typedef struct PdfRows PdfRows;
PdfRows *pdf_rows_begin(PdfWriter *writer, Ref ref, const char *entries, size_t row_bytes,
                        size_t wide); /* wide: bytes of a pixel */
void pdf_rows_put(PdfRows *rows, const uint8_t *row);
void pdf_rows_end(PdfRows *rows);

/* pdf_destinations.c: destinations, outline, page labels */
PdfDestinations *pdf_destinations_new(Arena *arena);
void pdf_anchor(PdfWriter *writer, const PaintOp *op, Len x, Len y);
void pdf_bookmark(PdfWriter *writer, const PaintOp *op, Len x, Len y);
void pdf_label(PdfWriter *writer, const DisplayPage *page);
void pdf_link(PdfWriter *writer, const PaintOp *op, const Len box[4]); /* box: left bottom right top in PDF space */
void pdf_destinations_end(PdfWriter *writer, PdfDict *catalog);

/* pdf_intent.c */
void pdf_intents(PdfWriter *writer, PdfDict *catalog);

/* pdf_marks.c */
Len pdf_marks_room(const PdfWriter *writer); /* beyond the bleed, for the page's marks */
void pdf_marks(PdfWriter *writer);

/* pdf_bleed.c */
typedef struct {
    Len left, top, right, bottom;
} Area; /* in DisplayPage coordinates */
bool pdf_bleed_out(const PdfWriter *writer,
                   Area *area); /* grows it to the bleed where it reaches the trim; true: it did */
Area pdf_bleed_picture(const Area *old, const Area *wanted); /* where a picture stands whose visible part grows so */

/* pdf_attach.c */
Ref pdf_attachments(PdfWriter *writer, PdfDict *catalog); /* a tree of names; 0: there are none */

/* pdf_meta.c */
bool pdf_file_date(const PdfWriter *writer, char text[40]); /* as PDF writes it; false: nobody knows it */
Ref pdf_info(PdfWriter *writer);
Ref pdf_xmp(PdfWriter *writer);

#endif
