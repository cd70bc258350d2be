/* Fonts of the machine, by fontconfig. The library is loaded when a family or a character is first missing:
 * a run with the bundled fonts never pays for it. */
#include "asset/font_face.h"

#include <dlfcn.h>
#include <fontconfig/fontconfig.h>

// clang-format off
#define CALLS(X) \
    X(FcInitLoadConfigAndFonts) X(FcConfigDestroy) X(FcConfigSubstitute) X(FcDefaultSubstitute) \
    X(FcPatternCreate) X(FcPatternDestroy) X(FcPatternAddString) X(FcPatternAddInteger) \
    X(FcPatternAddBool) X(FcPatternAddCharSet) X(FcPatternGetString) X(FcPatternGetInteger) \
    X(FcPatternGetBool) X(FcFontMatch) X(FcFontList) X(FcFontSetDestroy) \
    X(FcObjectSetCreate) X(FcObjectSetAdd) X(FcObjectSetDestroy) X(FcCharSetCreate) \
    X(FcCharSetAddChar) X(FcCharSetDestroy) X(FcWeightToOpenType)
// clang-format on

typedef struct SystemFonts {
    void *library;
    FcConfig *config; /* NULL: there is none */
#define AS_POINTER(name) __typeof__(&name) name;
    CALLS(AS_POINTER)
} SystemFonts;

static void close_system(void *object)
{
    SystemFonts *fc = object;
    if (fc->config)
        fc->FcConfigDestroy(fc->config);
}

static SystemFonts *open_system(FontSet *set)
{
    if (set->system)
        return set->system;
    SystemFonts *fc = set->system = NEW(set->arena, SystemFonts);
    fc->library = dlopen("libfontconfig.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (!fc->library)
        return fc;
    bool all = true;
#define LOAD(name)                                   \
    *(void **)&fc->name = dlsym(fc->library, #name); \
    all &= fc->name != NULL;
    CALLS(LOAD)
    if (!all)
        return fc;
    fc->config = fc->FcInitLoadConfigAndFonts();
    arena_at_free(set->arena, close_system, fc);
    return fc;
}

static Face *face_of_pattern(FontSet *set, SystemFonts *fc, Family *family, FcPattern *pattern)
{
    FcChar8 *file;
    int index = 0, weight = FC_WEIGHT_REGULAR, slant = 0, width = 100;
    if (fc->FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch)
        return NULL;
    fc->FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    fc->FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    fc->FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    fc->FcPatternGetInteger(pattern, FC_WIDTH, 0, &width);
    Face *face = NEW(set->arena, Face);
    face->what.family = family->name;
    face->what.path = arena_string(set->arena, (const char *)file, strlen((const char *)file));
    face->what.face = index & 0xFFFF;
    face->what.weight_min = face->what.weight_max = fc->FcWeightToOpenType(weight);
    face->what.italic = slant != FC_SLANT_ROMAN;
    face->what.stretch_min = face->what.stretch_max = (int32_t)((int64_t)width * RATIO_ONE / 100);
    for (int i = 0; i < family->faces.count; i++) /* the same drawing under two files: keep the first by path */
        if (strcmp(family->faces.at[i]->what.path, face->what.path) == 0 &&
            family->faces.at[i]->what.face == face->what.face)
            return family->faces.at[i];
    VEC_PUSH(set->arena, family->faces, face);
    return face;
}

/* fontconfig lists in no order that lasts: by weight, slant, path. */
static void sort_faces(Family *family)
{
    for (int i = 1; i < family->faces.count; i++) {
        Face *face = family->faces.at[i];
        int j = i;
        for (; j > 0 && strcmp(family->faces.at[j - 1]->what.path, face->what.path) > 0; j--)
            family->faces.at[j] = family->faces.at[j - 1];
        family->faces.at[j] = face;
    }
    for (int i = 0; i < family->faces.count; i++)
        family->faces.at[i]->order = -i;
}

static void list_faces(FontSet *set, SystemFonts *fc, Family *family, const char *name)
{
    FcPattern *pattern = fc->FcPatternCreate();
    FcObjectSet *objects = fc->FcObjectSetCreate();
    const char *const wanted[] = {FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_VARIABLE};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        fc->FcObjectSetAdd(objects, wanted[i]);
    fc->FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)name);
    fc->FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcFontSet *list = fc->FcFontList(fc->config, pattern, objects);
    for (int i = 0; list && i < list->nfont; i++) {
        FcBool variable = FcFalse;
        fc->FcPatternGetBool(list->fonts[i], FC_VARIABLE, 0, &variable);
        if (!variable)
            face_of_pattern(set, fc, family, list->fonts[i]);
    }
    if (list)
        fc->FcFontSetDestroy(list);
    fc->FcObjectSetDestroy(objects);
    fc->FcPatternDestroy(pattern);
    sort_faces(family);
}

/* What a generic family, or a common one by its metric twin, is called here. NULL: the name itself only. */
static const char *substitute(FontSet *set, SystemFonts *fc, const char *name)
{
    static const char *const twins[][2] = {{"Arial", "Liberation Sans"},
                                           {"Helvetica", "Liberation Sans"},
                                           {"Times New Roman", "Liberation Serif"},
                                           {"Times", "Liberation Serif"},
                                           {"Courier New", "Liberation Mono"},
                                           {"Courier", "Liberation Mono"},
                                           {"Cambria", "Caladea"},
                                           {"Calibri", "Carlito"}};
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (text_equal_nocase(twins[i][0], name))
            return twins[i][1];
    if (!text_equal_nocase(name, "monospace") && !text_equal_nocase(name, "ui-monospace") &&
        !text_equal_nocase(name, "emoji") && !text_equal_nocase(name, "serif") &&
        !text_equal_nocase(name, "sans-serif"))
        return NULL;
    FcPattern *pattern = fc->FcPatternCreate();
    fc->FcPatternAddString(pattern, FC_FAMILY,
                           (const FcChar8 *)(text_equal_nocase(name, "ui-monospace") ? "monospace" : name));
    fc->FcConfigSubstitute(fc->config, pattern, FcMatchPattern);
    fc->FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = fc->FcFontMatch(fc->config, pattern, &result);
    FcChar8 *family = NULL;
    const char *found = NULL;
    if (match && fc->FcPatternGetString(match, FC_FAMILY, 0, &family) == FcResultMatch)
        found = arena_string(set->arena, (const char *)family, strlen((const char *)family));
    if (match)
        fc->FcPatternDestroy(match);
    fc->FcPatternDestroy(pattern);
    return found;
}

Family *system_family(FontSet *set, const char *name)
{
    SystemFonts *fc = open_system(set);
    Family *family =
        family_add(set, arena_string(set->arena, name, strlen(name))); /* an empty one: known not to be here */
    family->system = true;
    if (!fc->config)
        return family;
    list_faces(set, fc, family, name);
    const char *other = family->faces.count ? NULL : substitute(set, fc, name);
    if (other)
        list_faces(set, fc, family, other);
    return family;
}

Face *system_face_for(FontSet *set, const FontRequest *wanted, bool sans, uint32_t codepoint)
{
    SystemFonts *fc = open_system(set);
    if (!fc->config)
        return NULL;
    FcPattern *pattern = fc->FcPatternCreate();
    FcCharSet *characters = fc->FcCharSetCreate();
    fc->FcCharSetAddChar(characters, codepoint);
    fc->FcPatternAddCharSet(pattern, FC_CHARSET, characters);
    fc->FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)(sans ? "sans-serif" : "serif"));
    if (wanted->language)
        fc->FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)wanted->language);
    fc->FcPatternAddInteger(pattern, FC_WEIGHT, wanted->weight >= 600 ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    fc->FcPatternAddInteger(pattern, FC_SLANT, wanted->italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    fc->FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    fc->FcConfigSubstitute(fc->config, pattern, FcMatchPattern);
    fc->FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = fc->FcFontMatch(fc->config, pattern, &result);
    Face *face = NULL;
    if (match) {
        Family *family = NULL;
        for (int i = 0; i < set->families.count; i++)
            if (strcmp(set->families.at[i]->name, "\x01 system") == 0)
                family = set->families.at[i];
        if (!family)
            family = family_add(set, "\x01 system");
        face = face_of_pattern(set, fc, family, match);
        fc->FcPatternDestroy(match);
    }
    fc->FcCharSetDestroy(characters);
    fc->FcPatternDestroy(pattern);
    return face;
}

bool system_local(FontSet *set, const char *name, Face *face)
{
    SystemFonts *fc = open_system(set);
    bool found = false;
    static const char *const keys[] = {FC_FULLNAME, FC_POSTSCRIPT_NAME};
    for (int k = 0; k < 2 && fc->config && !found; k++) {
        FcPattern *pattern = fc->FcPatternCreate();
        FcObjectSet *objects = fc->FcObjectSetCreate();
        fc->FcObjectSetAdd(objects, FC_FILE);
        fc->FcObjectSetAdd(objects, FC_INDEX);
        fc->FcPatternAddString(pattern, keys[k], (const FcChar8 *)name);
        FcFontSet *list = fc->FcFontList(fc->config, pattern, objects);
        for (int i = 0; list && i < list->nfont; i++) {
            FcChar8 *file;
            int index = 0;
            if (fc->FcPatternGetString(list->fonts[i], FC_FILE, 0, &file) != FcResultMatch ||
                (found && strcmp((const char *)file, face->what.path) > 0))
                continue; /* the first by path */
            fc->FcPatternGetInteger(list->fonts[i], FC_INDEX, 0, &index);
            face->what.path = arena_string(set->arena, (const char *)file, strlen((const char *)file));
            face->what.face = index & 0xFFFF;
            found = true;
        }
        if (list)
            fc->FcFontSetDestroy(list);
        fc->FcObjectSetDestroy(objects);
        fc->FcPatternDestroy(pattern);
    }
    return found;
}
