/* color-mix(): css-color-5 2. Inks are mixed as they look. */
#include "css/color.h"

typedef struct {
    Color color;
    double share; /* -1: not said */
} MixPart;

static bool take_mix_part(Reader *reader, TokenRange *in, MixPart *part)
{
    Origins origins = {0};
    Part share;
    TokenRange saved = *in;
    part->share = -1;
    if (color_part(reader, in, &origins, &share) && share.kind == PART_PERCENT)
        part->share = share.value / 100;
    else
        *in = saved;
    if (!color_parse(reader, in, &part->color))
        return false;
    saved = *in;
    if (part->share < 0 && color_part(reader, in, &origins, &share) && share.kind == PART_PERCENT)
        part->share = share.value / 100;
    else if (part->share < 0)
        *in = saved;
    return part->share <= 1;
}

typedef enum { HUE_SHORTER, HUE_LONGER, HUE_INCREASING, HUE_DECREASING } HueWay;

static double mix_hue(double a, double b, double share, HueWay way)
{
    double d = b - a;
    if (way == HUE_SHORTER)
        d = d > 180 ? d - 360 : d < -180 ? d + 360 : d;
    else if (way == HUE_LONGER)
        d = d > 0 && d < 180 ? d - 360 : d <= 0 && d > -180 ? d + 360 : d;
    else if (way == HUE_INCREASING)
        d = d < 0 ? d + 360 : d;
    else
        d = d > 0 ? d - 360 : d;
    return a + d * share;
}

static HueWay take_hue_way(TokenRange *in)
{
    static const char *const ways[] = {"shorter", "longer", "increasing", "decreasing"};
    for (int i = 0; i < 4; i++)
        if (take_word(in, ways[i])) {
            take_word(in, "hue");
            return (HueWay)i;
        }
    return HUE_SHORTER;
}

static Color mix(SpaceId space, const Color *a, const Color *b, double share, double scale, HueWay way)
{
    double one[3], two[3], rgb[3], alpha_a = a->alpha / 65535.0, alpha_b = b->alpha / 65535.0;
    int hue = space_hue(space);
    color_look(a, rgb);
    space_from_srgb(space, rgb, one);
    color_look(b, rgb);
    space_from_srgb(space, rgb, two);
    if (hue >= 0 && (a->alpha == 0 ||
                     one[1] < 1e-4 * (space == SPACE_OKLCH ? 1 : 100))) /* a hue without colour counts for nothing */
        one[hue] = two[hue];
    if (hue >= 0 && (b->alpha == 0 || two[1] < 1e-4 * (space == SPACE_OKLCH ? 1 : 100)))
        two[hue] = one[hue];
    double alpha = alpha_a * (1 - share) + alpha_b * share;
    for (int i = 0; i < 3; i++) {
        if (i == hue)
            one[i] = mix_hue(one[i], two[i], share, way);
        else
            one[i] = alpha > 0 ? (one[i] * alpha_a * (1 - share) + two[i] * alpha_b * share) / alpha : 0;
    }
    space_to_srgb(space, one, rgb);
    return color_of_look(rgb, alpha * scale);
}

bool color_mix_parse(Reader *reader, TokenRange in, Color *color)
{
    MixPart a, b;
    SpaceId space = SPACE_OKLAB;
    HueWay way = HUE_SHORTER;
    if (take_word(&in, "in")) {
        const Token *t = range_peek(&in);
        space = t && t->kind == TOKEN_IDENT ? space_find(t->text, t->size) : SPACE_BAD;
        if (space == SPACE_BAD)
            return false;
        in.at++;
        way = take_hue_way(&in);
        if (!take_delim(&in, ','))
            return false;
    }
    if (!take_mix_part(reader, &in, &a) || !take_delim(&in, ',') || !take_mix_part(reader, &in, &b) ||
        !range_empty(&in))
        return false;
    if (a.share < 0 && b.share < 0)
        a.share = b.share = 0.5;
    else if (a.share < 0)
        a.share = 1 - b.share;
    else if (b.share < 0)
        b.share = 1 - a.share;
    double sum = a.share + b.share;
    if (sum <= 0)
        return false;
    const MixPart *current = a.color.space == COLOR_CURRENT ? &a : b.color.space == COLOR_CURRENT ? &b : NULL;
    if (current) { /* only its alpha can be known here */
        const MixPart *other = current == &a ? &b : &a;
        double alpha = (current->color.alpha * current->share + other->color.alpha * other->share) / sum / 65535;
        *color = current->color;
        color->alpha = color_channel(alpha * (sum < 1 ? sum : 1));
        return true;
    }
    *color = mix(space, &a.color, &b.color, b.share / sum, sum < 1 ? sum : 1, way);
    return true;
}
