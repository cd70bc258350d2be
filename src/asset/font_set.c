/* Families and the choice of a face: css-fonts-4 5.2 (matching), 5.3 (characters). */
#include "asset/font_face.h"

#include <stdlib.h>

static void free_buffer(void *buffer)
{
    hb_buffer_destroy(buffer);
}

FontSet *font_set_open(Arena *arena, const char *directory, bool system_fonts, Diag *diag)
{
    FontSet *set = NEW(arena, FontSet);
    set->arena = arena;
    set->directory = directory;
    set->system_fonts = system_fonts;
    set->diag = diag;
    set->buffer = hb_buffer_create();
    arena_at_free(arena, free_buffer, set->buffer);
    if (directory)
        font_index_read(set);
    return set;
}

static Family *find_family(FontSet *set, const char *name)
{
    for (int i = 0; i < set->families.count; i++)
        if (text_equal_nocase(set->families.at[i]->name, name))
            return set->families.at[i];
    return NULL;
}

Family *family_add(FontSet *set, const char *name)
{
    Family *family = NEW(set->arena, Family);
    family->name = name;
    VEC_PUSH(set->arena, set->families, family);
    return family;
}

/* An @font-face family hides a bundled or system family of that name (css-fonts-4 4.2). */
void font_set_add(FontSet *set, const FontDescriptor *what)
{
    Family *family = find_family(set, what->family);
    bool bundled = family && family->bundled && set->directory && what->path &&
                   strncmp(what->path, set->directory, strlen(set->directory)) == 0;
    if (family && (family->bundled || family->system) && !bundled) {
        Family hidden = *family;
        *family = (Family){.name = hidden.name};
        if (hidden.bundled) {
            Family *aside = family_add(set, arena_format(set->arena, "\x01%s", hidden.name));
            const char *name = aside->name;
            *aside = hidden;
            aside->name = name;
        }
    }
    if (!family)
        family = family_add(set, arena_string(set->arena, what->family, strlen(what->family)));
    Face *face = NEW(set->arena, Face);
    face->what = *what;
    face->order = set->added++;
    if (face->what.weight_min == 0)
        face->what.weight_min = face->what.weight_max = 400;
    VEC_PUSH(set->arena, family->faces, face);
    set->chains.count = 0;
    set->last_chain = NULL;
}

/* ---- which face of a family ---- */
static int64_t outside(int64_t wanted, int64_t low, int64_t high) /* below 0: it is lower than the range */
{
    return wanted < low ? wanted - low : wanted > high ? wanted - high : 0;
}

/* Rank of a distance where one direction is preferred: all of that direction before the other. */
static int64_t directed(int64_t distance, bool prefer_more)
{
    bool face_is_more = distance < 0;
    int64_t size = distance < 0 ? -distance : distance;
    return face_is_more == prefer_more ? size : size + ((int64_t)1 << 30);
}

static int64_t weight_rank(int wanted, int low, int high)
{
    int64_t distance = outside(wanted, low, high);
    if (distance == 0)
        return 0;
    if (wanted >= 400 && wanted <= 500) { /* first up to 500, then below, then above */
        if (distance < 0 && low <= 500)
            return low - wanted;
        return distance > 0 ? 1000 + distance : 3000 - distance;
    }
    return directed(distance, wanted > 500);
}

static int64_t stretch_rank(int32_t wanted, const FontDescriptor *face)
{
    int32_t low = face->stretch_min ? face->stretch_min : RATIO_ONE;
    int32_t high = face->stretch_max ? face->stretch_max : low;
    int64_t distance = outside(wanted ? wanted : RATIO_ONE, low, high);
    return distance == 0 ? 0 : directed(distance, (wanted ? wanted : RATIO_ONE) > RATIO_ONE);
}

static int64_t optical_rank(const FontRequest *wanted, const FontDescriptor *face)
{
    if (!face->optical_max)
        return 0;
    Len size = wanted->optical ? wanted->size : 11 * LEN_PT;
    if (size >= face->optical_min && size < face->optical_max)
        return 0;
    return llabs(outside(size, face->optical_min, face->optical_max)) + 1;
}

static int compare(const FontRequest *wanted, const Face *a, const Face *b)
{
    int64_t order[][2] = {
        {stretch_rank(wanted->stretch, &a->what), stretch_rank(wanted->stretch, &b->what)},
        {a->what.italic != wanted->italic, b->what.italic != wanted->italic},
        {weight_rank(wanted->weight, a->what.weight_min, a->what.weight_max),
         weight_rank(wanted->weight, b->what.weight_min, b->what.weight_max)},
        {optical_rank(wanted, &a->what), optical_rank(wanted, &b->what)},
        {-a->order, -b->order},
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i][0] != order[i][1])
            return order[i][0] < order[i][1] ? -1 : 1;
    return 0;
}

static bool same_style(const Face *a, const Face *b)
{
    return a->what.weight_min == b->what.weight_min && a->what.weight_max == b->what.weight_max &&
           a->what.italic == b->what.italic && a->what.stretch_min == b->what.stretch_min &&
           a->what.stretch_max == b->what.stretch_max && a->what.optical_min == b->what.optical_min;
}

bool face_in_range(const Face *face, uint32_t codepoint)
{
    if (!face->what.ranges)
        return true;
    for (int i = 0; i < face->what.range_count; i++)
        if (codepoint >= face->what.ranges[i][0] && codepoint <= face->what.ranges[i][1])
            return true;
    return false;
}

/* codepoint 0: any; else the last face of the best style whose unicode-range has it (4.5). */
Face *family_choose(const Family *family, const FontRequest *wanted, uint32_t codepoint)
{
    Face *best = NULL;
    for (int i = 0; i < family->faces.count; i++) {
        Face *face = family->faces.at[i];
        if (!face->broken && (!best || compare(wanted, face, best) < 0))
            best = face;
    }
    if (!best || codepoint == 0 || face_in_range(best, codepoint))
        return best;
    for (int i = family->faces.count - 1; i >= 0; i--)
        if (!family->faces.at[i]->broken && same_style(family->faces.at[i], best) &&
            face_in_range(family->faces.at[i], codepoint))
            return family->faces.at[i];
    return NULL;
}

/* ---- a request's chain of fonts ---- */
static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_request(const FontRequest *a, const FontRequest *b)
{
    if (a->family_count != b->family_count || a->weight != b->weight || a->stretch != b->stretch ||
        a->italic != b->italic || a->optical != b->optical || (a->optical && a->size != b->size) ||
        !same_text(a->language, b->language))
        return false;
    for (int i = 0; i < a->family_count; i++)
        if (!same_text(a->families[i], b->families[i]))
            return false;
    return true;
}

static void chain_family(FontSet *set, Chain *chain, Family *family, const FontRequest *wanted)
{
    for (int i = 0; i < chain->families.count; i++)
        if (chain->families.at[i] == family && !wanted->optical)
            return;
    for (;;) {
        Face *face = family_choose(family, wanted, 0);
        if (!face)
            return;
        const Font *font = face_font(set, face, wanted);
        if (!font)
            continue; /* broken now: the next best */
        VEC_PUSH(set->arena, chain->fonts, font);
        VEC_PUSH(set->arena, chain->families, family);
        return;
    }
}

static bool is_generic(const char *name)
{
    static const char *const generic[] = {"serif",     "sans-serif", "monospace",     "cursive",      "fantasy",
                                          "system-ui", "ui-serif",   "ui-sans-serif", "ui-monospace", "ui-rounded",
                                          "math",      "emoji",      "fangsong"};
    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
        if (text_equal_nocase(generic[i], name))
            return true;
    return false;
}

static void chain_name(FontSet *set, Chain *chain, const char *name, const FontRequest *wanted)
{
    for (int i = 0; i < set->aliases.count; i++) {
        if (!text_equal_nocase(set->aliases.at[i].name, name))
            continue;
        for (int j = 0; j < set->aliases.at[i].count; j++)
            chain_name(set, chain, set->aliases.at[i].families[j], wanted);
        return;
    }
    Family *family = find_family(set, name);
    if (family) {
        chain_family(set, chain, family, wanted);
        return;
    }
    for (int i = 0; i < set->cuts.count; i++) {
        if (!text_equal_nocase(set->cuts.at[i].name, name))
            continue;
        FontRequest cut = *wanted;
        cut.size = set->cuts.at[i].size;
        cut.optical = true;
        chain_name(set, chain, set->cuts.at[i].family, &cut);
        return;
    }
    family = set->system_fonts ? system_family(set, name) : NULL;
    if (family)
        chain_family(set, chain, family, wanted);
    else if (set->directory && is_generic(name) && set->families.count)
        chain_name(set, chain, "serif", wanted);
}

static void chain_bundled(FontSet *set, Chain *chain, const char *kind)
{
    for (int i = 0; i < set->families.count; i++) {
        Family *family = set->families.at[i];
        bool same = kind && family->kind && strcmp(family->kind, kind) == 0, known = false;
        for (int j = 0; j < chain->families.count; j++)
            known |= chain->families.at[j] == family;
        if (family->bundled && (same || !kind) && !known) /* opened only when a character needs it */
            VEC_PUSH(set->arena, chain->families, family);
    }
}

static Chain *chain_new(FontSet *set, const FontRequest *wanted)
{
    Chain *chain = NEW(set->arena, Chain);
    chain->wanted = *wanted;
    const char **families = NEW_ARRAY(set->arena, const char *, wanted->family_count + 1);
    for (int i = 0; i < wanted->family_count; i++)
        families[i] = arena_string(set->arena, wanted->families[i], strlen(wanted->families[i]));
    chain->wanted.families = families;
    for (int i = 0; i < wanted->family_count; i++)
        chain_name(set, chain, families[i], &chain->wanted);
    const char *kind = chain->families.count ? chain->families.at[0]->kind : NULL;
    for (int i = 0; i < wanted->family_count && !kind; i++)
        kind = text_equal_nocase(families[i], "serif") || text_equal_nocase(families[i], "sans-serif") ? families[i]
                                                                                                       : NULL;
    if (kind)
        chain_bundled(set, chain, kind);
    chain_bundled(set, chain, NULL);
    chain->first = chain->fonts.count ? chain->fonts.at[0] : NULL;
    for (int i = 0; i < chain->families.count && !chain->first; i++) {
        Face *face = family_choose(chain->families.at[i], &chain->wanted, 0);
        chain->first = face ? face_font(set, face, &chain->wanted) : NULL;
    }
    VEC_PUSH(set->arena, set->chains, chain);
    return chain;
}

static Chain *chain_for(FontSet *set, const FontRequest *wanted)
{
    if (set->last_chain && same_request(&set->last_chain->wanted, wanted))
        return set->last_chain;
    for (int i = 0; i < set->chains.count; i++)
        if (same_request(&set->chains.at[i]->wanted, wanted))
            return set->last_chain = set->chains.at[i];
    return set->last_chain = chain_new(set, wanted);
}

static bool chain_is_sans(const Chain *chain)
{
    return chain->families.count && chain->families.at[0]->kind &&
           strcmp(chain->families.at[0]->kind, "sans-serif") == 0;
}

static const Font *system_font(FontSet *set, const Chain *chain, uint32_t codepoint)
{
    const FontRequest *wanted = &chain->wanted;
    bool sans = chain_is_sans(chain);
    for (int i = 0; i < set->missing.count; i++) {
        const Missing *known = &set->missing.at[i];
        if (known->codepoint == codepoint && known->weight == wanted->weight && known->italic == wanted->italic &&
            known->sans == sans)
            return known->font;
    }
    Face *face = system_face_for(set, wanted, sans, codepoint);
    const Font *font = face ? face_font(set, face, wanted) : NULL;
    if (font && !font_has(font, codepoint))
        font = NULL;
    VEC_PUSH(set->arena, set->missing, ((Missing){codepoint, wanted->weight, wanted->italic, sans, font}));
    return font;
}

const Font *font_match(FontSet *set, const FontRequest *wanted)
{
    Chain *chain = chain_for(set, wanted);
    if (!chain->first && set->system_fonts)
        chain->first = system_font(set, chain, 'a');
    if (!chain->first)
        chain->first = set->last;
    set->last = chain->first;
    return chain->first;
}

static bool family_may_have(const Family *family, uint32_t codepoint)
{
    for (int i = 0; i < family->page_count; i++)
        if (codepoint >> 8 >= family->pages[i][0] && codepoint >> 8 <= family->pages[i][1])
            return true;
    return !family->pages;
}

const Font *font_match_character(FontSet *set, const FontRequest *wanted, uint32_t codepoint)
{
    Chain *chain = chain_for(set, wanted);
    for (int i = 0; i < chain->families.count; i++) {
        if (!family_may_have(chain->families.at[i], codepoint))
            continue;
        const Font *font = i < chain->fonts.count ? chain->fonts.at[i] : NULL;
        if (!font || !face_in_range(font->face, codepoint)) {
            Face *face = family_choose(chain->families.at[i], &chain->wanted, codepoint);
            font = face ? face_font(set, face, &chain->wanted) : NULL;
        }
        if (font && font_has(font, codepoint))
            return font;
    }
    return set->system_fonts ? system_font(set, chain, codepoint) : NULL;
}
