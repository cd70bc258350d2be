/* Generated content: counters, markers, quotes, named strings, bookmarks, targets, footnotes; and pages. */
#include "style_fixture.h"

static void counters_count(void **state)
{
    (void)state;
    Fixture *f = styled(
        "<body><h1 id=a></h1><h2 id=b></h2><h2 id=c></h2><h1 id=d></h1><h2 id=e></h2></body>",
        "body { counter-reset: h1 } h1 { counter-increment: h1; counter-reset: h2 } h2 { counter-increment: h2 2 }"
        "h1::before { content: counter(h1) } h2::before { content: counter(h1) '.' counter(h2, lower-alpha) }");
    assert_string_equal(before_text(f, "a"), "1");
    assert_string_equal(before_text(f, "b"), "1.b");
    assert_string_equal(before_text(f, "c"), "1.d");
    assert_string_equal(before_text(f, "d"), "2");
    assert_string_equal(before_text(f, "e"), "2.b");
}

static void counters_nest(void **state)
{
    (void)state;
    Fixture *f =
        styled("<div><ol><li id=a></li><li id=b><ol><li id=c></li><li id=d></li></ol></li><li id=e></li></ol><ol><li "
               "id=g></li></ol></div>",
               "ol { counter-reset: item } li { counter-increment: item } li::before { content: counters(item, '.') }");
    assert_string_equal(before_text(f, "a"), "1");
    assert_string_equal(before_text(f, "b"), "2");
    assert_string_equal(before_text(f, "c"), "2.1");
    assert_string_equal(before_text(f, "d"), "2.2");
    assert_string_equal(before_text(f, "e"), "3");
    assert_string_equal(before_text(f, "g"), "1");
}

static void counters_follow_scopes(void **state)
{
    (void)state;
    Fixture *f = styled("<div><p id=a></p><section><p id=b></p></section><p id=c class=set></p><p class=none></p><p "
                        "class=contents></p><p id=d></p></div>",
                        "p { counter-increment: x } .set { counter-set: x 10 } .none { display: none } .contents { "
                        "display: contents } p::before { content: counter(x) }");
    assert_string_equal(before_text(f, "a"), "1");
    assert_string_equal(before_text(f, "b"), "2");
    assert_string_equal(before_text(f, "c"), "10");
    assert_string_equal(before_text(f, "d"), "11");
    f = styled("<div><p id=a></p></div>",
               "p::before { counter-increment: y; content: counter(y) } p::after { content: counter(y) counter(z) }");
    assert_string_equal(before_text(f, "a"), "1");
    assert_string_equal(content_as_text(f, styled_node(f, "a")->after->content), "10");
}

static const char *marker(const Fixture *f, const char *id)
{
    const Pseudo *pseudo = styled_node(f, id)->marker;
    return pseudo ? content_as_text(f, pseudo->content) : "none";
}

static void list_items_have_markers(void **state)
{
    (void)state;
    Fixture *f = fixture_new();
    fixture_document(f,
                     "<div><ol start=3><li id=a></li><li id=b value=7></li><li id=c></li></ol><ul><li id=d></li><li "
                     "id=e></li><li id=g></li></ul></div>",
                     true);
    fixture_sheet(f,
                  "ol, ul { counter-reset: list-item; list-style-type: decimal } li { display: list-item } ul { "
                  "list-style-type: disc }",
                  ORIGIN_AGENT);
    fixture_sheet(f,
                  "#e { list-style: none } #g { list-style-type: '- ' } #b::marker { content: 'No. ' "
                  "counter(list-item) } li::marker { color: red }",
                  ORIGIN_AUTHOR);
    fixture_resolve(f);
    assert_string_equal(marker(f, "a"), "3. ");
    assert_string_equal(marker(f, "b"), "No. 7");
    assert_string_equal(marker(f, "c"), "8. ");
    assert_string_equal(marker(f, "d"), "\xE2\x80\xA2 ");
    assert_string_equal(marker(f, "e"), "none");
    assert_string_equal(marker(f, "g"), "- ");
    assert_string_equal(property_text(f, styled_node(f, "a")->marker->style, "color"), "rgb(255 0 0)");
}

static void counter_styles_write_numbers(void **state)
{
    static const struct {
        const char *style;
        int value;
        const char *text;
    } cases[] = {
        {"decimal", -12, "-12"},
        {"decimal-leading-zero", 7, "07"},
        {"decimal-leading-zero", -7, "-7"},
        {"lower-roman", 1994, "mcmxciv"},
        {"upper-roman", 3999, "MMMCMXCIX"},
        {"upper-roman", 4000, "4000"},
        {"lower-roman", 0, "0"},
        {"lower-alpha", 26, "z"},
        {"lower-alpha", 27, "aa"},
        {"upper-latin", 703, "AAA"},
        {"lower-alpha", 0, "0"},
        {"lower-greek", 3, "\xCE\xB3"},
        {"hebrew", 15, "\xD7\x98\xD7\x95"},
        {"armenian", 1, "\xD4\xB1"},
        {"georgian", 10, "\xE1\x83\x98"},
        {"cjk-decimal", 10, "\xE4\xB8\x80\xE3\x80\x87"},
        {"hangul", 15, "\xEA\xB0\x80\xEA\xB0\x80"},
        {"cjk-earthly-branch", 13, "\xE4\xB8\x80\xE4\xB8\x89"},
        {"simp-chinese-informal", 10, "\xE5\x8D\x81"},
        {"simp-chinese-informal", 101, "\xE4\xB8\x80\xE7\x99\xBE\xE9\x9B\xB6\xE4\xB8\x80"},
        {"japanese-informal", 111, "\xE7\x99\xBE\xE5\x8D\x81\xE4\xB8\x80"},
        {"korean-hangul-formal", 20, "\xEC\x9D\xB4\xEC\x8B\xAD"},
        {"trad-chinese-informal", 1010, "\xE4\xB8\x80\xE5\x8D\x83\xE9\x9B\xB6\xE4\xB8\x80\xE5\x8D\x81"},
        {"ethiopic-numeric", 100, "\xE1\x8D\xBB"},
        {"disc", 5, "\xE2\x80\xA2"},
        {"nonsense", 5, "5"},
        {"thumbs", 2, "b"},
        {"thumbs", 4, "a"},
        {"tri", 5, "12"},
        {"tri", -1, "-1"},
        {"par", -1, "(1)"},
        {"bin", 5, "0101"},
        {"fix", 3, "y"},
        {"fix", 9, "IX"},
        {"dice", 7, "61"},
        {"deep", 2, "II"},
        {"loop1", 2, "2"},
        {"ranged", 3, "3"},
        {"ranged", 2, "**"},
    };
    (void)state;
    Fixture *f =
        styled("<p id=a></p>",
               "@counter-style thumbs { system: cyclic; symbols: a b c } @counter-style tri { system: alphabetic; "
               "symbols: '1' '2' '3' } @counter-style par { system: extends decimal; negative: '(' ')' }"
               "@counter-style bin { system: numeric; symbols: '0' '1'; pad: 4 '0' } @counter-style fix { system: "
               "fixed 2; symbols: x y; fallback: up }"
               "@counter-style up { system: extends upper-roman } @counter-style dice { system: additive; "
               "additive-symbols: 6 '6', 1 '1' }"
               "@counter-style deep { system: extends up; suffix: ')' } @counter-style loop1 { system: extends loop2 } "
               "@counter-style loop2 { system: extends loop1 }"
               "@counter-style ranged { symbols: '*'; range: 1 2 }");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = style_counter_text(f->arena, f->tree, name_of(f->names, cases[i].style), cases[i].value);
        if (strcmp(got, cases[i].text) != 0)
            fail_msg("%d in %s is \"%s\", not \"%s\"", cases[i].value, cases[i].style, got, cases[i].text);
    }
}

static void quotes_nest(void **state)
{
    (void)state;
    Fixture *f = styled("<p lang=en><q id=a><q id=b></q></q><q id=c></q><q id=d lang=de><q id=e></q></q></p>",
                        "q::before { content: open-quote } q::after { content: close-quote } #c { quotes: '<' '>' } "
                        "#c::before { content: no-open-quote 'x' }");
    assert_string_equal(before_text(f, "a"), "\xE2\x80\x9C");
    assert_string_equal(before_text(f, "b"), "\xE2\x80\x98");
    assert_string_equal(content_as_text(f, styled_node(f, "b")->after->content), "\xE2\x80\x99");
    assert_string_equal(before_text(f, "c"), "x");
    assert_string_equal(content_as_text(f, styled_node(f, "c")->after->content), ">");
    assert_string_equal(before_text(f, "d"), "\xE2\x80\x9E");
    assert_string_equal(before_text(f, "e"), "\xE2\x80\x9A");
}

static void content_is_made_where_it_says_something(void **state)
{
    (void)state;
    Fixture *f = styled("<p><b id=a title='T'></b><b id=b></b><b id=c></b><b id=d></b></p>",
                        "#a::before { content: attr(title) ' ' attr(none) attr(none, 'f') leader('. ') counter(page, "
                        "upper-roman) string(x, last) element(h) }"
                        "#b::before { } #c::before { content: none } #d::before { content: ''; display: none } #d { "
                        "content: url(x.png) }");
    assert_string_equal(before_text(f, "a"), "T f{leader . }{page page}{string x}{element h}");
    assert_null(before_text(f, "b"));
    assert_null(before_text(f, "c"));
    assert_null(before_text(f, "d"));
    assert_non_null(styled_node(f, "d")->replaced);
    assert_string_equal(styled_node(f, "d")->replaced->items[0].text, "x.png");
    assert_int_equal(styled_node(f, "a")->before->content.items[3].keyword, KW_LAST);
}

static void strings_and_bookmarks_are_put_together(void **state)
{
    (void)state;
    Fixture *f = styled("<body><h1 id=a title=t>A  <b>long</b>\n title</h1><h2 id=b>x</h2></body>",
                        "h1 { counter-increment: c; string-set: head content(before) content(text) ' ' attr(title), "
                        "num counter(c, upper-roman); bookmark-level: 1 }"
                        "h1::before { content: '1 ' } h2 { bookmark-level: 2; bookmark-label: 'L' content() }");
    const StyledNode *node = styled_node(f, "a");
    assert_int_equal(node->string_count, 2);
    assert_string_equal(node->strings[0].name, "head");
    assert_string_equal(node->strings[0].text, "1 A long title t");
    assert_string_equal(node->strings[1].text, "I");
    assert_string_equal(node->bookmark, "A long title");
    assert_string_equal(styled_node(f, "b")->bookmark, "Lx");
}

static void targets_are_known(void **state)
{
    (void)state;
    Fixture *f = styled("<body><a id=a href='#c'></a><a id=b href='http://x'></a><h1>one</h1><h1 id=c>two</h1></body>",
                        "h1 { counter-increment: h } a::before { content: target-counter(attr(href), h, upper-roman) "
                        "': ' target-text(attr(href)) target-counter(attr(href), page) }");
    assert_string_equal(content_as_text(f, (Content){2, styled_node(f, "a")->before->content.items}), "II: ");
    const ContentItem *items = styled_node(f, "a")->before->content.items;
    assert_int_equal(styled_node(f, "a")->before->content.count, 4);
    assert_int_equal(items[2].kind, CONTENT_TARGET_TEXT);
    assert_string_equal(items[2].text, "two");
    assert_int_equal(items[3].kind, CONTENT_TARGET_COUNTER);
    assert_string_equal(items[3].target, "c");
    assert_string_equal(before_text(f, "b"), ": ");
}

static void footnotes_have_call_and_marker(void **state)
{
    (void)state;
    Fixture *f = styled("<p><i id=a>n</i><i id=b>n</i></p>",
                        "p { color: red } i { float: footnote; color: blue } i::footnote-call { font-size: 6pt }"
                        "#b::footnote-call { content: '*' } #b::footnote-marker { content: none }");
    const FootnoteParts *a = styled_node(f, "a")->footnote, *b = styled_node(f, "b")->footnote;
    assert_string_equal(content_as_text(f, a->call->content), "1");
    assert_string_equal(content_as_text(f, a->marker->content), "1. ");
    assert_string_equal(content_as_text(f, b->call->content), "*");
    assert_null(b->marker);
    assert_string_equal(property_text(f, a->call->style, "color"), "rgb(255 0 0)");
    assert_string_equal(property_text(f, a->call->style, "font-size"), "6pt");
    assert_string_equal(property_text(f, a->marker->style, "color"), "rgb(0 0 255)");
}

static void first_letters_and_lines_are_styled(void **state)
{
    (void)state;
    Fixture *f = styled("<div><p id=a>x</p><q id=b></q></div>",
                        "p::first-letter { font-size: 3em } p:first-line { color: red }");
    assert_string_equal(property_text(f, styled_node(f, "a")->first_letter->style, "font-size"), "36pt");
    assert_string_equal(property_text(f, styled_node(f, "a")->first_line->style, "color"), "rgb(255 0 0)");
    assert_null(styled_node(f, "b")->first_letter);
}

/* ---- pages ---- */
static const PageStyle *page(Fixture *f, PageContext context)
{
    return style_page(f->tree, &context);
}

static void page_rules_cascade_by_specificity(void **state)
{
    (void)state;
    Fixture *f = styled(
        "<p id=a></p>",
        "@page :first { margin: 3pt } @page { margin: 1pt; size: A5 landscape } @page :left { margin: 2pt } @page wide "
        "{ margin: 4pt; size: 10pt 20pt }"
        "@page wide:first { margin: 5pt } @page :nth(3n) { margin: 6pt } @page :blank { margin: 7pt; bleed: 3pt }");
    Name wide = name_of(f->names, "wide");
    assert_int_equal(page(f, (PageContext){.number = 1, .right = true})->style->box->margin_top.len, LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 1, .right = true, .first = true})->style->box->margin_top.len,
                     3 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 2, .left = true})->style->box->margin_top.len, 2 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 2, .left = true, .first = true})->style->box->margin_top.len,
                     3 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 2, .left = true, .name = wide})->style->box->margin_top.len,
                     4 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 1, .first = true, .name = wide})->style->box->margin_top.len,
                     5 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 3, .right = true})->style->box->margin_top.len, 6 * LEN_PT);
    assert_int_equal(page(f, (PageContext){.number = 5, .blank = true})->bleed, 3 * LEN_PT);
    const PageStyle *one = page(f, (PageContext){.number = 1, .right = true});
    assert_ptr_equal(one, page(f, (PageContext){.number = 1, .right = true}));
    assert_int_equal(one->width, 609562);
    assert_int_equal(one->height, 429596);
    assert_int_equal(page(f, (PageContext){.number = 2, .name = wide})->height, 20 * LEN_PT);
}

static void margin_boxes_are_filled(void **state)
{
    (void)state;
    Fixture *f = styled(
        "<html style='color: red; font-size: 20pt'></html>",
        "@page { font-size: 8pt; @top-left { content: 'A' counter(page) '/' counter(pages) } @bottom-center { content: "
        "string(t); color: blue; border-top: 1pt solid } @top-right { } @left-middle { content: counter(c) } }"
        "@page :first { @top-left { content: none } }");
    const PageStyle *one = page(f, (PageContext){.number = 2, .left = true});
    assert_string_equal(content_as_text(f, one->margin[MARGIN_TOP_LEFT].content), "A{page page}/{page pages}");
    assert_string_equal(property_text(f, one->margin[MARGIN_TOP_LEFT].style, "font-size"), "8pt");
    assert_string_equal(property_text(f, one->margin[MARGIN_TOP_LEFT].style, "color"), "rgb(255 0 0)");
    assert_string_equal(property_text(f, one->margin[MARGIN_TOP_LEFT].style, "text-align"), "left");
    assert_string_equal(property_text(f, one->margin[MARGIN_BOTTOM_CENTER].style, "text-align"), "center");
    assert_string_equal(property_text(f, one->margin[MARGIN_BOTTOM_CENTER].style, "border-top-width"), "1pt");
    assert_null(one->margin[MARGIN_TOP_RIGHT].style);
    assert_string_equal(content_as_text(f, one->margin[MARGIN_LEFT_MIDDLE].content), "{page c}");
    assert_null(page(f, (PageContext){.number = 1, .first = true})->margin[MARGIN_TOP_LEFT].style);
}

static void viewport_units_are_of_the_first_page(void **state)
{
    (void)state;
    Fixture *f = styled("<p id=a></p>", "@page { size: 120pt 220pt; margin: 10pt } p { width: 50vw; height: 50vh }");
    assert_value(f, "a", "width", "50pt");
    assert_value(f, "a", "height", "100pt");
}

static void landscape_turns_the_default_page(void **state)
{
    (void)state;
    Fixture *f = styled("<p></p>", "@page { size: landscape }");
    assert_int_equal(page(f, (PageContext){.number = 1})->width, 862095);
    f = styled("<p></p>", "");
    assert_int_equal(page(f, (PageContext){.number = 1})->width, 609562);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_count),
        cmocka_unit_test(counters_nest),
        cmocka_unit_test(counters_follow_scopes),
        cmocka_unit_test(list_items_have_markers),
        cmocka_unit_test(counter_styles_write_numbers),
        cmocka_unit_test(quotes_nest),
        cmocka_unit_test(content_is_made_where_it_says_something),
        cmocka_unit_test(strings_and_bookmarks_are_put_together),
        cmocka_unit_test(targets_are_known),
        cmocka_unit_test(footnotes_have_call_and_marker),
        cmocka_unit_test(first_letters_and_lines_are_styled),
        cmocka_unit_test(page_rules_cascade_by_specificity),
        cmocka_unit_test(margin_boxes_are_filled),
        cmocka_unit_test(viewport_units_are_of_the_first_page),
        cmocka_unit_test(landscape_turns_the_default_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
