/* Values: what each property takes, what shorthands set, math, colours, messages. Computed values as the dump writes them. */
#include "style_fixture.h"

/* ---- one declaration on the element #x ---- */
static Fixture *declared(const char *declarations)
{
    Fixture *f = fixture_new();
    fixture_document(f, "<html><div id=p style='font-size: 20pt; line-height: 30pt'><p id=x lang=de></p></div></html>",
                     true);
    fixture_sheet(f, arena_format(f->arena, "html { font-size: 10pt } #x { %s }", declarations), ORIGIN_AUTHOR);
    fixture_resolve(f);
    return f;
}

static bool check(const char *declarations, const char *property, const char *expected)
{
    Fixture *f = declared(declarations);
    const char *got = value_of(f, "x", property);
    bool good = strcmp(got, expected) == 0;
    if (!good)
        print_error("%s: %s is \"%s\", not \"%s\"\n", declarations, property, got, expected);
    return good;
}

typedef struct {
    const char *declarations, *property, *expected;
} Case;

static void check_all(const Case *cases, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += !check(cases[i].declarations, cases[i].property, cases[i].expected);
    assert_int_equal(failed, 0);
}
#define CHECK_ALL(cases) check_all(cases, sizeof cases / sizeof *cases)

static void units_are_put_in(void **state)
{
    static const Case cases[] = {
        {"width: 1in", "width", "72pt"},
        {"width: 2.54cm", "width", "72pt"},
        {"width: 25.4mm", "width", "72pt"},
        {"width: 101.6Q", "width", "72pt"},
        {"width: 6pc", "width", "72pt"},
        {"width: 96px", "width", "72pt"},
        {"width: 2em", "width", "40pt"},
        {"width: 2rem", "width", "20pt"},
        {"width: 2ex", "width", "20pt"},
        {"width: 2ch", "width", "20pt"},
        {"width: 2ic", "width", "40pt"},
        {"width: 2lh", "width", "60pt"},
        {"width: 10vw", "width", "59.5273pt"},
        {"width: 10vh", "width", "84.1895pt"},
        {"width: 10vmin", "width", "59.5273pt"},
        {"width: 10vb", "width", "84.1895pt"},
        {"font-size: 2em; width: 1em", "width", "40pt"},
        {"font-size: 50%; width: 1em", "width", "10pt"},
        {"font-size: larger", "font-size", "24pt"},
        {"width: -1px; height: 1px", "width", "auto"},
        {"width: 0", "width", "0pt"},
        {"width: 1", "width", "auto"},
        {"margin-left: -1.5e1px", "margin-left", "-11.25pt"},
        {"width: 99999999px", "width", "524288pt"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void math_is_computed_and_typed(void **state)
{
    static const Case cases[] = {
        {"width: calc(1in + 2pt)", "width", "74pt"},
        {"width: calc(1in - 2pt * 3)", "width", "66pt"},
        {"width: calc((1in + 2pt) / 2)", "width", "37pt"},
        {"width: calc(50% + 1in)", "width", "calc(50% + 72pt)"},
        {"width: calc(1em+2px)", "width", "auto"},
        {"width: calc(1em + 2)", "width", "auto"},
        {"width: calc(2 * 3)", "width", "auto"},
        {"width: calc(1px * 2px)", "width", "auto"},
        {"width: calc(2px * 3px / 1px)", "width", "4.5pt"},
        {"width: calc(1px / 0)", "width", "524288pt"},
        {"width: min(1in, 10pt, 3em)", "width", "10pt"},
        {"width: max(1in, 10pt)", "width", "72pt"},
        {"width: clamp(10pt, 5pt, 20pt)", "width", "10pt"},
        {"width: clamp(none, 5pt, 20pt)", "width", "5pt"},
        {"width: calc(1pt * pi)", "width", "3.1416pt"},
        {"width: calc(1pt * sin(30deg) + 1pt * cos(pi / 3))", "width", "1pt"},
        {"width: round(up, 11pt, 5pt)", "width", "15pt"},
        {"width: round(11pt, 5pt)", "width", "10pt"},
        {"width: mod(18pt, 5pt)", "width", "3pt"},
        {"width: rem(18pt, 5pt)", "width", "3pt"},
        {"margin-left: mod(-18pt, 5pt)", "margin-left", "2pt"},
        {"margin-left: rem(-18pt, 5pt)", "margin-left", "-3pt"},
        {"width: calc(1pt * sqrt(pow(3, 2) + hypot(4, 3) + 2))", "width", "4pt"},
        {"width: calc(1pt * abs(-3) * sign(-2))", "width", "0pt"},
        {"width: calc(1pt * log(8, 2) + 1pt * exp(0))", "width", "4pt"},
        {"width: calc(-5pt)", "width", "0pt"},
        {"margin-left: calc(-5pt)", "margin-left", "-5pt"},
        {"orphans: calc(2 + 1.6)", "orphans", "4"},
        {"opacity: calc(1 / 4)", "opacity", "0.25"},
        {"opacity: calc(10% + 15%)", "opacity", "0.25"},
        {"z-index: calc(7 * (1 + 1))", "z-index", "14"},
        {"line-height: calc(1 + .5)", "line-height", "1.5"},
        {"width: calc(1em * (10px / 1px))", "width", "200pt"},
        {"width: calc(min(10px, 20px) + max(1px, 2px, 3px, 4px, 5px, 6px, 7px, 8px, 9px, 10px, 11px))", "width",
         "15.75pt"},
        {"width: calc(2 * 50% * 3 / 2)", "width", "150%"},
        {"width: calc(2 * (10pt + 50%) * 3)", "width", "calc(300% + 60pt)"},
        {"width: calc(2 / 4 * 10pt * 3 * 4 * 5 * 6 * 7 * 8 / 5040)", "width", "20pt"},
        {"width: calc((((((((((1pt))))))))))", "width", "1pt"},
        {"width: min(2pt 3pt)", "width", "auto"},
        {"width: foo(2pt)", "width", "auto"},
        {"order: calc(1px)", "order", "0"},
        {"opacity: atan2(1px, 1px)", "opacity", "1"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void percentages_wait_for_layout(void **state)
{
    (void)state;
    Fixture *f = declared("max-width: calc(2 * 3 * 4pt / 2 * 50% / 50%); width: min(50%, 100pt); height: max(0px, "
                          "calc(100% - 20pt)); min-width: calc(10% - 20pt)");
    const StyleBox *box = styled_node(f, "x")->style->box;
    assert_int_equal(size_resolve(box->width, 300 * LEN_PT), 100 * LEN_PT);
    assert_int_equal(size_resolve(box->width, 100 * LEN_PT), 50 * LEN_PT);
    assert_int_equal(size_resolve(box->max_width, 100 * LEN_PT), 12 * LEN_PT);
    assert_int_equal(size_resolve(box->height, 100 * LEN_PT), 80 * LEN_PT);
    assert_int_equal(size_resolve(box->height, 10 * LEN_PT), 0);
    assert_int_equal(size_resolve(box->min_width, 100 * LEN_PT), 0);
    assert_int_equal(size_resolve(box->min_width, 300 * LEN_PT), 10 * LEN_PT);
    assert_int_equal(size_resolve(box->min_width, NONE), 0);
}

static void keywords_and_types_parse(void **state)
{
    static const Case cases[] = {
        {"display: inline-block", "display", "inline-block"},
        {"display: BLOCK", "display", "block"},
        {"display: inline flow-root", "display", "inline-block"},
        {"display: block flex", "display", "flex"},
        {"display: inline grid", "display", "inline-grid"},
        {"display: flow list-item", "display", "list-item"},
        {"display: block block", "display", "inline"},
        {"font-weight: 650", "font-weight", "650"},
        {"font-weight: bold", "font-weight", "700"},
        {"font-weight: bolder", "font-weight", "700"},
        {"font-weight: 1001", "font-weight", "400"},
        {"font-stretch: condensed", "font-stretch", "0.75"},
        {"font-stretch: 80%", "font-stretch", "0.8"},
        {"font-style: oblique 10deg", "font-style", "oblique"},
        {"line-height: 120%", "line-height", "24pt"},
        {"line-height: 1.2", "line-height", "1.2"},
        {"line-height: normal", "line-height", "normal"},
        {"letter-spacing: .1em", "letter-spacing", "2pt"},
        {"border-top-width: thick", "border-top-width", "0pt"},
        {"border-top-style: solid; border-top-width: thick", "border-top-width", "3.75pt"},
        {"border-top-style: solid", "border-top-width", "2.25pt"},
        {"column-span: 3", "column-span", "3"},
        {"column-span: all", "column-span", "all"},
        {"column-count: 0", "column-count", "auto"},
        {"z-index: -3", "z-index", "-3"},
        {"opacity: 150%", "opacity", "1"},
        {"text-indent: 1em hanging", "text-indent", "20pt"},
        {"-n2p-justify: korean-narrow", "-n2p-justify", "korean-narrow"},
        {"-n2p-justify: ragged", "-n2p-justify", "ragged"},
        {"-n2p-justify: wide", "-n2p-justify", "none"},
        {"-n2p-baseline-grid: 12pt", "-n2p-baseline-grid", "12pt"},
        {"-n2p-snap-height: 2em -1 2 3pt", "-n2p-snap-height", "40pt -1 2 3pt"},
        {"position: running(head)", "position", "running(head)"},
        {"position: absolute", "position", "absolute"},
        {"width: fit-content(30%)", "width", "fit-content"},
        {"width: -webkit-fill-available", "width", "stretch"},
        {"aspect-ratio: 16 / 9", "aspect-ratio", "1024 576"},
        {"aspect-ratio: auto 2", "aspect-ratio", "auto 1024 512"},
        {"object-position: right 10pt top", "object-position", "calc(100% + -10pt) 0%"},
        {"object-position: top", "object-position", "50% 0%"},
        {"object-position: 10pt", "object-position", "10pt 50%"},
        {"object-position: top 10pt left", "object-position", "0% 10pt"},
        {"object-position: left left", "object-position", "50% 50%"},
        {"font-family: Foo Bar, 'x', serif", "font-family", "\"Foo Bar\" \"x\" serif"},
        {"font-feature-settings: 'smcp', \"liga\" off", "font-feature-settings", "(\"smcp\" 1) (\"liga\" 0)"},
        {"font-variant-numeric: oldstyle-nums tabular-nums", "font-variant-numeric", "oldstyle-nums tabular-nums"},
        {"font-variant-numeric: oldstyle-nums lining-nums", "font-variant-numeric", "none"},
        {"font-variant-ligatures: none", "font-variant-ligatures", "none"},
        {"text-transform: uppercase full-width", "text-transform", "uppercase full-width"},
        {"quotes: '<' '>' '{' '}'", "quotes", "\"<\" \">\" \"{\" \"}\""},
        {"quotes: '<'", "quotes", "none"},
        {"text-shadow: 1pt 2pt red, 0 0 3pt", "text-shadow",
         "(rgb(255 0 0) 1pt 2pt 0pt 0pt none) (currentcolor 0pt 0pt 3pt 0pt none)"},
        {"box-shadow: inset 1pt 2pt 3pt 4pt", "box-shadow", "(currentcolor 1pt 2pt 3pt 4pt inset)"},
        {"box-shadow: 1pt", "box-shadow", "none"},
        {"transform: rotate(90deg) translate(10%, 2em)", "transform", "rotate(90deg) translate(10% 40pt)"},
        {"transform: rotate(90)", "transform", "none"},
        {"transform-origin: right bottom 3pt", "transform-origin", "100% 100% 3pt"},
        {"clip: rect(1pt, auto, 3pt, 4pt)", "clip", "rect(1pt auto 3pt 4pt)"},
        {"clip-path: circle(5pt at left)", "clip-path", "circle(5pt (0% 50%))"},
        {"shape-outside: polygon(0 0, 10pt 0, 0 10pt)", "shape-outside",
         "polygon(nonzero (0pt 0pt) (10pt 0pt) (0pt 10pt))"},
        {"hyphenate-limit-chars: 6 3", "hyphenate-limit-chars", "6 3 3"},
        {"hanging-punctuation: first last", "hanging-punctuation", "first last"},
        {"contain: size layout", "contain", "size layout"},
        {"initial-letter: 3", "initial-letter", "3 3"},
        {"initial-letter: 2.5 3", "initial-letter", "2.5 3"},
        {"background-image: url(a.png), none", "background-image", "url(a.png) none"},
        {"background-image: linear-gradient(to right, red, blue 50%)", "background-image",
         "linear-gradient(90deg (rgb(255 0 0)) (rgb(0 0 255) 50%))"},
        {"background-image: radial-gradient(circle at top, red, 30%, blue)", "background-image",
         "radial-gradient((circle farthest-corner) (50% 0%) (rgb(255 0 0)) 30% (rgb(0 0 255)))"},
        {"background-image: conic-gradient(from 45deg, red, blue 50%)", "background-image",
         "conic-gradient(45deg (50% 50%) (rgb(255 0 0)) (rgb(0 0 255) 180deg))"},
        {"background-image: linear-gradient(red, 20%, 30%, blue)", "background-image", "none"},
        {"background-image: image-set('a.png' 1x, 'b.png' 2x)", "background-image", "url(b.png)"},
        {"background-size: cover, 10pt auto", "background-size", "cover (10pt auto)"},
        {"background-repeat: repeat-x", "background-repeat", "(repeat no-repeat)"},
        {"list-style-type: '*'", "list-style-type", "\"*\""},
        {"list-style-type: upper-roman", "list-style-type", "upper-roman"},
        {"list-style-type: symbols(cyclic '*' '+')", "list-style-type", "symbols(cyclic \"*\" \"+\")"},
        {"grid-template-columns: [a] 1fr minmax(10pt, auto) repeat(2, 20% [b])", "grid-template-columns",
         "(a) fr(1) minmax(10pt auto) repeat(2 20% (b))"},
        {"grid-template-areas: 'a a' 'b .'", "grid-template-areas", "(a a) (b .)"},
        {"grid-template-areas: 'a b' 'b a'", "grid-template-areas", "none"},
        {"grid-row-start: span 2 foo", "grid-row-start", "span 2 foo"},
        {"grid-auto-flow: dense", "grid-auto-flow", "dense"},
        {"align-items: safe center", "align-items", "safe center"},
        {"align-items: last baseline", "align-items", "last-baseline"},
        {"counter-reset: a 3 b", "counter-reset", "(a 3) (b 0)"},
        {"counter-increment: a", "counter-increment", "(a 1)"},
        {"content: 'a' counter(x, lower-roman) attr(title) open-quote", "content",
         "\"a\" counter(x lower-roman) attr(title none) open-quote"},
        {"content: 'a' attr(%)", "content", "none"},
        {"content: 'a' foo(b)", "content", "none"},
        {"grid-template-columns: 1fr minmax(1pt)", "grid-template-columns", "none"},
        {"grid-auto-rows: 1fr fit-content(auto)", "grid-auto-rows", "none"},
        {"clip-path: border-box polygon(1pt)", "clip-path", "none"},
        {"background-image: -webkit-linear-gradient(-99999999999deg, red, blue)", "background-image",
         "linear-gradient(241.999deg (rgb(255 0 0)) (rgb(0 0 255)))"},
        {"content: url(x.png) / 'alt'", "content", "url(x.png)"},
        {"string-set: t content(), u 'x' counter(c)", "string-set", "(t content(text)) (u \"x\" counter(c))"},
        {"size: A4 landscape", "size", "841.8896pt 595.2754pt"},
        {"size: 10cm", "size", "283.4648pt 283.4648pt"},
        {"marks: crop cross", "marks", "crop cross"},
        {"page: wide", "page", "wide"},
        {"bookmark-level: 2", "bookmark-level", "2"},
        {"vertical-align: 3pt", "vertical-align", "3pt"},
        {"tab-size: 4", "tab-size", "4"},
        {"text-align: -webkit-center", "text-align", "-webkit-center"},
        {"overflow-x: hidden", "overflow-y", "auto"},
        {"overflow-x: clip; overflow-y: scroll", "overflow-x", "hidden"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void shorthands_set_their_longhands(void **state)
{
    static const Case cases[] = {
        {"margin: 1pt 2pt 3pt", "margin-left", "2pt"},
        {"margin: 1pt 2pt 3pt", "margin-bottom", "3pt"},
        {"padding: 1pt", "padding-right", "1pt"},
        {"border: 2pt solid red", "border-left-color", "rgb(255 0 0)"},
        {"border: solid", "border-left-width", "2.25pt"},
        {"border: red solid 2pt 3pt", "border-left-style", "none"},
        {"border-image-source: url(a); border: 1pt solid", "border-image-source", "none"},
        {"border-style: solid dotted", "border-left-style", "dotted"},
        {"border-radius: 1pt 2pt / 3pt", "border-top-right-radius", "2pt 3pt"},
        {"border-radius: 1pt 2pt / 3pt", "border-bottom-left-radius", "2pt 3pt"},
        {"border-image: url(b.png) 10% 20 fill / 1pt / 2pt round", "border-image-slice", "10% 20 10% 20 fill"},
        {"border-image: url(b.png) 10% 20 fill / 1pt / 2pt round", "border-image-outset", "2pt 2pt 2pt 2pt"},
        {"border-image: url(b.png) 10% 20 fill / 1pt / 2pt round", "border-image-repeat", "round round"},
        {"border-spacing: 1pt 2pt", "-n2p-border-spacing-y", "2pt"},
        {"background: red", "background-color", "rgb(255 0 0)"},
        {"background-position-x: right 1em", "background-position-x", "calc(100% + -20pt)"},
        {"background-position-x: right calc(1em + 10%)", "background-position-x", "calc(90% + -20pt)"},
        {"background-position-x: left 1em", "background-position-x", "20pt"},
        {"background-position: right -999999999% top 0", "background-position-x", "204799.9999%"},
        {"background: url(a) no-repeat right 2pt bottom / 10% content-box, blue", "background-color", "rgb(0 0 255)"},
        {"background: url(a) no-repeat right 2pt bottom / 10% content-box, blue", "background-position-x",
         "calc(100% + -2pt) 0%"},
        {"background: url(a) no-repeat right 2pt bottom / 10% content-box, blue", "background-clip",
         "content-box border-box"},
        {"background: red, blue", "background-color", "rgb(0 0 0 / 0)"},
        {"background: url(a),", "background-image", "none"},
        {"font: italic small-caps bold condensed 12pt/1.5 A, B", "font-stretch", "0.75"},
        {"font: italic small-caps bold condensed 12pt/1.5 A, B", "font-variant-caps", "small-caps"},
        {"font: italic small-caps bold condensed 12pt/1.5 A, B", "line-height", "1.5"},
        {"font: italic small-caps bold condensed 12pt/1.5 A, B", "font-weight", "700"},
        {"line-height: 3; font: 12pt A", "line-height", "normal"},
        {"font-variant: small-caps oldstyle-nums no-common-ligatures", "font-variant-ligatures", "no-common-ligatures"},
        {"font-variant: small-caps oldstyle-nums no-common-ligatures", "font-variant-numeric", "oldstyle-nums"},
        {"font: 12pt", "font-size", "20pt"},
        {"list-style: square inside", "list-style-position", "inside"},
        {"list-style: none", "list-style-type", "none"},
        {"list-style: none url(a)", "list-style-image", "url(a)"},
        {"list-style: none url(a)", "list-style-type", "none"},
        {"outline: 1pt solid red", "outline-width", "1pt"},
        {"columns: 3 10em", "column-width", "200pt"},
        {"columns: 3", "column-count", "3"},
        {"column-rule: 1pt solid", "column-rule-width", "1pt"},
        {"gap: 1pt 2pt", "column-gap", "2pt"},
        {"overflow: hidden", "overflow-y", "hidden"},
        {"text-decoration: underline overline dotted red 2pt", "text-decoration-line", "underline overline"},
        {"text-decoration: underline overline dotted red 2pt", "text-decoration-thickness", "2pt"},
        {"white-space: pre-line", "white-space-collapse", "preserve-breaks"},
        {"white-space: nowrap", "text-wrap-mode", "nowrap"},
        {"text-wrap: balance", "text-wrap-style", "balance"},
        {"page-break-before: always", "break-before", "page"},
        {"page-break-inside: avoid", "break-inside", "avoid"},
        {"flex: 2", "flex-basis", "0pt"},
        {"flex: 2 0 10pt", "flex-shrink", "0"},
        {"flex: none", "flex-grow", "0"},
        {"flex: auto", "flex-grow", "1"},
        {"flex-flow: column wrap", "flex-wrap", "wrap"},
        {"place-content: center", "justify-content", "center"},
        {"place-items: last baseline legacy left", "justify-items", "legacy left"},
        {"grid-area: a", "grid-column-end", "a"},
        {"grid-area: 1 / 2 / 3", "grid-row-end", "3"},
        {"grid-row: 1 / span 2", "grid-row-end", "span 2"},
        {"grid-template: 'a b' 10pt 'c d' / 1fr 2fr", "grid-template-rows", "10pt auto"},
        {"grid-template: 'a b' 10pt 'c d' / 1fr 2fr", "grid-template-areas", "(a b) (c d)"},
        {"grid: auto-flow dense 10pt / 1fr", "grid-auto-flow", "row dense"},
        {"grid: auto-flow dense 10pt / 1fr", "grid-auto-rows", "10pt"},
        {"margin-inline: 1pt 2pt", "margin-right", "2pt"},
        {"direction: rtl; margin-inline: 1pt 2pt", "margin-left", "2pt"},
        {"writing-mode: vertical-rl; margin-block-start: 1pt", "margin-right", "1pt"},
        {"margin-inline-start: 1pt; margin-left: 2pt", "margin-left", "2pt"},
        {"margin-left: 2pt; margin-inline-start: 1pt", "margin-left", "1pt"},
        {"border-start-start-radius: 3pt", "border-top-left-radius", "3pt 3pt"},
        {"direction: rtl; border-start-start-radius: 3pt", "border-top-right-radius", "3pt 3pt"},
        {"inline-size: 3pt", "width", "3pt"},
        {"border-block: 1pt solid red", "border-bottom-color", "rgb(255 0 0)"},
        {"inset: 1pt auto", "left", "auto"},
        {"word-wrap: break-word", "overflow-wrap", "break-word"},
        {"-webkit-hyphens: auto", "hyphens", "auto"},
        {"-prince-bookmark-level: 3", "bookmark-level", "3"},
        {"grid-gap: 3pt", "row-gap", "3pt"},
        {"margin: 1pt inherit", "margin-top", "0pt"},
        {"all: initial; width: 3pt", "font-size", "12pt"},
        {"width: 3pt; all: unset", "width", "auto"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void colors_stay_symbolic(void **state)
{
    static const Case cases[] = {
        {"color: #f00", "color", "rgb(255 0 0)"},
        {"color: #ff000080", "color", "rgb(255 0 0 / 0.502)"},
        {"color: rebeccapurple", "color", "rgb(102 51 153)"},
        {"color: rgb(10% 20% 30% / 50%)", "color", "rgb(25.5019 51 76.5019 / 0.5)"},
        {"color: hsl(120 100% 50%)", "color", "rgb(0 255 0)"},
        {"color: hwb(120 0% 0%)", "color", "rgb(0 255 0)"},
        {"color: lab(100 0 0)", "color", "rgb(255 255 255)"},
        {"color: oklch(0% 0 0)", "color", "rgb(0 0 0)"},
        {"color: color(srgb 1 0.5 0)", "color", "rgb(255 127.5019 0)"},
        {"color: color-mix(in srgb, red, blue)", "color", "rgb(127.5019 0 127.5019)"},
        {"color: color-mix(in srgb, red 25%, blue)", "color", "rgb(63.751 0 191.249)"},
        {"color: device-cmyk(0 100% 1 20%)", "color", "device-cmyk(0 1 1 0.2)"},
        {"color: device-cmyk(0, 1, 1, .2)", "color", "device-cmyk(0 1 1 0.2)"},
        {"color: n2p-spot('PANTONE 185 C', 50%, device-cmyk(0 1 .8 0))", "color", "n2p-spot(\"PANTONE 185 C\" 0.5)"},
        {"color: color(--offset 10% .2 none 1)", "color", "color(--offset 0.1 0.2 0 1)"},
        {"color: color(--offset 0.5 / 25%)", "color", "color(--offset 0.5 0 0 0 / 0.25)"},
        {"color: color(--offset 1 2 3 4 5)", "color", "rgb(0 0 0)"},
        {"color: color(--offset)", "color", "rgb(0 0 0)"},
        {"color: color(offset 1 1 1)", "color", "rgb(0 0 0)"},
        {"background-color: currentcolor", "background-color", "currentcolor"},
        {"background-color: transparent", "background-color", "rgb(0 0 0 / 0)"},
        {"color: rgb(from #102030 r g b / .5)", "color", "rgb(16 32 48 / 0.5)"},
        {"color: rgb(1, 2, 3, 4, 5)", "color", "rgb(0 0 0)"},
        {"color: rgb(1 2, 3)", "color", "rgb(0 0 0)"},
        {"color: CanvasText", "color", "rgb(0 0 0)"},
    };
    (void)state;
    CHECK_ALL(cases);
    Fixture *f = declared("color: n2p-spot(Gold, 1, device-cmyk(0 .2 .6 .1))");
    const Color *color = &styled_node(f, "x")->style->text->color;
    assert_int_equal(color->space, COLOR_SPOT);
    assert_string_equal(color->spot, "Gold");
    assert_non_null(color->alternate);
    assert_int_equal(color->alternate->space, COLOR_CMYK);
    assert_int_equal(color->alternate->c[1], 13107);
}

/* ---- messages ---- */
static const Diagnostic *only_message(Fixture *f)
{
    assert_int_equal(f->diag.list.count, 1);
    return &f->diag.list.at[0];
}

static Fixture *read_only(const char *css)
{
    Fixture *f = fixture_new();
    fixture_document(f, "<p id=x></p>", true);
    fixture_sheet(f, css, ORIGIN_AUTHOR);
    return f;
}

static void mistakes_are_reported_with_place_and_suggestion(void **state)
{
    static const struct {
        const char *css, *code, *hint;
        int line, column;
    } cases[] = {
        {"p {\n  colr: red }", "css-unknown-property", "did you mean 'color'?", 2, 3},
        {"p {\n  color:\n   blurple }", "css-bad-value", NULL, 3, 4},
        {"p { float: lft }", "css-bad-value", "did you mean 'left'?", 1, 12},
        {"p { }\n a:unknown { }", "css-bad-selector", NULL, 2, 2},
        {"p { color }", "css-bad-declaration", NULL, 1, 5},
        {"@foo { }", "css-unknown-rule", NULL, 1, 1},
        {"p { } @import 'x';", "css-bad-rule", NULL, 1, 7},
        {"ä { } é { margin: 1 }", "css-bad-value", NULL, 1, 19},
        {"p { margin: 1px 2px 3px 4px 5px }", "css-bad-value", NULL, 1, 13},
        {"@page :foo { }", "css-bad-selector", NULL, 1, 1},
        {"@font-face { src: url(x) }", "css-font-face", NULL, 1, 1},
        {"@counter-style decimal { symbols: a }", "css-counter-style", NULL, 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Diagnostic *d = only_message(read_only(cases[i].css));
        assert_string_equal(d->code, cases[i].code);
        assert_int_equal(d->source.line, cases[i].line);
        assert_int_equal(d->source.column, cases[i].column);
        assert_string_equal(d->source.file, "a.css");
        if (cases[i].hint)
            assert_string_equal(d->hint, cases[i].hint);
    }
}

static void what_needs_no_message_has_none(void **state)
{
    static const char *const fine[] = {
        "p { cursor: pointer; transition: all 1s; -moz-foo: bar; -webkit-box-orient: vertical }",
        "@keyframes x { from { top: 0 } }",
        "@charset 'utf-8'; p { color: red }",
        "<!-- p { color: red } -->",
        "p { color: red; ; }",
        "p::selection { color: red } a:hover { color: blue }",
        "@media screen { p { nonsense: 1 } }",
        "@supports (foo: bar) { p { nonsense: 1 } }",
        "p { --x: {a:b}; color: var(--x) }",
    };
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        Fixture *f = read_only(fine[i]);
        if (f->diag.list.count)
            fail_msg("%s: %s", fine[i], f->diag.list.at[0].message);
    }
}

/* ---- conditions ---- */
static void media_queries_are_decided(void **state)
{
    static const struct {
        const char *query;
        bool matches;
    } cases[] = {
        {"", true},
        {"print", true},
        {"all", true},
        {"screen", false},
        {"not screen", true},
        {"only print", true},
        {"not all", false},
        {"screen, print", true},
        {"print and (min-width: 10cm)", true},
        {"(min-width: 1000cm)", false},
        {"(width >= 10cm)", true},
        {"(10cm < width <= 30cm)", true},
        {"(30cm < width < 40cm)", false},
        {"(width = 21cm)", true},
        {"(orientation: portrait)", true},
        {"(orientation: landscape)", false},
        {"(min-resolution: 2dppx)", true},
        {"(color)", true},
        {"(monochrome)", false},
        {"(hover: none)", true},
        {"(hover)", false},
        {"(prefers-color-scheme: dark)", false},
        {"not (color)", false},
        {"(color) and (not (monochrome))", true},
        {"(color) or (monochrome)", true},
        {"(monochrome) or (grid)", false},
        {"(aspect-ratio < 1/1)", true},
        {"(max-aspect-ratio: 1/2)", false},
        {"(unknown)", false},
        {"not (unknown)", false},
        {"print and", false},
        {"(color) and (color) or (color)", false},
        {"&foo, print", true},
        {"(update: none)", true},
        {"(overflow-block: paged)", true},
    };
    CssContext context = {.media = "print", .page_width = 609562, .page_height = 862095};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (css_media_matches(cases[i].query, &context) != cases[i].matches)
            fail_msg("\"%s\" should %smatch", cases[i].query, cases[i].matches ? "" : "not ");
}

static void supports_conditions_are_decided(void **state)
{
    static const struct {
        const char *condition;
        bool holds;
    } cases[] = {
        {"(color: red)", true},
        {"(colour: red)", false},
        {"(color: blurple)", false},
        {"not (color: blurple)", true},
        {"(color: red) and (width: 1px)", true},
        {"(color: x) or (width: 1px)", true},
        {"((color: x) or ((width: 1px)))", true},
        {"selector(a > b)", true},
        {"selector(a:foo)", false},
        {"(--x: y)", true},
        {"font-tech(color-svg)", false},
        {"font-format(woff2)", true},
        {"foo(bar)", false},
        {"(color: red) and (width: 1px) or (width: 2px)", false},
        {"color: red", false},
        {"(width: var(--x))", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Fixture *f = fixture_new();
        const StyleSheet *sheet = fixture_sheet(
            f, arena_format(f->arena, "@supports %s { p { color: red } }", cases[i].condition), ORIGIN_AUTHOR);
        if ((sheet->rules.count == 1) != cases[i].holds)
            fail_msg("\"%s\" should %shold", cases[i].condition, cases[i].holds ? "" : "not ");
    }
}

/* ---- at-rules ---- */
static void font_faces_are_read(void **state)
{
    const FontFace *faces;
    (void)state;
    Fixture *f = fixture_new();
    const StyleSheet *sheet = fixture_sheet(f,
                                            "@font-face { font-family: 'My Font'; src: local(Foo Bar), url(a.woff2) "
                                            "format('woff2'), url(b.svg) format(svg); "
                                            "font-weight: 100 900; font-style: italic; font-stretch: 75% 100%; "
                                            "unicode-range: U+20-7F, U+4??; -n2p-optical-size: 6pt 10pt }",
                                            ORIGIN_AUTHOR);
    assert_int_equal(css_font_faces(sheet, &faces), 1);
    assert_string_equal(faces->family, "My Font");
    assert_int_equal(faces->source_count, 2);
    assert_string_equal(faces->sources[0], "a.woff2"); /* a file before what may be installed */
    assert_string_equal(faces->sources[1], "local:Foo Bar");
    assert_int_equal(faces->weight_min, 100);
    assert_int_equal(faces->weight_max, 900);
    assert_true(faces->italic);
    assert_int_equal(faces->stretch_min, RATIO_ONE * 3 / 4);
    assert_int_equal(faces->range_count, 2);
    assert_int_equal(faces->ranges[1][0], 0x400);
    assert_int_equal(faces->ranges[1][1], 0x4FF);
    assert_int_equal(faces->optical_max, 10 * LEN_PT);
}

static const char *load(void *user, const char *base, const char *href, Source source, const char **real)
{
    (void)base;
    (void)source;
    ++*(int *)user;
    *real = "dir/b.css";
    if (strcmp(href, "self.css") == 0)
        return "@import 'self.css'; p { color: blue }";
    return strcmp(href, "b.css") == 0 ? "p { color: red; background: url(x.png) } q { width: 1px }" : NULL;
}

static void imports_are_followed(void **state)
{
    int loads = 0;
    CssContext context = {.load = load, .user = &loads, .media = "print"};
    (void)state;
    Fixture *f = fixture_new();
    const char *css = "@import 'b.css'; @import url(b.css) screen; @import 'none.css'; @import 'b.css' layer(x) "
                      "supports(color: red) print; p { color: green }";
    const StyleSheet *sheet =
        css_read(f->arena, f->names, css, strlen(css), (Source){"a.css", 1, 1}, ".", ORIGIN_AUTHOR, &context, &f->diag);
    assert_int_equal(loads, 3);
    assert_int_equal(sheet->rules.count, 5);
    assert_int_equal(sheet->layers.count, 1);
    assert_string_equal(sheet->rules.at[0].file, "dir/b.css");
    const Declaration *image = &sheet->rules.at[0].block->at[2];
    assert_int_equal(image->property, PROPERTY_BACKGROUND_IMAGE);
    assert_string_equal(image->value->items[0].base, "dir");
    loads = 0;
    css = "@import 'self.css';";
    css_read(f->arena, f->names, css, strlen(css), (Source){"a.css", 1, 1}, ".", ORIGIN_AUTHOR, &context, &f->diag);
    assert_true(loads < 20);
}

static void any_bytes_end_well(void **state)
{
    static const char *const odd[] = {
        "{{{{{{{{{{",
        "}}}}",
        "@@@@",
        "p{color:rgb(",
        "p{background:url(",
        "/*",
        "p{a:b",
        "@media",
        "@media(",
        "@page{@top-left{",
        "\\",
        "p{width:calc(((((",
        "a[",
        ":not(",
        "p{--x:{[(",
        "@layer a.b.c",
        "p{color:var(--x,var(--x,",
        "@import",
        "p{font:",
        "@font-face{src:url(",
        "\"",
        "p{content:\"\n",
        "<!--",
        "-->",
        "p{grid-template-areas:\"\"",
        "p{quotes:\"",
        "@counter-style a{symbols:",
        "u+?",
        "#",
        "p{margin:-",
        "p{background:,}",
        "p{background: url(a) , }",
        "p{transform:rotate()}",
        "p{grid:/}",
        "p{font-family:,}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        Fixture *f = styled("<p id=x><b></b></p>", odd[i]);
        assert_non_null(styled_node(f, "x")->style);
    }
    Fixture *f = fixture_new();
    Buffer deep = {.arena = f->arena};
    buffer_text(&deep, "p { width: ");
    for (int i = 0; i < 20000; i++)
        buffer_text(&deep, "calc(");
    buffer_text(&deep, "1px } p { color: ");
    for (int i = 0; i < 20000; i++)
        buffer_text(&deep, "color-mix(in srgb, red, ");
    for (int i = 0; i < 2000; i++)
        buffer_text(&deep, "a { ");
    fixture_document(f, "<p id=x></p>", true);
    fixture_sheet(f, deep.data, ORIGIN_AUTHOR);
    fixture_resolve(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_put_in),
        cmocka_unit_test(math_is_computed_and_typed),
        cmocka_unit_test(percentages_wait_for_layout),
        cmocka_unit_test(keywords_and_types_parse),
        cmocka_unit_test(shorthands_set_their_longhands),
        cmocka_unit_test(colors_stay_symbolic),
        cmocka_unit_test(mistakes_are_reported_with_place_and_suggestion),
        cmocka_unit_test(what_needs_no_message_has_none),
        cmocka_unit_test(media_queries_are_decided),
        cmocka_unit_test(supports_conditions_are_decided),
        cmocka_unit_test(font_faces_are_read),
        cmocka_unit_test(imports_are_followed),
        cmocka_unit_test(any_bytes_end_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
