/* <color>: css-color-4, relative colours and profiles of css-color-5, device-cmyk(), n2p-spot(). color-mix() is in color_mix.c. */
#include "css/color.h"

#include <math.h>

uint16_t color_channel(double value)
{
    return value != value || value <= 0 ? 0 : value >= 1 ? 65535 : (uint16_t)floor(value * 65535 + 0.5);
}

static Color color_of_hex(uint32_t rgb)
{
    Color color = {.space = COLOR_RGB, .alpha = 65535};
    for (int i = 0; i < 3; i++)
        color.c[i] = (uint16_t)((rgb >> (16 - 8 * i) & 255) * 257);
    return color;
}

Color color_of_look(const double rgb[3], double alpha)
{
    Color color = {.space = COLOR_RGB, .alpha = color_channel(alpha)};
    for (int i = 0; i < 3; i++)
        color.c[i] = color_channel(rgb[i]);
    return color;
}

/* For mixing and relative colours only: an ink's look is guessed as 1 - c - k. */
void color_look(const Color *color, double rgb[3])
{
    const Color *seen = color->space == COLOR_SPOT && color->alternate ? color->alternate : color;
    for (int i = 0; i < 3; i++) {
        rgb[i] = seen->space == COLOR_RGB ? seen->c[i] / 65535.0 : 0;
        if (seen->space == COLOR_CMYK)
            rgb[i] = (1 - seen->c[i] / 65535.0) * (1 - seen->c[3] / 65535.0);
    }
}

static bool parse_hex(const Token *t, Color *color)
{
    uint32_t value = 0, size = t->size;
    for (uint32_t i = 0; i < size; i++) {
        char c = t->text[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0 || size > 8)
            return false;
        value = value << 4 | (uint32_t)digit;
        if (size <= 4)
            value = value << 4 | (uint32_t)digit;
    }
    if (size != 3 && size != 4 && size != 6 && size != 8)
        return false;
    bool alpha = size == 4 || size == 8;
    *color = color_of_hex(alpha ? value >> 8 : value);
    if (alpha)
        color->alpha = (uint16_t)((value & 255) * 257);
    return true;
}

/* ---- components ---- */
bool color_part(Reader *reader, TokenRange *in, const Origins *origins, Part *part)
{
    const Token *t = range_peek(in);
    Unit unit;
    double factor;
    MathType type;
    *part = (Part){PART_NONE, 0};
    if (!t)
        return false;
    if (take_word(in, "none"))
        return true;
    for (int i = 0; origins->set && i < 4; i++)
        if (take_word(in, origins->names[i])) {
            *part = (Part){PART_NUMBER, origins->values[i]};
            return true;
        }
    if (t->kind == TOKEN_NUMBER || t->kind == TOKEN_PERCENTAGE) {
        *part = (Part){t->kind == TOKEN_NUMBER ? PART_NUMBER : PART_PERCENT, t->number};
        in->at++;
        return true;
    }
    if (t->kind == TOKEN_DIMENSION && unit_find(t, &unit, &factor) && unit == UNIT_DEGREE) {
        *part = (Part){PART_ANGLE, t->number * factor};
        in->at++;
        return true;
    }
    const Calc *calc = t->kind == TOKEN_FUNCTION ? take_math(reader, in, false, &type) : NULL;
    if (!calc || !calc_constant(calc, &part->value))
        return false;
    part->kind = type == MATH_NUMBER    ? PART_NUMBER
                 : type == MATH_PERCENT ? PART_PERCENT
                 : type == MATH_ANGLE   ? PART_ANGLE
                                        : PART_NONE;
    return part->kind != PART_NONE;
}

static double alpha_value(Part part)
{
    double value = part.kind == PART_PERCENT ? part.value / 100 : part.value;
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* Components with an optional alpha: `a b c / d`, or with commas `a, b, c, d`. */
static bool take_parts(Reader *reader, TokenRange *in, const Origins *origins, int count, Part *parts, double *alpha,
                       bool *commas)
{
    bool may_comma = *commas;
    Part part;
    *alpha = origins->set ? origins->values[3] : 1;
    *commas = false;
    for (int i = 0; i < count; i++) {
        if (i == 1 && may_comma)
            *commas = take_delim(in, ',');
        else if (i > 1 && *commas && !take_delim(in, ','))
            return false;
        if (!color_part(reader, in, origins, &parts[i]) || (*commas && parts[i].kind == PART_NONE))
            return false;
    }
    if (take_delim(in, *commas ? ',' : '/')) {
        if (!color_part(reader, in, origins, &part) || part.kind == PART_ANGLE || (*commas && part.kind == PART_NONE))
            return false;
        *alpha = alpha_value(part);
    }
    return range_empty(in);
}

/* A component's value where 100 % is `whole`; angles only where allowed. */
static bool scaled(Part part, double whole, bool hue, double *value)
{
    *value = part.kind == PART_PERCENT ? part.value / 100 * whole : part.value;
    return hue ? part.kind != PART_PERCENT : part.kind != PART_ANGLE;
}

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* ---- relative colours: "from <color>" ---- */
static const char *const channel_names[SPACE_BAD][3] = {
    [SPACE_SRGB] = {"r", "g", "b"},    [SPACE_SRGB_LINEAR] = {"r", "g", "b"}, [SPACE_DISPLAY_P3] = {"r", "g", "b"},
    [SPACE_A98] = {"r", "g", "b"},     [SPACE_PROPHOTO] = {"r", "g", "b"},    [SPACE_REC2020] = {"r", "g", "b"},
    [SPACE_XYZ_D50] = {"x", "y", "z"}, [SPACE_XYZ_D65] = {"x", "y", "z"},     [SPACE_LAB] = {"l", "a", "b"},
    [SPACE_OKLAB] = {"l", "a", "b"},   [SPACE_LCH] = {"l", "c", "h"},         [SPACE_OKLCH] = {"l", "c", "h"},
    [SPACE_HSL] = {"h", "s", "l"},     [SPACE_HWB] = {"h", "w", "b"}};

static void set_origins(Origins *origins, SpaceId space, const Color *color, bool bytes)
{
    double rgb[3], parts[3];
    color_look(color, rgb);
    space_from_srgb(space, rgb, parts);
    origins->set = true;
    for (int i = 0; i < 3; i++) {
        origins->names[i] = channel_names[space][i];
        origins->values[i] = bytes ? parts[i] * 255 : parts[i];
    }
    origins->names[3] = "alpha";
    origins->values[3] = color->alpha / 65535.0;
}

static bool take_origin(Reader *reader, TokenRange *in, Color *color, bool *relative)
{
    *relative = take_word(in, "from");
    return !*relative || color_parse(reader, in, color);
}

/* ---- functions ---- */
static bool parse_rgb(Reader *reader, TokenRange in, Color *color)
{
    Part parts[3];
    double alpha, rgb[3];
    Origins origins = {0};
    Color from;
    bool relative;
    if (!take_origin(reader, &in, &from, &relative))
        return false;
    if (relative)
        set_origins(&origins, SPACE_SRGB, &from, true);
    bool commas = !relative;
    if (!take_parts(reader, &in, &origins, 3, parts, &alpha, &commas))
        return false;
    for (int i = 0; i < 3; i++) {
        if (!scaled(parts[i], 255, false, &rgb[i]) || (commas && parts[i].kind != parts[0].kind))
            return false;
        rgb[i] /= 255;
    }
    *color = color_of_look(rgb, alpha);
    return true;
}

static bool parse_hue(Reader *reader, TokenRange in, SpaceId space, bool may_comma, Color *color)
{
    Part parts[3];
    double alpha, values[3], rgb[3];
    Origins origins = {0};
    Color from;
    bool relative;
    if (!take_origin(reader, &in, &from, &relative))
        return false;
    if (relative)
        set_origins(&origins, space, &from, false);
    bool commas = may_comma && !relative;
    if (!take_parts(reader, &in, &origins, 3, parts, &alpha, &commas) || !scaled(parts[0], 0, true, &values[0]))
        return false;
    for (int i = 1; i < 3; i++) {
        if (!scaled(parts[i], 100, false, &values[i]) || (commas && parts[i].kind != PART_PERCENT))
            return false;
        if (space == SPACE_HWB || i == 1)
            values[i] = clamp(values[i], 0, space == SPACE_HWB ? 100 : 1e9);
        else if (commas)
            values[i] = clamp(values[i], 0, 100);
    }
    if (space == SPACE_HSL && values[1] > 100)
        values[1] = 100;
    space_to_srgb(space, values, rgb);
    *color = color_of_look(rgb, alpha);
    return true;
}

static bool parse_lab(Reader *reader, TokenRange in, SpaceId space, Color *color)
{
    bool ok = space == SPACE_OKLAB || space == SPACE_OKLCH, polar = space == SPACE_LCH || space == SPACE_OKLCH;
    double light = ok ? 1 : 100, chroma = ok ? 0.4 : polar ? 150 : 125;
    Part parts[3];
    double alpha, values[3], rgb[3];
    Origins origins = {0};
    Color from;
    bool relative, commas = false;
    if (!take_origin(reader, &in, &from, &relative))
        return false;
    if (relative)
        set_origins(&origins, space, &from, false);
    if (!take_parts(reader, &in, &origins, 3, parts, &alpha, &commas))
        return false;
    if (!scaled(parts[0], light, false, &values[0]) || !scaled(parts[1], chroma, false, &values[1]) ||
        !scaled(parts[2], chroma, polar, &values[2]))
        return false;
    values[0] = clamp(values[0], 0, light);
    if (polar && values[1] < 0)
        values[1] = 0;
    space_to_srgb(space, values, rgb);
    *color = color_of_look(rgb, alpha);
    return true;
}

/* color(--name a b c d): components of a profile that @color-profile names; at most four. */
static bool parse_profile_color(Reader *reader, TokenRange in, const Token *name, Color *color)
{
    Part part;
    Origins origins = {0};
    int count = 0;
    *color = (Color){.space = COLOR_PROFILE, .alpha = 65535, .spot = intern_token(reader, name)};
    while (!range_empty(&in) && !take_delim(&in, '/')) {
        double value;
        if (count == 4 || !color_part(reader, &in, &origins, &part) || !scaled(part, 1, false, &value))
            return false;
        color->c[count++] = color_channel(value);
        if (range_peek(&in) == NULL)
            return true;
    }
    if (count == 0 || !color_part(reader, &in, &origins, &part) || part.kind == PART_ANGLE)
        return false;
    color->alpha = color_channel(alpha_value(part));
    return range_empty(&in);
}

static bool parse_color_function(Reader *reader, TokenRange in, Color *color)
{
    Part parts[3];
    double alpha, values[3], rgb[3];
    Origins origins = {0};
    Color from;
    bool relative, commas = false;
    if (!take_origin(reader, &in, &from, &relative))
        return false;
    const Token *t = range_peek(&in);
    SpaceId space = t && t->kind == TOKEN_IDENT ? space_find(t->text, t->size) : SPACE_BAD;
    if (!relative && t && t->kind == TOKEN_IDENT && t->size > 2 && strncmp(t->text, "--", 2) == 0) {
        in.at++;
        return parse_profile_color(reader, in, t, color);
    }
    if (space > SPACE_XYZ_D65)
        return false;
    in.at++;
    if (relative)
        set_origins(&origins, space, &from, false);
    if (!take_parts(reader, &in, &origins, 3, parts, &alpha, &commas))
        return false;
    for (int i = 0; i < 3; i++)
        if (!scaled(parts[i], 1, false, &values[i]))
            return false;
    space_to_srgb(space, values, rgb);
    *color = color_of_look(rgb, alpha);
    return true;
}

static bool parse_cmyk(Reader *reader, TokenRange in, Color *color)
{
    Part parts[4];
    double alpha, value;
    Origins origins = {0};
    bool commas = true;
    TokenRange fallback = in; /* an older draft: a fallback colour after a comma */
    for (int commas_seen = 0; fallback.at < fallback.end; fallback.at = token_after(fallback.at, fallback.end)) {
        commas_seen += fallback.at->kind == TOKEN_COMMA;
        if (fallback.at->kind == TOKEN_COMMA && commas_seen == 1 && fallback.at + 1 < fallback.end) {
            TokenRange rest = {fallback.at + 1, fallback.end};
            Color ignored;
            TokenRange saved = rest;
            if (color_parse(reader, &rest, &ignored) && range_empty(&rest))
                in.end = saved.at - 1;
        }
    }
    if (!take_parts(reader, &in, &origins, 4, parts, &alpha, &commas))
        return false;
    *color = (Color){.space = COLOR_CMYK, .alpha = color_channel(alpha)};
    for (int i = 0; i < 4; i++) {
        if (!scaled(parts[i], 1, false, &value))
            return false;
        color->c[i] = color_channel(value);
    }
    return true;
}

/* n2p-spot("ink", tint, fallback): tint and fallback may be left out. */
static bool parse_spot(Reader *reader, TokenRange in, Color *color)
{
    const Token *t = range_peek(&in);
    Part part = {PART_NUMBER, 1};
    Origins origins = {0};
    Color alternate;
    if (!t || (t->kind != TOKEN_STRING && t->kind != TOKEN_IDENT))
        return false;
    *color = (Color){.space = COLOR_SPOT, .alpha = 65535, .spot = intern_token(reader, t)};
    in.at++;
    if (take_delim(&in, ',')) {
        TokenRange saved = in;
        if (color_part(reader, &in, &origins, &part))
            take_delim(&in, ',');
        else
            in = saved;
        if (!range_empty(&in)) {
            if (!color_parse(reader, &in, &alternate) || !range_empty(&in))
                return false;
            color->alternate = arena_copy(reader->arena, &alternate, sizeof alternate);
        }
    }
    color->c[0] = color_channel(alpha_value(part));
    return range_empty(&in);
}

static bool parse_function(Reader *reader, const Token *name, TokenRange in, Color *color)
{
    if (token_is(name, "rgb") || token_is(name, "rgba"))
        return parse_rgb(reader, in, color);
    if (token_is(name, "hsl") || token_is(name, "hsla"))
        return parse_hue(reader, in, SPACE_HSL, true, color);
    if (token_is(name, "hwb"))
        return parse_hue(reader, in, SPACE_HWB, false, color);
    if (token_is(name, "lab"))
        return parse_lab(reader, in, SPACE_LAB, color);
    if (token_is(name, "lch"))
        return parse_lab(reader, in, SPACE_LCH, color);
    if (token_is(name, "oklab"))
        return parse_lab(reader, in, SPACE_OKLAB, color);
    if (token_is(name, "oklch"))
        return parse_lab(reader, in, SPACE_OKLCH, color);
    if (token_is(name, "color"))
        return parse_color_function(reader, in, color);
    if (token_is(name, "color-mix"))
        return color_mix_parse(reader, in, color);
    if (token_is(name, "device-cmyk") || token_is(name, "cmyk"))
        return parse_cmyk(reader, in, color);
    if (token_is(name, "n2p-spot") || token_is(name, "-n2p-spot"))
        return parse_spot(reader, in, color);
    return false;
}

static bool parse_ident(const Token *t, Color *color)
{
    if (token_is(t, "currentcolor")) {
        *color = (Color){.space = COLOR_CURRENT, .alpha = 65535};
        return true;
    }
    if (token_is(t, "transparent")) {
        *color = (Color){.space = COLOR_RGB};
        return true;
    }
    int32_t rgb = color_named(t->text, t->size);
    *color = color_of_hex(rgb < 0 ? 0 : (uint32_t)rgb);
    return rgb >= 0;
}

bool color_parse(Reader *reader, TokenRange *in, Color *color)
{
    const Token *t = range_peek(in);
    TokenRange saved = *in, arguments;
    if (!t)
        return false;
    if ((t->kind == TOKEN_HASH && parse_hex(t, color)) || (t->kind == TOKEN_IDENT && parse_ident(t, color))) {
        in->at++;
        return true;
    }
    if (t->kind != TOKEN_FUNCTION || reader->depth > 32 || !take_function(in, NULL, &arguments))
        return false;
    reader->depth++;
    bool good = parse_function(reader, t, arguments, color);
    reader->depth--;
    if (!good)
        *in = saved;
    return good;
}

const Value *take_color(Reader *reader, TokenRange *in)
{
    Value value = {.kind = VALUE_COLOR};
    return color_parse(reader, in, &value.color) ? value_new(reader, value) : NULL;
}
