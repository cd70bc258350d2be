/* V properties of boxes and decoration: css-position-3, css-sizing-4, css-backgrounds-3, css-transforms-1, css-shapes-1. */
#include "css/values.h"

/* ---- boxes ---- */
static const Value *parse_position_property(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    ValueList list = {0};
    const Value *keyword = take_keyword_of(reader, in, "static relative absolute fixed sticky");
    if (keyword)
        return keyword;
    if (take_word(in, "-webkit-sticky"))
        return value_keyword(reader, KW_STICKY);
    if (!take_function(in, "running", &arguments))
        return NULL;
    const Value *name = take_custom_ident(reader, &arguments);
    if (!name || !range_empty(&arguments))
        return NULL;
    VEC_PUSH(reader->arena, list, name);
    return value_function(reader, "running", &list);
}

static const Value *parse_aspect_ratio(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    bool automatic = take_word(in, "auto");
    TokenRange saved = *in;
    const Token *t = range_peek(in);
    double w = t && t->kind == TOKEN_NUMBER ? t->number : 0, h = 1;
    const Value *width = take_number(reader, in, 0), *height = NULL;
    if (width && take_delim(in, '/')) {
        t = range_peek(in);
        h = t && t->kind == TOKEN_NUMBER ? t->number : 0;
        if ((height = take_number(reader, in, 0)) == NULL)
            return NULL;
    }
    if (!automatic)
        automatic = take_word(in, "auto");
    if (!width)
        return automatic && saved.at <= in->at ? value_keyword(reader, KW_AUTO) : NULL;
    if (width->size.calc || (height && height->size.calc) || w <= 0 || h <= 0) {
        w = width->number;
        h = height ? height->number : RATIO_ONE;
    }
    if (w <= 0 || h <= 0)
        return value_keyword(reader, KW_AUTO);
    double scale = (w > h ? w : h) / 1024;
    if (automatic)
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_AUTO));
    for (int i = 0; i < 2; i++) {
        double side = (i ? h : w) / scale * RATIO_ONE;
        VEC_PUSH(reader->arena, list,
                 value_new(reader, (Value){.kind = VALUE_NUMBER, .number = side < 1 ? 1 : (int32_t)(side + 0.5)}));
    }
    return value_list(reader, &list);
}

static const Value *parse_initial_letter(Reader *reader, TokenRange *in)
{
    bool drop = take_word(in, "drop"), raise = !drop && take_word(in, "raise");
    const Value *size = take_number(reader, in, 1), *sink = take_integer(reader, in, 1);
    if (!size)
        return NULL;
    drop = drop || take_word(in, "drop");
    raise = raise || (!drop && take_word(in, "raise"));
    if (!sink)
        sink = value_new(reader, (Value){.kind = VALUE_INTEGER, .number = raise ? 1 : size->number / RATIO_ONE});
    return value_pair(reader, size, sink);
}

/* <pitch> [<least change> <most change>]? <length over whole lines>? */
static const Value *parse_snap_height(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *pitch = take_size(reader, in, 0);
    if (!pitch)
        return NULL;
    VEC_PUSH(reader->arena, list, pitch);
    const Value *least = take_integer(reader, in, INT_MIN), *most = least ? take_integer(reader, in, INT_MIN) : NULL;
    if (least && !most)
        return NULL;
    if (least) {
        VEC_PUSH(reader->arena, list, least);
        VEC_PUSH(reader->arena, list, most);
    }
    const Value *extra = take_size(reader, in, 0);
    if (extra)
        VEC_PUSH(reader->arena, list, extra);
    return value_list(reader, &list);
}

static const Value *parse_words(Reader *reader, TokenRange *in, const char *words)
{
    ValueList list = {0};
    return take_repeated(reader, in, words, &list) ? value_list(reader, &list) : NULL;
}

/* ---- shapes: css-shapes-1 3 ---- */
static const Value *take_radius(Reader *reader, TokenRange *in)
{
    const Value *keyword = take_keyword_of(reader, in, "closest-side farthest-side closest-corner farthest-corner");
    return keyword ? keyword : take_size(reader, in, ALLOW_PERCENT);
}

static const Value *circle_shape(Reader *reader, TokenRange in, int radii, const char *name)
{
    ValueList list = {0};
    for (int i = 0; i < radii; i++) {
        const Value *radius = take_radius(reader, &in);
        if (!radius && i > 0 && list.at[0]->kind == VALUE_SIZE)
            return NULL;
        VEC_PUSH(reader->arena, list, radius ? radius : value_keyword(reader, KW_CLOSEST_SIDE));
    }
    Value half = value_of_percent(RATIO_ONE / 2);
    const Value *position = value_pair(reader, &half, &half);
    if (take_word(&in, "at") && (position = take_position(reader, &in)) == NULL)
        return NULL;
    VEC_PUSH(reader->arena, list, position);
    return range_empty(&in) ? value_function(reader, name, &list) : NULL;
}

/* One to four values for four sides; each by take. */
typedef const Value *(*TakeSide)(Reader *, TokenRange *);
static bool take_sides(Reader *reader, TokenRange *in, TakeSide take, const Value *sides[4])
{
    int count = 0;
    while (count < 4 && (sides[count] = take(reader, in)) != NULL)
        count++;
    if (count == 0)
        return false;
    if (count < 2)
        sides[1] = sides[0];
    if (count < 3)
        sides[2] = sides[0];
    if (count < 4)
        sides[3] = sides[1];
    return true;
}

static const Value *take_positive(Reader *reader, TokenRange *in)
{
    return take_size(reader, in, ALLOW_PERCENT);
}

static const Value *take_any_size(Reader *reader, TokenRange *in)
{
    return take_size(reader, in, ALLOW_PERCENT | ALLOW_NEGATIVE);
}

bool take_radii(Reader *reader, TokenRange *in, const Value *corners[4])
{
    const Value *x[4], *y[4];
    if (!take_sides(reader, in, take_positive, x))
        return false;
    memcpy(y, x, sizeof y);
    if (take_delim(in, '/') && !take_sides(reader, in, take_positive, y))
        return false;
    for (int i = 0; i < 4; i++)
        corners[i] = value_pair(reader, x[i], y[i]);
    return true;
}

static const Value *inset_shape(Reader *reader, TokenRange in)
{
    const Value *sides[4], *corners[4];
    ValueList list = {0};
    Value zero = value_of_len(0);
    if (!take_sides(reader, &in, take_any_size, sides))
        return NULL;
    for (int i = 0; i < 4; i++) {
        VEC_PUSH(reader->arena, list, sides[i]);
        corners[i] = value_pair(reader, &zero, &zero);
    }
    if (take_word(&in, "round") && !take_radii(reader, &in, corners))
        return NULL;
    for (int i = 0; i < 4; i++)
        VEC_PUSH(reader->arena, list, corners[i]);
    return range_empty(&in) ? value_function(reader, "inset", &list) : NULL;
}

static const Value *polygon_shape(Reader *reader, TokenRange in)
{
    ValueList list = {0};
    const Value *rule = take_keyword_of(reader, &in, "nonzero evenodd");
    if (rule && !take_delim(&in, ','))
        return NULL;
    VEC_PUSH(reader->arena, list, rule ? rule : value_keyword(reader, KW_NONZERO));
    do {
        const Value *x = take_any_size(reader, &in), *y = take_any_size(reader, &in);
        if (!x || !y)
            return NULL;
        VEC_PUSH(reader->arena, list, value_pair(reader, x, y));
    } while (take_delim(&in, ','));
    return range_empty(&in) ? value_function(reader, "polygon", &list) : NULL;
}

static const Value *path_shape(Reader *reader, TokenRange in)
{
    ValueList list = {0};
    const Value *rule = take_keyword_of(reader, &in, "nonzero evenodd");
    if (rule && !take_delim(&in, ','))
        return NULL;
    const Value *path = take_string(reader, &in);
    if (!path || !range_empty(&in))
        return NULL;
    VEC_PUSH(reader->arena, list, rule ? rule : value_keyword(reader, KW_NONZERO));
    VEC_PUSH(reader->arena, list, path);
    return value_function(reader, "path", &list);
}

static const Value *take_basic_shape(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    if (take_function(in, "circle", &arguments))
        return circle_shape(reader, arguments, 1, "circle");
    if (take_function(in, "ellipse", &arguments))
        return circle_shape(reader, arguments, 2, "ellipse");
    if (take_function(in, "inset", &arguments))
        return inset_shape(reader, arguments);
    if (take_function(in, "polygon", &arguments))
        return polygon_shape(reader, arguments);
    return take_function(in, "path", &arguments) ? path_shape(reader, arguments) : NULL;
}

static const Value *parse_shape(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *box =
        take_keyword_of(reader, in, "margin-box border-box padding-box content-box fill-box stroke-box view-box");
    TokenRange saved = *in;
    const Value *shape = take_basic_shape(reader, in);
    if (!shape)
        *in = saved;
    if (!shape && !box)
        shape = take_image(reader, in);
    if (!box)
        box = take_keyword_of(reader, in, "margin-box border-box padding-box content-box fill-box stroke-box view-box");
    if (shape)
        VEC_PUSH(reader->arena, list, shape);
    if (box)
        VEC_PUSH(reader->arena, list, box);
    return list.count ? value_list(reader, &list) : NULL;
}

const Value *parse_box_value(Reader *reader, int property, TokenRange *in)
{
    switch (property) {
    case PROPERTY_POSITION: return parse_position_property(reader, in);
    case PROPERTY_ASPECT_RATIO: return parse_aspect_ratio(reader, in);
    case PROPERTY_OBJECT_POSITION: return take_position(reader, in);
    default: break;
    }
    const Value *plain = take_keyword_of(reader, in, property == PROPERTY_INITIAL_LETTER ? "normal" : "none");
    if (plain)
        return plain;
    switch (property) {
    case PROPERTY_CONTAIN: return parse_words(reader, in, "strict content size inline-size layout style paint");
    case PROPERTY_INITIAL_LETTER: return parse_initial_letter(reader, in);
    case PROPERTY_SHAPE_OUTSIDE: return parse_shape(reader, in);
    case PROPERTY_SNAP_HEIGHT: return parse_snap_height(reader, in);
    default: return NULL;
    }
}

/* ---- backgrounds: one value a layer ---- */
static const Value *take_axis(Reader *reader, TokenRange *in, const char *near, const char *far)
{
    bool is_far = take_word(in, far), is_near = !is_far && take_word(in, near);
    if (!is_far && !is_near && take_word(in, "center")) {
        Value half = value_of_percent(RATIO_ONE / 2);
        return value_new(reader, half);
    }
    const Value *size = take_any_size(reader, in);
    if (!size && (is_far || is_near))
        return value_new(reader, value_of_percent(is_far ? RATIO_ONE : 0));
    return size && is_far ? value_from_far_edge(reader, size) : size;
}

static const Value *take_size_or_auto(Reader *reader, TokenRange *in)
{
    return take_word(in, "auto") ? value_new(reader, value_of_size_keyword(KW_AUTO)) : take_positive(reader, in);
}

static const Value *take_bg_size(Reader *reader, TokenRange *in)
{
    const Value *keyword = take_keyword_of(reader, in, "cover contain");
    if (keyword)
        return keyword;
    const Value *width = take_size_or_auto(reader, in), *height = width ? take_size_or_auto(reader, in) : NULL;
    if (!width)
        return NULL;
    return value_pair(reader, width, height ? height : value_new(reader, value_of_size_keyword(KW_AUTO)));
}

static const Value *take_bg_repeat(Reader *reader, TokenRange *in)
{
    if (take_word(in, "repeat-x"))
        return value_pair(reader, value_keyword(reader, KW_REPEAT), value_keyword(reader, KW_NO_REPEAT));
    if (take_word(in, "repeat-y"))
        return value_pair(reader, value_keyword(reader, KW_NO_REPEAT), value_keyword(reader, KW_REPEAT));
    const Value *x = take_keyword_of(reader, in, "repeat space round no-repeat");
    const Value *y = x ? take_keyword_of(reader, in, "repeat space round no-repeat") : NULL;
    return x ? value_pair(reader, x, y ? y : x) : NULL;
}

const Value *take_background_layer(Reader *reader, int property, TokenRange *in)
{
    switch (property) {
    case PROPERTY_BACKGROUND_IMAGE: {
        const Value *none = take_keyword_of(reader, in, "none");
        return none ? none : take_image(reader, in);
    }
    case PROPERTY_BACKGROUND_POSITION_X: return take_axis(reader, in, "left", "right");
    case PROPERTY_BACKGROUND_POSITION_Y: return take_axis(reader, in, "top", "bottom");
    case PROPERTY_BACKGROUND_SIZE: return take_bg_size(reader, in);
    case PROPERTY_BACKGROUND_REPEAT: return take_bg_repeat(reader, in);
    case PROPERTY_BACKGROUND_ATTACHMENT: return take_keyword_of(reader, in, "scroll fixed local");
    case PROPERTY_BACKGROUND_CLIP: return take_keyword_of(reader, in, "border-box padding-box content-box text");
    default: return take_keyword_of(reader, in, "border-box padding-box content-box");
    }
}

static const Value *parse_layers(Reader *reader, int property, TokenRange *in)
{
    ValueList list = {0};
    bool any = property != PROPERTY_BACKGROUND_IMAGE;
    do {
        const Value *layer = take_background_layer(reader, property, in);
        if (!layer)
            return NULL;
        any = any || layer->kind != VALUE_KEYWORD;
        VEC_PUSH(reader->arena, list, layer);
    } while (take_delim(in, ','));
    return any ? value_list(reader, &list) : value_keyword(reader, KW_NONE);
}

/* ---- borders ---- */
static const Value *parse_radius(Reader *reader, TokenRange *in)
{
    const Value *x = take_positive(reader, in), *y = x ? take_positive(reader, in) : NULL;
    return x ? value_pair(reader, x, y ? y : x) : NULL;
}

static const Value *take_slice(Reader *reader, TokenRange *in)
{
    const Value *number = take_number(reader, in, 0), *percentage = number ? NULL : take_percentage(reader, in);
    return number ? number : percentage && percentage->number >= 0 ? percentage : NULL;
}

static const Value *take_border_part(Reader *reader, TokenRange *in)
{
    return take_word(in, "auto") ? value_new(reader, value_of_size_keyword(KW_AUTO))
                                 : take_size(reader, in, ALLOW_PERCENT | ALLOW_NUMBER);
}

static const Value *take_outset(Reader *reader, TokenRange *in)
{
    return take_size(reader, in, ALLOW_NUMBER);
}

const Value *take_border_image_part(Reader *reader, int property, TokenRange *in)
{
    const Value *sides[4];
    ValueList list = {0};
    bool fill = property == PROPERTY_BORDER_IMAGE_SLICE && take_word(in, "fill");
    if (property == PROPERTY_BORDER_IMAGE_REPEAT) {
        const Value *x = take_keyword_of(reader, in, "stretch repeat round space");
        const Value *y = x ? take_keyword_of(reader, in, "stretch repeat round space") : NULL;
        return x ? value_pair(reader, x, y ? y : x) : NULL;
    }
    TakeSide take = property == PROPERTY_BORDER_IMAGE_SLICE   ? take_slice
                    : property == PROPERTY_BORDER_IMAGE_WIDTH ? take_border_part
                                                              : take_outset;
    if (!take_sides(reader, in, take, sides))
        return NULL;
    for (int i = 0; i < 4; i++)
        VEC_PUSH(reader->arena, list, sides[i]);
    if (fill || (property == PROPERTY_BORDER_IMAGE_SLICE && take_word(in, "fill")))
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_FILL));
    return value_list(reader, &list);
}

static const Value *take_shadow(Reader *reader, TokenRange *in, bool box)
{
    const Value *color = NULL, *lengths[4];
    ValueList list = {0};
    bool inset = false;
    int count = 0;
    while (!range_empty(in) && range_peek(in)->kind != TOKEN_COMMA) {
        if (box && !inset && take_word(in, "inset")) {
            inset = true;
        } else if (count == 0 && (lengths[0] = take_size(reader, in, ALLOW_NEGATIVE)) != NULL) {
            for (count = 1; count < (box ? 4 : 3) &&
                            (lengths[count] = take_size(reader, in, count == 2 ? 0 : ALLOW_NEGATIVE)) != NULL;
                 count++)
                ;
        } else if (color || (color = take_color(reader, in)) == NULL) {
            return NULL;
        }
    }
    if (count < 2)
        return NULL;
    Value zero = value_of_len(0), current = {.kind = VALUE_COLOR, .color = {.space = COLOR_CURRENT, .alpha = 65535}};
    VEC_PUSH(reader->arena, list, color ? color : &current);
    for (int i = 0; i < 4; i++)
        VEC_PUSH(reader->arena, list, i < count ? lengths[i] : &zero);
    VEC_PUSH(reader->arena, list, value_keyword(reader, inset ? KW_INSET : KW_NONE));
    return value_list(reader, &list);
}

const Value *parse_shadows(Reader *reader, TokenRange *in, bool box)
{
    ValueList list = {0};
    do {
        const Value *shadow = take_shadow(reader, in, box);
        if (!shadow)
            return NULL;
        VEC_PUSH(reader->arena, list, shadow);
    } while (take_delim(in, ','));
    return value_list(reader, &list);
}

/* ---- transforms: css-transforms-1 and -2; arguments by letter: n number, p length-percentage, l length, a angle, s number or percentage */
static const struct {
    const char *name, *arguments;
    int least;
} transforms[] = {
    {"matrix", "nnnnnn", 6},   {"matrix3d", "nnnnnnnnnnnnnnnn", 16},
    {"translate", "pp", 1},    {"translatex", "p", 1},
    {"translatey", "p", 1},    {"translatez", "l", 1},
    {"translate3d", "ppl", 3}, {"scale", "ss", 1},
    {"scalex", "s", 1},        {"scaley", "s", 1},
    {"scalez", "s", 1},        {"scale3d", "sss", 3},
    {"rotate", "a", 1},        {"rotatex", "a", 1},
    {"rotatey", "a", 1},       {"rotatez", "a", 1},
    {"rotate3d", "nnna", 4},   {"skew", "aa", 1},
    {"skewx", "a", 1},         {"skewy", "a", 1},
    {"perspective", "l", 1},
};

static const Value *take_transform_argument(Reader *reader, TokenRange *in, char letter)
{
    switch (letter) {
    case 'n': return take_number(reader, in, -1e9);
    case 's': return take_number_or_percentage(reader, in, -1e9);
    case 'p': return take_any_size(reader, in);
    case 'l': return take_size(reader, in, ALLOW_NEGATIVE);
    default: return take_angle(reader, in, true);
    }
}

static const Value *take_transform(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    for (size_t i = 0; i < sizeof transforms / sizeof *transforms; i++) {
        ValueList list = {0};
        if (!take_function(in, transforms[i].name, &arguments))
            continue;
        for (const char *letter = transforms[i].arguments; *letter; letter++) {
            if (list.count && !take_delim(&arguments, ','))
                break;
            const Value *argument = take_transform_argument(reader, &arguments, *letter);
            if (!argument)
                return NULL;
            VEC_PUSH(reader->arena, list, argument);
        }
        return list.count >= transforms[i].least && range_empty(&arguments)
                   ? value_function(reader, transforms[i].name, &list)
                   : NULL;
    }
    return NULL;
}

static const Value *parse_transforms(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    while (!range_empty(in)) {
        const Value *function = take_transform(reader, in);
        if (!function)
            return NULL;
        VEC_PUSH(reader->arena, list, function);
    }
    return value_list(reader, &list);
}

static const Value *parse_transform_origin(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    Value zero = value_of_len(0);
    TokenRange part = {in->at, in->at};
    for (int i = 0; i < 2 && part.end < in->end;) { /* at most two parts are the position */
        i += part.end->kind != TOKEN_SPACE;
        part.end = token_after(part.end, in->end);
    }
    const Value *position = take_position(reader, &part);
    if (!position || !range_empty(&part))
        return NULL;
    in->at = part.at;
    const Value *depth = range_empty(in) ? NULL : take_size(reader, in, ALLOW_NEGATIVE);
    VEC_PUSH(reader->arena, list, &position->items[0]);
    VEC_PUSH(reader->arena, list, &position->items[1]);
    VEC_PUSH(reader->arena, list, depth ? depth : &zero);
    return value_list(reader, &list);
}

static const Value *parse_clip(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    ValueList list = {0};
    if (!take_function(in, "rect", &arguments))
        return NULL;
    for (int i = 0; i < 4; i++) {
        bool automatic = take_word(&arguments, "auto");
        const Value *side = automatic ? value_new(reader, value_of_size_keyword(KW_AUTO))
                                      : take_size(reader, &arguments, ALLOW_NEGATIVE);
        if (!side)
            return NULL;
        VEC_PUSH(reader->arena, list, side);
        if (i < 3)
            take_delim(&arguments, ',');
    }
    return range_empty(&arguments) ? value_function(reader, "rect", &list) : NULL;
}

const Value *parse_decoration_value(Reader *reader, int property, TokenRange *in)
{
    if (property >= PROPERTY_BACKGROUND_IMAGE && property <= PROPERTY_BACKGROUND_CLIP)
        return parse_layers(reader, property, in);
    if (property >= PROPERTY_BORDER_TOP_LEFT_RADIUS && property <= PROPERTY_BORDER_BOTTOM_LEFT_RADIUS)
        return parse_radius(reader, in);
    if (property >= PROPERTY_BORDER_IMAGE_SLICE && property <= PROPERTY_BORDER_IMAGE_REPEAT)
        return take_border_image_part(reader, property, in);
    if (property == PROPERTY_TRANSFORM_ORIGIN)
        return parse_transform_origin(reader, in);
    const Value *plain = take_keyword_of(reader, in, property == PROPERTY_CLIP ? "auto" : "none");
    if (plain)
        return plain;
    switch (property) {
    case PROPERTY_BORDER_IMAGE_SOURCE: return take_image(reader, in);
    case PROPERTY_BOX_SHADOW: return parse_shadows(reader, in, true);
    case PROPERTY_TRANSFORM: return parse_transforms(reader, in);
    case PROPERTY_CLIP: return parse_clip(reader, in);
    case PROPERTY_CLIP_PATH: return parse_shape(reader, in);
    case PROPERTY_TEXT_DECORATION_LINE: return parse_words(reader, in, "underline overline line-through blink");
    default: return NULL;
    }
}
