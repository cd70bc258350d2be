/* A finished file, read by qpdf: what it claims, and whether it holds (print-ready.md 2 to 5, as far as it can be read). */
#include "preflight/file.h"

#include "asset/color_profile.h"

#include <stdlib.h>

enum { MOST_WARNINGS = 8, MOST_STREAM = 256 << 20 };

/* ---- qpdf behind short names ---- */

qpdf_oh get(PdfInput *in, qpdf_oh dictionary, const char *key)
{
    const QpdfLibrary *q = in->qpdf;
    if (q->oh_is_stream(in->pdf, dictionary))
        dictionary = q->oh_get_dict(in->pdf, dictionary);
    return q->oh_is_dictionary(in->pdf, dictionary) ? q->oh_get_key(in->pdf, dictionary, key) : 0;
}

bool is_there(PdfInput *in, qpdf_oh object)
{
    return object != 0 && !in->qpdf->oh_is_null(in->pdf, object);
}

/* qpdf gives every string in the same place. */
const char *name_value(PdfInput *in, qpdf_oh object)
{
    if (!object || !in->qpdf->oh_is_name(in->pdf, object))
        return "";
    const char *name = in->qpdf->oh_get_name(in->pdf, object);
    return arena_string(in->scratch, name, strlen(name));
}

const char *text_value(PdfInput *in, qpdf_oh object)
{
    if (!object || !in->qpdf->oh_is_string(in->pdf, object))
        return NULL;
    const char *text = in->qpdf->oh_get_utf8_value(in->pdf, object);
    return arena_string(in->arena, text, strlen(text));
}

double number_value(PdfInput *in, qpdf_oh object, double otherwise)
{
    return object && in->qpdf->oh_is_number(in->pdf, object) ? in->qpdf->oh_get_numeric_value(in->pdf, object)
                                                             : otherwise;
}

int count_of(PdfInput *in, qpdf_oh array)
{
    return array && in->qpdf->oh_is_array(in->pdf, array) ? in->qpdf->oh_get_array_n_items(in->pdf, array) : 0;
}

qpdf_oh item(PdfInput *in, qpdf_oh array, int i)
{
    return in->qpdf->oh_get_array_item(in->pdf, array, i);
}

bool stream_data(PdfInput *in, qpdf_oh stream, Arena *arena, Bytes *bytes)
{
    unsigned char *data = NULL;
    size_t size = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!stream || !in->qpdf->oh_is_stream(in->pdf, stream))
        return false;
    QPDF_ERROR_CODE code = in->qpdf->oh_get_stream_data(in->pdf, stream, qpdf_dl_generalized, &filtered, &data, &size);
    bool fine = !(code & QPDF_ERRORS) && data && size < MOST_STREAM;
    if (fine)
        *bytes = (Bytes){arena_string(arena, (const char *)data, size), size};
    free(data);
    return fine;
}

Keys keys_of(PdfInput *in, qpdf_oh dictionary, Arena *arena)
{
    Keys keys = {0};
    const QpdfLibrary *q = in->qpdf;
    if (!dictionary || !q->oh_is_dictionary(in->pdf, dictionary))
        return keys;
    for (q->oh_begin_dict_key_iter(in->pdf, dictionary); q->oh_dict_more_keys(in->pdf);) {
        const char *key = q->oh_dict_next_key(in->pdf);
        VEC_PUSH(arena, keys, arena_string(arena, key, strlen(key)));
    }
    return keys;
}

/* ---- metadata ---- */

/* ns:name="value" or <ns:name>value</ns:name>, or the first item of a list. NULL: it isn't there. */
static const char *xmp_value(const PdfInput *in, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = in->xmp; at && (at = strstr(at, name)); at += length) {
        const char *value = at + length;
        char before = at > in->xmp ? at[-1] : ' ';
        if (*value == '=' && (value[1] == '"' || value[1] == '\''))
            return arena_string(in->arena, value + 2, strcspn(value + 2, value[1] == '"' ? "\"" : "'"));
        if (before != '<' || !strchr("> \t\r\n", *value))
            continue;
        value += strcspn(value, ">");
        while (*value == '>') {
            value += 1 + strspn(value + 1, " \t\r\n");
            if (*value != '<')
                return arena_string(in->arena, value, strcspn(value, "<"));
            value += strcspn(value, ">");
        }
    }
    return NULL;
}

static void read_xmp(PdfInput *in, qpdf_oh root)
{
    Bytes bytes;
    if (stream_data(in, get(in, root, "/Metadata"), in->arena, &bytes))
        in->xmp = arena_string(in->arena, bytes.data, bytes.size);
    else
        found(in->preflight, "G6", in->x || in->a ? LEVEL_FAIL : LEVEL_WARN, 0, NULL, NO_SOURCE,
              "the file has no XMP metadata");
}

/* What it says of itself, into a target. */
static void read_claims(PdfInput *in, qpdf_oh info, PdfTarget *target)
{
    const char *x = xmp_value(in, "pdfxid:GTS_PDFXVersion"), *part = xmp_value(in, "pdfaid:part"),
               *conformance = xmp_value(in, "pdfaid:conformance"), *ua = xmp_value(in, "pdfuaid:part");
    const char *older = text_value(in, get(in, info, "/GTS_PDFXVersion"));
    x = x ? x : older ? older : "";
    in->x1a = strncmp(x, "PDF/X-1", 7) == 0;
    in->x = *x != 0;
    in->a = part != NULL;
    in->ua = ua != NULL;
    target->pdfx = in->x1a ? PDFX_1A : strncmp(x, "PDF/X-3", 7) == 0 ? PDFX_3 : in->x ? PDFX_4 : PDFX_NONE;
    char level = conformance && *conformance ? (char)(*conformance | 0x20) : 'b';
    int number = part ? atoi(part) : 0;
    target->pdfa = number == 1   ? PDFA_1B
                   : number == 2 ? (level == 'a'   ? PDFA_2A
                                    : level == 'u' ? PDFA_2U
                                                   : PDFA_2B)
                   : number == 3 ? (level == 'a'   ? PDFA_3A
                                    : level == 'u' ? PDFA_3U
                                                   : PDFA_3B)
                   : number == 4 ? PDFA_4
                                 : PDFA_NONE;
    target->pdfua = ua ? atoi(ua) : 0;
    target->transparency = !(target->pdfx == PDFX_1A || target->pdfx == PDFX_3 || target->pdfa == PDFA_1B);
    target->links = !in->x;
}

static bool trapped_fine(const char *value)
{
    return strcmp(value, "True") == 0 || strcmp(value, "False") == 0;
}

static void check_metadata(PdfInput *in, qpdf_oh info)
{
    Preflight *preflight = in->preflight;
    const char *title = text_value(in, get(in, info, "/Title")), *said = xmp_value(in, "dc:title");
    const char *trapped = name_value(in, get(in, info, "/Trapped"));
    preflight->facts.title = title ? title : said;
    if (title && said && !strchr(said, '&') && strcmp(title, said) != 0)
        found(preflight, "G7", LEVEL_FAIL, 0, NULL, NO_SOURCE,
              "the title is \"%.80s\" in one place and \"%.80s\" in another", title, said);
    if ((!said || !*said) && (in->x || in->ua))
        found(preflight, "U06", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the metadata have no title");
    if (in->x && !trapped_fine(*trapped ? trapped + 1 : ""))
        found(preflight, "X3", LEVEL_FAIL, 0, NULL, NO_SOURCE, "Trapped is neither True nor False");
}

/* ---- the output intent ---- */

static void check_intent_profile(PdfInput *in, qpdf_oh intent, PdfTarget *target)
{
    Bytes icc;
    const char *wrong = NULL;
    qpdf_oh stream = get(in, intent, "/DestOutputProfile");
    if (!stream_data(in, stream, in->arena, &icc) || icc.size < 128) {
        found(in->preflight, "X5", in->x ? LEVEL_FAIL : LEVEL_WARN, 0, NULL, NO_SOURCE,
              "the output intent has no profile that can be read");
        return;
    }
    in->intent = (int)number_value(in, get(in, stream, "/N"), 0);
    bool cmyk = memcmp(icc.data + 16, "CMYK", 4) == 0, rgb = memcmp(icc.data + 16, "RGB ", 4) == 0;
    if (in->intent != (cmyk ? 4 : rgb ? 3 : 1))
        found(in->preflight, "X5", LEVEL_FAIL, 0, NULL, NO_SOURCE,
              "the profile of the output intent has not the %d channels it says", in->intent);
    if (cmyk)
        target->profile = color_profile_output(in->arena, icc, &wrong);
    if (in->x && (wrong || rgb))
        found(in->preflight, "X5", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the profile of the output intent %s",
              wrong ? wrong : "is of RGB");
    target->color = cmyk ? TARGET_COLOR_CMYK : TARGET_COLOR_RGB;
}

static void check_intents(PdfInput *in, qpdf_oh root, PdfTarget *target)
{
    qpdf_oh intents = get(in, root, "/OutputIntents");
    int of_x = 0;
    in->preflight->condition = "none";
    for (int i = 0; i < count_of(in, intents); i++) {
        qpdf_oh intent = item(in, intents, i);
        bool is_x = strcmp(name_value(in, get(in, intent, "/S")), "/GTS_PDFX") == 0;
        of_x += is_x;
        if (i > 0 && !(is_x && of_x == 1))
            continue;
        const char *condition = text_value(in, get(in, intent, "/OutputConditionIdentifier"));
        in->preflight->condition = condition ? condition : "not named";
        check_intent_profile(in, intent, target);
    }
    if (in->x && of_x != 1)
        found(in->preflight, "X4", LEVEL_FAIL, 0, NULL, NO_SOURCE, "%d output intents for PDF/X; one is wanted", of_x);
    if (in->a && count_of(in, intents) == 0)
        found(in->preflight, "A8", LEVEL_WARN, 0, NULL, NO_SOURCE, "there is no output intent");
}

/* ---- the catalog ---- */

static void check_actions(PdfInput *in, qpdf_oh root)
{
    Preflight *preflight = in->preflight;
    qpdf_oh names = get(in, root, "/Names"), open = get(in, root, "/OpenAction"), form = get(in, root, "/AcroForm");
    if (is_there(in, get(in, names, "/JavaScript")))
        found(preflight, "G9", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the file has JavaScript");
    if (is_there(in, get(in, root, "/AA")))
        found(preflight, "G9", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the catalog has additional actions (AA)");
    if (is_there(in, get(in, form, "/XFA")))
        found(preflight, "G9", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the file has an XFA form");
    if (in->x && is_there(in, get(in, open, "/S")))
        found(preflight, "X10", LEVEL_FAIL, 0, NULL, NO_SOURCE, "an action is started when the file is opened");
}

static void check_tags(PdfInput *in, qpdf_oh root)
{
    Preflight *preflight = in->preflight;
    PdfA level = preflight->target->pdfa;
    bool wanted = in->ua || level == PDFA_2A || level == PDFA_3A;
    qpdf_oh marked = get(in, get(in, root, "/MarkInfo"), "/Marked");
    bool tagged = is_there(in, get(in, root, "/StructTreeRoot")) && marked && in->qpdf->oh_is_bool(in->pdf, marked) &&
                  in->qpdf->oh_get_bool_value(in->pdf, marked);
    qpdf_oh shown = get(in, get(in, root, "/ViewerPreferences"), "/DisplayDocTitle");
    preflight->facts.language = text_value(in, get(in, root, "/Lang"));
    if (!tagged)
        found(preflight, "A5", wanted ? LEVEL_FAIL : LEVEL_NOTE, 0, NULL, NO_SOURCE, "the text is not tagged");
    if (!preflight->facts.language || !*preflight->facts.language)
        found(preflight, "U11", wanted ? LEVEL_FAIL : LEVEL_NOTE, 0, NULL, NO_SOURCE,
              "the file does not say its language");
    if (in->ua && !(shown && in->qpdf->oh_is_bool(in->pdf, shown) && in->qpdf->oh_get_bool_value(in->pdf, shown)))
        found(preflight, "U07", LEVEL_FAIL, 0, NULL, NO_SOURCE,
              "a reader would show the name of the file, not its title");
}

/* Colours that were met on the pages, and what the standard makes of them: X7, A8. */
static void check_spaces(PdfInput *in)
{
    Preflight *preflight = in->preflight;
    static const char *const names[] = {"DeviceGray", "DeviceRGB", "DeviceCMYK", "RGB by a profile",
                                        "CMYK by a profile"};
    for (int i = 0; i < 5; i++) {
        unsigned bit = 1u << i;
        bool in_x = in->x && (bit == SPACE_RGB || (in->x1a && bit >= SPACE_ICC_RGB) ||
                              (bit == SPACE_ICC_RGB && preflight->target->pdfx == PDFX_4 && !(in->image_spaces & bit)));
        bool device = (bit == SPACE_RGB && in->intent != 3) || (bit == SPACE_CMYK && in->intent != 4);
        if (!((in->spaces | in->image_spaces) & bit))
            continue;
        if (in_x)
            found(preflight, "X7", LEVEL_FAIL, in->space_page[i], NULL, NO_SOURCE, "colours are %s", names[i]);
        else if (in->a && device)
            found(preflight, "A8", LEVEL_FAIL, in->space_page[i], NULL, NO_SOURCE,
                  "colours are %s, which the output intent is not", names[i]);
    }
}

/* ---- the whole ---- */

static void check_version(PdfInput *in, Bytes file)
{
    const PdfTarget *target = in->preflight->target;
    const char *version = in->qpdf->get_pdf_version(in->pdf);
    int number = version[0] && version[1] == '.' ? (version[0] - '0') * 10 + version[2] - '0' : 0;
    int most = target->pdfx == PDFX_1A || target->pdfx == PDFX_3 || target->pdfa == PDFA_1B ? 14
               : target->pdfx == PDFX_4                                                     ? 16
               : target->pdfa == PDFA_4                                                     ? 20
               : in->a || target->pdfua == 1                                                ? 17
                                                                                            : 20;
    if (file.size < 8 || memcmp(file.data, "%PDF-", 5) != 0)
        found(in->preflight, "G1", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the file does not begin with %%PDF-");
    if (number > most)
        found(in->preflight, "G1", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the file is PDF %s; at most %d.%d", version,
              most / 10, most % 10);
    if (in->qpdf->is_encrypted(in->pdf))
        found(in->preflight, "G3", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the file is encrypted");
}

static void tell_damage(PdfInput *in)
{
    const QpdfLibrary *q = in->qpdf;
    for (int i = 0; q->more_warnings(in->pdf); i++) {
        qpdf_error error = q->next_warning(in->pdf);
        if (i < MOST_WARNINGS)
            found(in->preflight, "G5", LEVEL_FAIL, 0, NULL, NO_SOURCE, "damaged: %s",
                  q->get_error_message_detail(in->pdf, error));
    }
}

static void close_pdf(void *object)
{
    qpdf_data pdf = object;
    qpdf_library()->cleanup(&pdf);
}

static bool open_pdf(PdfInput *in, Bytes file, const char *path)
{
    in->qpdf = qpdf_library();
    if (!in->qpdf) {
        diag_error(in->diag, "library-missing", NO_SOURCE, "to look at a finished file qpdf must be installed");
        return false;
    }
    in->pdf = in->qpdf->init();
    arena_at_free(in->arena, close_pdf, in->pdf);
    in->qpdf->silence_errors(in->pdf);
    in->qpdf->set_suppress_warnings(in->pdf, QPDF_TRUE);
    QPDF_ERROR_CODE code = in->qpdf->read_memory(in->pdf, path ? path : "file", file.data, file.size, "");
    if (!(code & QPDF_ERRORS))
        return true;
    const char *why = "it is no PDF file";
    if (in->qpdf->has_error(in->pdf)) {
        qpdf_error error = in->qpdf->get_error(in->pdf);
        why = in->qpdf->get_error_code(in->pdf, error) == qpdf_e_password
                  ? "it asks for a password"
                  : in->qpdf->get_error_message_detail(in->pdf, error);
    }
    diag_error(in->diag, "pdf-unreadable", (Source){path, 0, 0}, "%s", why);
    return false;
}

/* What is asked for, against what is claimed; the work is judged as it is asked for. */
static void check_wishes(PdfInput *in, const PdfTarget *wanted, PdfTarget *claims)
{
    const char *here = standards_text(in->arena, claims);
    PdfTarget x = {.pdfx = wanted->pdfx}, a = {.pdfa = wanted->pdfa, .pdfua = wanted->pdfua};
    if (wanted->pdfx && claims->pdfx != wanted->pdfx)
        found(in->preflight, "X1", LEVEL_FAIL, 0, NULL, NO_SOURCE, "%s is asked for; the file claims %s",
              standards_text(in->arena, &x), *here ? here : "nothing");
    if ((wanted->pdfa && claims->pdfa != wanted->pdfa) || (wanted->pdfua && claims->pdfua != wanted->pdfua))
        found(in->preflight, "X1", LEVEL_WARN, 0, NULL, NO_SOURCE, "%s would be asked for; the file claims %s",
              standards_text(in->arena, &a), *here ? here : "nothing");
    if (wanted->color == TARGET_COLOR_CMYK && claims->color != TARGET_COLOR_CMYK)
        found(in->preflight, "X4", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the output intent is not of a press");
    in->x = in->x || wanted->pdfx;
    claims->name = wanted->name;
    claims->color = wanted->color;
}

static void read_file(PdfInput *in, Bytes file, PdfTarget *target, bool given)
{
    Preflight *preflight = in->preflight;
    in->scratch = arena_beside(in->arena);
    qpdf_oh root = in->qpdf->get_root(in->pdf), info = get(in, in->qpdf->get_trailer(in->pdf), "/Info");
    int pages = in->qpdf->get_num_pages(in->pdf);
    read_xmp(in, root);
    PdfTarget claims = *target;
    read_claims(in, info, &claims);
    check_intents(in, root, &claims);
    if (given)
        check_wishes(in, target, &claims);
    else
        claims.name = in->x ? "as claimed, for a press" : "as claimed";
    *target = claims;
    preflight->work = work_of_file(target, given ? NULL : preflight->condition);
    check_version(in, file);
    check_metadata(in, info);
    check_actions(in, root);
    check_tags(in, root);
    for (int i = 0; i < pages; i++) {
        ArenaMark mark = arena_mark(in->scratch);
        read_page(in, in->qpdf->get_page_n(in->pdf, (size_t)i), i + 1);
        arena_rewind(in->scratch, mark);
    }
    check_spaces(in);
    tell_damage(in);
}

Preflight *preflight_file(Arena *arena, Bytes file, const PdfTarget *target, const PreflightFacts *facts, Diag *diag)
{
    Preflight *preflight = NEW(arena, Preflight);
    PdfTarget *claimed = NEW(arena, PdfTarget);
    PdfInput in = {.arena = arena, .preflight = preflight, .diag = diag};
    if (target)
        *claimed = *target;
    else
        *claimed = (PdfTarget){.name = "as claimed"};
    *preflight = (Preflight){.arena = arena, .facts = *facts, .target = claimed, .condition = "none"};
    preflight->work = work_of(claimed);
    if (!open_pdf(&in, file, facts->file))
        return NULL;
    read_file(&in, file, claimed, target != NULL);
    return preflight;
}
