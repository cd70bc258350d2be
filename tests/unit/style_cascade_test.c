/* The cascade: origins, importance, layers, revert, inheritance, custom properties, hints of HTML. */
#include "style_fixture.h"

static const char page[] = "<html id=html><body id=b><div id=d class=c><p id=p class=k style='order: 9'><em "
                           "id=e></em></p></div></body></html>";

/* Sheets by origin letter: a agent, u user, w author; then the expected value of a property of #p. */
static void check(const char *sheets, const char *property, const char *expected)
{
    Fixture *f = fixture_new();
    fixture_document(f, page, true);
    while (*sheets) {
        Origin origin = *sheets == 'a' ? ORIGIN_AGENT : *sheets == 'u' ? ORIGIN_USER : ORIGIN_AUTHOR;
        size_t size = strcspn(sheets + 2, "|");
        fixture_sheet(f, arena_string(f->arena, sheets + 2, size), origin);
        sheets += 2 + size + (sheets[2 + size] == '|');
    }
    fixture_resolve(f);
    const char *got = value_of(f, "p", property);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: %s is \"%s\", not \"%s\"", sheets, property, got, expected);
}

static void origins_and_importance_order_declarations(void **state)
{
    (void)state;
    check("a p { z-index: 1 }|w p { z-index: 2 }|u p { z-index: 3 }", "z-index", "2");
    check("w p { z-index: 2 }|a p { z-index: 1 !important }", "z-index", "1");
    check("w p { z-index: 2 !important }|u p { z-index: 3 !important }", "z-index", "3");
    check("w p { z-index: 2 !important } p { z-index: 4 }", "z-index", "2");
    check("w p { z-index: 2 } p { z-index: 4 }", "z-index", "4");
    check("w #p { z-index: 2 } p.k { z-index: 4 }", "z-index", "2");
    check("w p.k { z-index: 2 } div p { z-index: 4 }", "z-index", "2");
    check("w .c .k { z-index: 2 } p { z-index: 4 !important }", "z-index", "4");
    check("w #p { order: 1 }", "order", "9");
    check("w p { order: 1 !important }", "order", "1");
    check("w p { z-index: 1; z-index: nonsense }", "z-index", "1");
    check("w p, em, .k { z-index: 1 } p { z-index: 2 }", "z-index", "1");
}

static void layers_order_declarations(void **state)
{
    (void)state;
    check("w @layer a { #p { z-index: 1 } } p { z-index: 2 }", "z-index", "2");
    check("w @layer a { p { z-index: 1 } } @layer b { p { z-index: 2 } }", "z-index", "2");
    check("w @layer b, a; @layer a { p { z-index: 1 } } @layer b { p { z-index: 2 } }", "z-index", "1");
    check("w @layer a { p { z-index: 1 } } @layer b { p { z-index: 2 } } @layer a { p { z-index: 3 } }", "z-index",
          "2");
    check("w @layer a { @layer x { p { z-index: 1 } } p { z-index: 2 } }", "z-index", "2");
    check("w @layer a.x { p { z-index: 1 } } @layer a.y { p { z-index: 2 } } @layer a.x { p { z-index: 3 } }",
          "z-index", "2");
    check("w @layer a { p { z-index: 1 !important } } @layer b { p { z-index: 2 !important } } p { z-index: 3 "
          "!important }",
          "z-index", "1");
    check("w @layer { p { z-index: 1 } } @layer { p { z-index: 2 } }", "z-index", "2");
    check("w @layer a { p { z-index: 1 } }|w @layer b { p { z-index: 2 } }|w @layer a { p { z-index: 3 } }", "z-index",
          "2");
    check("w @media print { @layer a { p { z-index: 1 } } } @layer b { p { z-index: 2 } }", "z-index", "2");
}

static void wide_keywords_are_followed(void **state)
{
    (void)state;
    check("w div { z-index: 5 } p { z-index: inherit }", "z-index", "5");
    check("w div { orphans: 5 } p { orphans: initial }", "orphans", "2");
    check("w div { orphans: 5 } p { orphans: unset }", "orphans", "5");
    check("w div { z-index: 5 } p { z-index: 1 } p { z-index: unset }", "z-index", "auto");
    check("a p { z-index: 1 }|w p { z-index: 2 } p { z-index: revert }", "z-index", "1");
    check("a p { z-index: 1 }|u p { z-index: 2 }|w p { z-index: revert }", "z-index", "2");
    check("w p { z-index: 2 } p { z-index: revert }", "z-index", "auto");
    check("w @layer a { p { z-index: 1 } } p { z-index: 2 } p { z-index: revert-layer }", "z-index", "1");
    check("w p { z-index: 2; color: red; all: unset }", "z-index", "auto");
    check("w p { all: unset; z-index: 2 }", "z-index", "2");
    check("a p { display: block }|w p { display: inline; all: revert }", "display", "block");
    check("w p { direction: rtl; all: initial }", "direction", "rtl");
    check("a p { z-index: 1 }|w p { --x: revert; z-index: revert !important }", "z-index", "1");
}

static void inherited_values_are_computed(void **state)
{
    (void)state;
    check("w div { font-size: 20pt; line-height: 2em } p { font-size: 10pt }", "line-height", "40pt");
    check("w div { font-size: 20pt; line-height: 2 } p { font-size: 10pt }", "line-height", "2");
    check("w div { font-size: 20pt; text-indent: 2em } p { font-size: 10pt }", "text-indent", "40pt");
    check("w div { font-weight: bold } p { font-weight: bolder }", "font-weight", "900");
    check("w div { font-weight: bold } p { font-weight: lighter }", "font-weight", "400");
    check("w div { color: red } p { color: currentcolor }", "color", "rgb(255 0 0)");
    check("w div { font-size: 20pt } p { font-size: 50%; width: 2em }", "width", "20pt");
    check("w div { text-align: end; direction: rtl } p { text-align: match-parent }", "text-align", "left");
    check("w div { border-top: 3pt solid } p { border-top-width: inherit }", "border-top-width", "0pt");
    check("w div { border-top: 3pt solid } p { border-top: inherit }", "border-top-width", "3pt");
}

static void displays_are_blockified(void **state)
{
    (void)state;
    check("w p { display: inline; float: left }", "display", "block");
    check("w p { display: inline-block; position: absolute }", "display", "flow-root");
    check("w p { position: absolute; float: left }", "float", "none");
    check("w div { display: flex } p { display: inline }", "display", "block");
    check("w div { display: grid } p { display: inline-table }", "display", "table");
    check("w div { display: block } p { display: inline }", "display", "inline");
    check("w body { display: flex } div { display: contents } p { display: inline }", "display", "block");
    check("w p { display: none; float: left }", "display", "none");
    check("w p { position: running(x); display: inline }", "display", "block");
    Fixture *f = styled(page, "html { display: inline }");
    assert_value(f, "html", "display", "block");
}

/* ---- custom properties ---- */
static void variables_are_substituted(void **state)
{
    (void)state;
    check("w html { --x: 3 } p { z-index: var(--x) }", "z-index", "3");
    check("w html { --x: 3 } p { --x: 4; z-index: var(--x) }", "z-index", "4");
    check("w p { z-index: var(--y, 5) }", "z-index", "5");
    check("w p { z-index: var(--y, var(--z, 6)) }", "z-index", "6");
    check("w p { z-index: 1; z-index: var(--y) }", "z-index", "auto");
    check("w div { orphans: 4 } p { orphans: var(--y) }", "orphans", "4");
    check("w p { --a: 1px; --b: var(--a) solid red; border: var(--b) }", "border-left-color", "rgb(255 0 0)");
    check("w p { --a: 10; width: calc(var(--a) * 1pt) }", "width", "10pt");
    check("w p { --r: 255, 0; color: rgb(var(--r), 0) }", "color", "rgb(255 0 0)");
    check("w p { --x:; width: calc(1pt var(--x) + 2pt) }", "width", "3pt");
    check("w p { --X: 3; --x: 4; z-index: var(--X) }", "z-index", "3");
    check("w p { --x: 3 !important } p { --x: 4; z-index: var(--x) }", "z-index", "3");
    check("w div { --x: 3 } p { --x: initial; z-index: var(--x, 8) }", "z-index", "8");
    check("w div { --x: 3 } p { --x: inherit; z-index: var(--x, 8) }", "z-index", "3");
    check("w p { --m: 1pt 2pt; margin: var(--m) }", "margin-left", "2pt");
    check("w p { --m: 1pt 2pt; margin: var(--m); margin-left: 7pt }", "margin-left", "7pt");
    check("w p { z-index: env(nothing, 4) }", "z-index", "4");
    check("w p { --a: red; background: var(--a) }", "background-color", "rgb(255 0 0)");
}

static void cycles_are_invalid(void **state)
{
    (void)state;
    check("w p { --a: var(--a); z-index: var(--a, 2) }", "z-index", "2");
    check("w p { --a: var(--b); --b: var(--c, 5); --c: var(--a); z-index: var(--b, 2) }", "z-index", "2");
    check("w p { --a: var(--b); --b: var(--a); --c: var(--a, 4); z-index: var(--c) }", "z-index", "4");
    check("w div { --a: 3 } p { --a: var(--a); z-index: var(--a, 2) }", "z-index", "2");
}

static void laughs_end(void **state)
{
    Fixture *f = fixture_new();
    Buffer css = {.arena = f->arena};
    (void)state;
    buffer_text(&css, "p { --a0: x x x x x x x x x x;");
    for (int i = 1; i < 40; i++)
        buffer_format(&css, "--a%d: var(--a%d) var(--a%d) var(--a%d);", i, i - 1, i - 1, i - 1);
    buffer_text(&css, "z-index: 3; font-family: var(--a39) }");
    fixture_document(f, page, true);
    fixture_sheet(f, css.data, ORIGIN_AUTHOR);
    fixture_resolve(f);
    assert_value(f, "p", "z-index", "3");
    assert_value(f, "p", "font-family", "serif");
}

static void registered_properties_know_their_initial_value(void **state)
{
    (void)state;
    check("w @property --x { syntax: '<integer>'; inherits: false; initial-value: 7 } div { --x: 3 } p { z-index: "
          "var(--x) }",
          "z-index", "7");
    check("w @property --x { syntax: '<integer>'; inherits: true; initial-value: 7 } div { --x: 3 } p { z-index: "
          "var(--x) }",
          "z-index", "3");
    check("w @property --x { syntax: '*'; inherits: true; initial-value: 7 } p { z-index: var(--x) }", "z-index", "7");
}

static void settings_reach_root_and_pages(void **state)
{
    static const char *const custom[] = {"nameplate", "'My Daily'", "--w", "7pt", NULL};
    (void)state;
    Fixture *f = fixture_new();
    f->context.custom = custom;
    fixture_document(f, page, true);
    fixture_sheet(f,
                  ":root { --w: 3pt } p { width: var(--w) } p::before { content: var(--nameplate) } @page { margin: "
                  "var(--w); @top-left { content: var(--nameplate) } }",
                  ORIGIN_AUTHOR);
    fixture_resolve(f);
    assert_value(f, "p", "width", "7pt");
    assert_string_equal(before_text(f, "p"), "My Daily");
    const PageStyle *one = style_page(f->tree, &(PageContext){.number = 1});
    assert_string_equal(property_text(f, one->style, "margin-top"), "7pt");
    assert_string_equal(content_as_text(f, one->margin[MARGIN_TOP_LEFT].content), "My Daily");
}

/* ---- attr() ---- */
static void attributes_become_values(void **state)
{
    (void)state;
    Fixture *f = styled(
        "<div id=a data-w=12pt data-n=3 data-c=red data-u=5></div>",
        "#a { width: attr(data-w length); order: attr(data-n type(<integer>), 1); color: attr(data-c color); height: "
        "attr(data-u pt); z-index: attr(data-x integer, 8); --v: attr(data-n type(*)); orphans: var(--v) }");
    assert_value(f, "a", "width", "12pt");
    assert_value(f, "a", "order", "3");
    assert_value(f, "a", "color", "rgb(255 0 0)");
    assert_value(f, "a", "height", "5pt");
    assert_value(f, "a", "z-index", "8");
    assert_value(f, "a", "orphans", "3");
    f = styled("<div><p id=a data-w=1></p><p id=b data-w=2></p></div>", "p { order: attr(data-w integer) }");
    assert_value(f, "a", "order", "1");
    assert_value(f, "b", "order", "2");
}

/* ---- presentational hints ---- */
static void hint(const char *document, const char *property, const char *expected)
{
    Fixture *f = fixture_new();
    fixture_document(f, document, true);
    fixture_sheet(f, "* { padding: 0; z-index: 1 } p { text-align: end }", ORIGIN_AGENT);
    fixture_resolve(f);
    const char *got = value_of(f, "x", property);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: %s is \"%s\", not \"%s\"", document, property, got, expected);
}

static void attributes_of_html_are_hints(void **state)
{
    (void)state;
    hint("<img id=x width=100 height=50% hspace=3 align=left>", "width", "75pt");
    hint("<img id=x width=100 height=50% hspace=3 align=left>", "height", "50%");
    hint("<img id=x width=100 hspace=4 align=left>", "margin-right", "3pt");
    hint("<img id=x align=left>", "float", "left");
    hint("<img id=x width=abc>", "width", "auto");
    hint("<table id=x border cellspacing=4 bgcolor=#102030 align=center>", "border-top-style", "outset");
    hint("<table id=x border cellspacing=4 bgcolor=#102030 align=center>", "-n2p-border-spacing-x", "3pt");
    hint("<table id=x border cellspacing=4 bgcolor=#102030 align=center>", "margin-left", "auto");
    hint("<table cellpadding=4 border=2><tr><td id=x width=10 align=right valign=top nowrap>", "padding-left", "3pt");
    hint("<table cellpadding=4 border=2><tr><td id=x width=10 align=right valign=top nowrap>", "border-left-width",
         "0.75pt");
    hint("<table cellpadding=4 border=0><tr><td id=x valign=top nowrap>", "border-left-style", "none");
    hint("<table cellpadding=4><tr><td id=x valign=top nowrap>", "vertical-align", "top");
    hint("<table cellpadding=4><tr><td id=x valign=top nowrap>", "text-wrap-mode", "nowrap");
    hint("<p id=x align=center>", "text-align", "-webkit-center");
    hint("<font id=x size=5 color=chucknorris face='A, B'>", "font-size", "18pt");
    hint("<font id=x size=5 color=chucknorris face='A, B'>", "color", "rgb(192 0 0)");
    hint("<font id=x size='+2147483647'>", "font-size", "36pt");
    hint("<font id=x size=-1 face='A, B'>", "font-family", "\"A\" \"B\"");
    hint("<body id=x bgcolor=red text=blue background='a b.png'>", "background-image", "url(a b.png)");
    hint("<ol id=x type=a>", "list-style-type", "lower-alpha");
    hint("<ol id=x start=4>", "counter-reset", "(list-item 3)");
    hint("<li id=x value=7>", "counter-set", "(list-item 7)");
    hint("<hr id=x size=5 color=red>", "border-left-width", "1.875pt");
    hint("<br id=x clear=all>", "clear", "both");
    hint("<custom id=x width=100>", "width", "auto");
    Fixture *f = styled("<img id=x width=100>", "img { width: 3pt }");
    assert_value(f, "x", "width", "3pt");
    f = styled("<img id=x width=100>", "img { width: revert }");
    assert_value(f, "x", "width", "auto"); /* hints count as the author's for revert */
}

static void language_is_kept(void **state)
{
    (void)state;
    Fixture *f = styled("<html id=a lang=en><p id=b xml:lang=de><em id=c></em></p></html>", "");
    assert_string_equal(styled_node(f, "a")->style->text->language, "en");
    assert_string_equal(styled_node(f, "c")->style->text->language, "de");
}

/* ---- sharing ---- */
static void equal_styles_are_one_pointer(void **state)
{
    (void)state;
    Fixture *f = styled("<html><p id=a class=x></p><p id=b class=x></p><div id=c class=x></div><p id=d style='color: "
                        "red'></p><p id=e style='color: red'></p></html>",
                        ".x { margin: 1em; text-shadow: 1em 1em red } p { margin: 1em; text-shadow: 1em 1em red }");
    assert_ptr_equal(styled_node(f, "a")->style, styled_node(f, "b")->style);
    assert_ptr_equal(styled_node(f, "a")->style, styled_node(f, "c")->style);
    assert_ptr_equal(styled_node(f, "d")->style, styled_node(f, "e")->style);
    assert_ptr_equal(styled_node(f, "a")->style->box, styled_node(f, "d")->style->box);
    const Style *block = style_anonymous(f->tree, styled_node(f, "d")->style, KW_BLOCK);
    assert_ptr_equal(block, style_anonymous(f->tree, styled_node(f, "e")->style, KW_BLOCK));
    assert_ptr_equal(block->text, styled_node(f, "d")->style->text);
    assert_int_equal(block->box->display, KW_BLOCK);
    assert_int_equal(block->box->margin_top.len, 0);
}

static void measure(void *user, const StyleFont *font, Len size, Len units[4])
{
    (void)user;
    (void)font;
    units[0] = size / 4;
    units[1] = size / 8;
}

static void fonts_are_measured(void **state)
{
    StyleMetrics metrics = {measure, NULL};
    (void)state;
    Fixture *f = fixture_new();
    fixture_document(f, page, true);
    fixture_sheet(f, "p { font-size: 16pt; width: 2ex; height: 2ch }", ORIGIN_AUTHOR);
    f->tree =
        style_resolve_measured(f->arena, &f->document, f->sheets.at, f->sheets.count, &f->context, &metrics, &f->diag);
    assert_value(f, "p", "width", "8pt");
    assert_value(f, "p", "height", "4pt");
}

/* ---- size: 100 000 elements, 2 000 rules ---- */
static void many_elements_take_little_memory(void **state)
{
    enum { ELEMENTS = 20000 };
    Fixture *f = fixture_new();
    Buffer css = {.arena = f->arena};
    (void)state;
    Name p = name_of(f->names, "p"), div = name_of(f->names, "div");
    Node *root = node_append_element(f->arena, f->names, NULL, name_of(f->names, "html"), NULL, NO_SOURCE),
         *group = root;
    for (int i = 0; i < ELEMENTS; i++) {
        if (i % 50 == 0)
            group = node_append_element(f->arena, f->names, root, div, NULL, NO_SOURCE);
        Node *node = node_append_element(f->arena, f->names, group, p, NULL, NO_SOURCE);
        node_set_attribute(f->arena, f->names, node, name_of(f->names, "class"), NULL,
                           arena_format(f->arena, "c%d k%d", i % 97, i % 7));
    }
    f->document.root = root;
    f->document.node_count = document_number(root);
    for (int i = 0; i < 500; i++)
        buffer_format(&css, ".c%d { margin: %dpx } div .k%d p { color: red } ", i, i % 11, i);
    fixture_sheet(f, css.data, ORIGIN_AUTHOR);
    size_t before = f->memory.used;
    fixture_resolve(f);
    size_t used = f->memory.used - before;
    if (used / ELEMENTS > 300)
        fail_msg("%zu bytes an element", used / ELEMENTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origins_and_importance_order_declarations),
        cmocka_unit_test(layers_order_declarations),
        cmocka_unit_test(wide_keywords_are_followed),
        cmocka_unit_test(inherited_values_are_computed),
        cmocka_unit_test(displays_are_blockified),
        cmocka_unit_test(variables_are_substituted),
        cmocka_unit_test(cycles_are_invalid),
        cmocka_unit_test(laughs_end),
        cmocka_unit_test(registered_properties_know_their_initial_value),
        cmocka_unit_test(settings_reach_root_and_pages),
        cmocka_unit_test(attributes_become_values),
        cmocka_unit_test(attributes_of_html_are_hints),
        cmocka_unit_test(language_is_kept),
        cmocka_unit_test(equal_styles_are_one_pointer),
        cmocka_unit_test(fonts_are_measured),
        cmocka_unit_test(many_elements_take_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
