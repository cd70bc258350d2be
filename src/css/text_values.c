/* V properties of fonts and text: css-fonts-4, css-text-4, css-lists-3, css-text-decor-4. */
#include "css/values.h"

/* ---- fonts ---- */
static const char generics[] =
    "serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace math emoji fangsong";

static const Value *take_family(Reader *reader, TokenRange *in)
{
    const Value *string = take_string(reader, in);
    if (string)
        return string;
    Buffer name = {.arena = reader->arena};
    int words = 0;
    uint16_t generic = 0;
    for (const Token *t; (t = range_peek(in)) != NULL && t->kind == TOKEN_IDENT; in->at++, words++) {
        generic = words == 0 && word_in_list(generics, t->text, t->size) ? keyword_find(t->text, t->size) : 0;
        if (words)
            buffer_text(&name, " ");
        buffer_add(&name, t->text, t->size);
    }
    if (words == 0)
        return NULL;
    if (generic)
        return value_keyword(reader, generic);
    uint16_t wide = words == 1 ? keyword_find(name.data, name.size) : 0;
    if (keyword_is_wide(wide))
        return NULL;
    return value_new(reader, (Value){.kind = VALUE_STRING, .text = name_intern(reader->names, name.data, name.size)});
}

const Value *parse_font_family(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    do {
        const Value *family = take_family(reader, in);
        if (!family)
            return NULL;
        VEC_PUSH(reader->arena, list, family);
    } while (take_delim(in, ','));
    return value_list(reader, &list);
}

/* Words of several groups, at most one of each: "lining-nums|oldstyle-nums ordinal ..." */
static const Value *parse_groups(Reader *reader, TokenRange *in, const char *const *groups, int count)
{
    ValueList list = {0};
    unsigned used = 0;
    while (!range_empty(in)) {
        int group = 0;
        const Value *word = NULL;
        for (; group < count && !word; group += !word)
            word = take_keyword_of(reader, in, groups[group]);
        if (!word || used >> group & 1)
            return NULL;
        used |= 1u << group;
        VEC_PUSH(reader->arena, list, word);
    }
    return list.count ? value_list(reader, &list) : NULL;
}

static const Value *parse_ligatures(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"common-ligatures no-common-ligatures",
                                         "discretionary-ligatures no-discretionary-ligatures",
                                         "historical-ligatures no-historical-ligatures", "contextual no-contextual"};
    const Value *none = take_keyword_of(reader, in, "none");
    return none ? none : parse_groups(reader, in, groups, 4);
}

static const Value *parse_numeric(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"lining-nums oldstyle-nums", "proportional-nums tabular-nums",
                                         "diagonal-fractions stacked-fractions", "ordinal", "slashed-zero"};
    return parse_groups(reader, in, groups, 5);
}

static const Value *parse_east_asian(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"jis78 jis83 jis90 jis04 simplified traditional",
                                         "full-width proportional-width", "ruby"};
    return parse_groups(reader, in, groups, 3);
}

static const Value *parse_alternates(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    static const char *const functions[] = {"stylistic", "styleset",  "character-variant",
                                            "swash",     "ornaments", "annotation"};
    while (!range_empty(in)) {
        const Value *value = take_keyword_of(reader, in, "historical-forms");
        for (int i = 0; i < 6 && !value; i++) {
            TokenRange arguments;
            ValueList names = {0};
            if (!take_function(in, functions[i], &arguments))
                continue;
            do {
                const Value *name = take_custom_ident(reader, &arguments);
                if (!name)
                    return NULL;
                VEC_PUSH(reader->arena, names, name);
            } while (take_delim(&arguments, ','));
            value = range_empty(&arguments) ? value_function(reader, functions[i], &names) : NULL;
            break;
        }
        if (!value)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
    }
    return value_list(reader, &list);
}

/* "tag" number, ... */
static const Value *parse_tags(Reader *reader, TokenRange *in, bool variations)
{
    ValueList list = {0};
    do {
        const Value *tag = take_string(reader, in), *number;
        if (!tag || strlen(tag->text) != 4)
            return NULL;
        if (variations) {
            number = take_number(reader, in, -1e9);
        } else if (take_word(in, "on") || take_word(in, "off")) {
            number = value_new(reader, (Value){.kind = VALUE_INTEGER, .number = token_is(&in->at[-1], "on")});
        } else {
            number = take_integer(reader, in, 0);
            if (!number)
                number = value_new(reader, (Value){.kind = VALUE_INTEGER, .number = 1});
        }
        if (!number)
            return NULL;
        VEC_PUSH(reader->arena, list, value_pair(reader, tag, number));
    } while (take_delim(in, ','));
    return value_list(reader, &list);
}

static const Value *parse_size_adjust(Reader *reader, TokenRange *in)
{
    const Value *metric = take_keyword_of(reader, in, "ex-height cap-height ch-width ic-width ic-height");
    const Value *number = take_number(reader, in, 0);
    if (!number)
        number = take_keyword_of(reader, in, "from-font");
    return metric && number ? value_pair(reader, metric, number) : number;
}

/* ---- text ---- */
static const Value *parse_transform(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"capitalize uppercase lowercase", "full-width", "full-size-kana"};
    TokenRange saved = *in;
    if (take_word(in, "math-auto") && range_empty(in))
        return value_keyword(reader, KW_NONE);
    *in = saved;
    return parse_groups(reader, in, groups, 3);
}

static const Value *parse_hanging(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"first", "force-end allow-end", "last"};
    return parse_groups(reader, in, groups, 3);
}

static const Value *parse_limit_chars(Reader *reader, TokenRange *in)
{
    const Value *parts[3] = {NULL, NULL, NULL};
    ValueList list = {0};
    int count = 0;
    for (; count < 3 && !range_empty(in); count++) {
        parts[count] = take_word(in, "auto") ? value_keyword(reader, KW_AUTO) : take_integer(reader, in, 0);
        if (!parts[count])
            return NULL;
    }
    if (count == 1)
        parts[1] = value_keyword(reader, KW_AUTO);
    if (count <= 2)
        parts[2] = parts[1];
    for (int i = 0; i < 3; i++)
        VEC_PUSH(reader->arena, list, parts[i]);
    return value_list(reader, &list);
}

static const Value *parse_list_type(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    ValueList list = {0};
    const Value *value = take_string(reader, in);
    if (value)
        return value;
    if (take_word(in, "none"))
        return value_keyword(reader, KW_NONE);
    if (!take_function(in, "symbols", &arguments))
        return take_custom_ident(reader, in);
    const Value *system = take_keyword_of(reader, &arguments, "cyclic numeric alphabetic symbolic fixed");
    VEC_PUSH(reader->arena, list, system ? system : value_keyword(reader, KW_SYMBOLIC));
    while ((value = take_string(reader, &arguments)) != NULL)
        VEC_PUSH(reader->arena, list, value);
    int least = system && (system->keyword == KW_NUMERIC || system->keyword == KW_ALPHABETIC) ? 3 : 2;
    return range_empty(&arguments) && list.count >= least ? value_function(reader, "symbols", &list) : NULL;
}

static const Value *parse_quotes(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *value = take_keyword_of(reader, in, "none");
    if (value)
        return value;
    while ((value = take_string(reader, in)) != NULL)
        VEC_PUSH(reader->arena, list, value);
    return list.count > 0 && list.count % 2 == 0 ? value_list(reader, &list) : NULL;
}

static const Value *parse_underline_position(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"under from-font", "left right"};
    return parse_groups(reader, in, groups, 2);
}

static const Value *parse_autospace(Reader *reader, TokenRange *in)
{
    static const char *const groups[] = {"ideograph-alpha", "ideograph-numeric", "punctuation", "insert replace"};
    const Value *value = take_keyword_of(reader, in, "no-autospace auto");
    return value ? value : parse_groups(reader, in, groups, 4);
}

const Value *parse_text_value(Reader *reader, int property, TokenRange *in)
{
    switch (property) {
    case PROPERTY_FONT_FAMILY: return parse_font_family(reader, in);
    case PROPERTY_QUOTES: {
        const Value *automatic = take_keyword_of(reader, in, "auto match-parent");
        return automatic ? automatic : parse_quotes(reader, in);
    }
    case PROPERTY_LIST_STYLE_TYPE: return parse_list_type(reader, in);
    case PROPERTY_LIST_STYLE_IMAGE: {
        const Value *none = take_keyword_of(reader, in, "none");
        return none ? none : take_image(reader, in);
    }
    case PROPERTY_JUSTIFY_LIMITS: return take_keyword_of(reader, in, "auto normal narrow korean korean-narrow ragged");
    default: break;
    }
    const Value *plain = take_keyword_of(reader, in,
                                         property == PROPERTY_FONT_VARIANT_LIGATURES ? "normal"
                                         : property == PROPERTY_TEXT_AUTOSPACE       ? "normal"
                                                                                     : "none normal auto");
    if (plain)
        return strcmp(keyword_text(plain->keyword), property_rows[property].initial) == 0 ? plain : NULL;
    switch (property) {
    case PROPERTY_FONT_SIZE_ADJUST: return parse_size_adjust(reader, in);
    case PROPERTY_FONT_VARIANT_LIGATURES: return parse_ligatures(reader, in);
    case PROPERTY_FONT_VARIANT_NUMERIC: return parse_numeric(reader, in);
    case PROPERTY_FONT_VARIANT_EAST_ASIAN: return parse_east_asian(reader, in);
    case PROPERTY_FONT_VARIANT_ALTERNATES: return parse_alternates(reader, in);
    case PROPERTY_FONT_FEATURE_SETTINGS: return parse_tags(reader, in, false);
    case PROPERTY_FONT_VARIATION_SETTINGS: return parse_tags(reader, in, true);
    case PROPERTY_FONT_LANGUAGE_OVERRIDE:
    case PROPERTY_HYPHENATE_CHARACTER: return take_string(reader, in);
    case PROPERTY_TEXT_TRANSFORM: return parse_transform(reader, in);
    case PROPERTY_HYPHENATE_LIMIT_CHARS: return parse_limit_chars(reader, in);
    case PROPERTY_HANGING_PUNCTUATION: return parse_hanging(reader, in);
    case PROPERTY_TEXT_UNDERLINE_POSITION: return parse_underline_position(reader, in);
    case PROPERTY_TEXT_SHADOW: return parse_shadows(reader, in, false);
    case PROPERTY_TEXT_AUTOSPACE: return parse_autospace(reader, in);
    default: return NULL;
    }
}
