/* Selectors: what parses, how specific it is, what it matches. selectors-4. */
#include "style_fixture.h"

/* ---- parsing and specificity ---- */
static const SelectorList *parse(Fixture *f, const char *text)
{
    Reader *reader = NEW(f->arena, Reader);
    TokenList list = {0};
    reader_start(reader, f->arena, f->names, NULL, NULL, ORIGIN_AUTHOR, NULL, NULL);
    Tokenizer tokenizer = tokenizer_start(f->arena, (Bytes){text, strlen(text)}, 1, 1);
    tokens_read(&tokenizer, &list);
    return selectors_parse(reader, (TokenRange){list.at, list.at + list.count}, NULL);
}

static void specificity_counts_ids_classes_types(void **state)
{
    static const struct {
        const char *selector;
        int a, b, c;
    } cases[] = {
        {"*", 0, 0, 0},
        {"li", 0, 0, 1},
        {"ul ol+li", 0, 0, 3},
        {"h1 + *[rel=up]", 0, 1, 1},
        {"ul ol li.red", 0, 1, 3},
        {"li.red.level", 0, 2, 1},
        {"#x34y", 1, 0, 0},
        {"#s12:not(foo)", 1, 0, 1},
        {".foo :is(.bar, #baz)", 1, 1, 0},
        {":is(em, #foo)", 1, 0, 0},
        {".qux:where(em, #foo#bar#baz)", 0, 1, 0},
        {":nth-child(even of li, .item)", 0, 2, 0},
        {":not(em, strong#foo)", 1, 0, 1},
        {"a:has(> img, .x)", 0, 1, 1},
        {"p::before", 0, 0, 2},
        {"p:before", 0, 0, 2},
        {"p:first-child::first-letter", 0, 1, 2},
        {":only-child", 0, 1, 0},
        {":lang(de)", 0, 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Fixture *f = fixture_new();
        const SelectorList *list = parse(f, cases[i].selector);
        if (!list)
            fail_msg("%s does not parse", cases[i].selector);
        uint32_t wanted = (uint32_t)(cases[i].a << 20 | cases[i].b << 10 | cases[i].c);
        if (list->at[0].specificity != wanted)
            fail_msg("%s has specificity %x, not %x", cases[i].selector, list->at[0].specificity, wanted);
    }
}

static void bad_selectors_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "a,",
        ",a",
        "a,,b",
        "a >",
        "> a",
        "a > > b",
        "a..b",
        ".1",
        "#1",
        "a:foo",
        "a::foo",
        "a:not()",
        "a:nth-child(x)",
        "[a",
        "[=x]",
        "[a=]",
        "[a=x y]",
        "x|a",
        "a b:bar c",
        "a::before b",
        "a:is(b",
        ":not(a,)",
        "p::before::after.x",
        "a!",
        "a:nth-of-type(2 of p)",
        ":has()",
        ":has(a:has(b))",
        "[a|]",
        "*|",
        "::before.x",
        "a:lang()",
        "%",
        "a { }",
        "1a",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (parse(fixture_new(), bad[i]) && strcmp(bad[i], "[a") != 0 && strcmp(bad[i], "a:is(b") != 0 &&
            strcmp(bad[i], "p::before::after.x") != 0)
            fail_msg("%s should not parse", bad[i]);
}

static void open_brackets_close_at_the_end(void **state)
{
    (void)state;
    assert_non_null(parse(fixture_new(), "[a"));
    assert_non_null(parse(fixture_new(), "a:is(b"));
}

/* ---- matching ---- */
static const char document[] = "<html id=html lang=en><body id=body class='c1 c2'>"
                               "<div id=d1 class=box title='one two'><p id=p1>text</p><p id=p2 class=lead><em "
                               "id=e1></em><em id=e2>x</em></p><span id=s1></span><p id=p3></p></div>"
                               "<div id=d2 lang=de-CH dir=rtl><a id=a1 href='x.PDF'>l</a><a id=a2>n</a><div id=d3 "
                               "class='Box lead'><em id=e3 data-x=''></em></div></div>"
                               "<ul id=u1><li id=l1></li><li id=l2 class=k></li><li id=l3></li><li id=l4 "
                               "class=k></li><li id=l5 class=k></li></ul></body></html>";

static void put_match(const Fixture *f, Buffer *out)
{
    for (const Node *node = f->document.root; node;) {
        if (node->kind == NODE_ELEMENT && node->id && f->tree->nodes[node->index].style->text->orphans == 77)
            buffer_format(out, "%s%s", out->size ? " " : "", node->id);
        const Node *next = node->first;
        while (!next && node) {
            next = node->next;
            node = next ? node : node->parent;
        }
        node = next;
    }
}

/* orphans is inherited: everything is reset first by a weaker rule. */
static void assert_matches(const char *selector, const char *expected)
{
    Fixture *f = fixture_new();
    Buffer css = {.arena = f->arena}, out = {.arena = f->arena};
    fixture_document(f, document, true);
    buffer_format(&css, ":where(*) { orphans: 2 } @layer x; %s { orphans: 77 !important }", selector);
    fixture_sheet(f, css.data, ORIGIN_AUTHOR);
    fixture_resolve(f);
    buffer_text(&out, "");
    put_match(f, &out);
    if (strcmp(out.data, expected) != 0)
        fail_msg("%s matches \"%s\", not \"%s\"", selector, out.data, expected);
}

static void simple_selectors_match(void **state)
{
    (void)state;
    assert_matches("em", "e1 e2 e3");
    assert_matches("EM", "e1 e2 e3");
    assert_matches("#p2", "p2");
    assert_matches(".lead", "p2 d3");
    assert_matches(".box", "d1");
    assert_matches("p.lead, .Box.lead", "p2 d3");
    assert_matches("*|em:not(.x)", "e1 e2 e3");
    assert_matches("|em", "");
    assert_matches(":root", "html");
    assert_matches("p:empty", "p3");
    assert_matches(":link", "a1");
    assert_matches(":any-link, :visited", "a1");
    assert_matches("a:hover", "");
    assert_matches("\\70 #p\\31", "p1");
}

static void attributes_match(void **state)
{
    (void)state;
    assert_matches("[title]", "d1");
    assert_matches("[title='one two']", "d1");
    assert_matches("[title~=two]", "d1");
    assert_matches("[title~='one two']", "");
    assert_matches("[lang|=de]", "d2");
    assert_matches("[lang|=d]", "");
    assert_matches("[href$='.pdf']", "");
    assert_matches("[href$='.pdf' i]", "a1");
    assert_matches("[href^=x]", "a1");
    assert_matches("[title*='e t']", "d1");
    assert_matches("[title*='']", "");
    assert_matches("[data-x='']", "e3");
    assert_matches("[TITLE]", "d1");
    assert_matches("[dir=RTL]", "d2");
    assert_matches("[dir=RTL s]", "");
    assert_matches("[class=BOX]", "");
}

static void combinators_match(void **state)
{
    (void)state;
    assert_matches("div em", "e1 e2 e3");
    assert_matches("div > em", "e3");
    assert_matches("div div em", "e3");
    assert_matches("p + span", "s1");
    assert_matches("p ~ p", "p2 p3");
    assert_matches("p + p", "p2");
    assert_matches("p ~ span + p", "p3");
    assert_matches("body > div > p ~ p > em + em", "e2");
    assert_matches("body > em", "");
    assert_matches("#d1 ~ div em", "e3");
    assert_matches("html>body>div>div>em", "e3");
    assert_matches("div p em, ul > li + li", "e1 e2 l2 l3 l4 l5");
}

static void children_are_counted(void **state)
{
    (void)state;
    assert_matches("li:first-child", "l1");
    assert_matches("li:last-child", "l5");
    assert_matches("em:only-child", "e3");
    assert_matches("li:nth-child(2)", "l2");
    assert_matches("li:nth-child(2n+1)", "l1 l3 l5");
    assert_matches("li:nth-child(even)", "l2 l4");
    assert_matches("li:nth-child(-n+2)", "l1 l2");
    assert_matches("li:nth-last-child(-n+2)", "l4 l5");
    assert_matches("li:nth-last-child(3n)", "l3");
    assert_matches("li:nth-child(2 of .k)", "l4");
    assert_matches("li:nth-last-child(odd of .k)", "l2 l5");
    assert_matches("p:nth-of-type(3)", "p3");
    assert_matches("p:first-of-type, span:only-of-type", "p1 s1");
    assert_matches("p:last-of-type", "p3");
    assert_matches("p:nth-last-of-type(2)", "p2");
    assert_matches(":nth-child(0)", "");
}

static void lists_in_selectors_match(void **state)
{
    (void)state;
    assert_matches(":is(p, span):not(.lead)", "p1 s1 p3");
    assert_matches(":where(#d1, #d2) > :is(p, a)", "p1 p2 p3 a1 a2");
    assert_matches("li:not(.k, :first-child)", "l3");
    assert_matches(":is(em, :unknown)", "e1 e2 e3");
    assert_matches(":is()", "");
    assert_matches("p:not(div p)", "");
    assert_matches(":matches(em)", "e1 e2 e3");
}

static void has_looks_down_and_forward(void **state)
{
    (void)state;
    assert_matches("div:has(em)", "d1 d2 d3");
    assert_matches("div:has(> em)", "d3");
    assert_matches("p:has(+ span)", "p2");
    assert_matches("p:has(~ span)", "p1 p2");
    assert_matches("p:has(~ p)", "p1 p2");
    assert_matches("div:has(p > em + em)", "d1");
    assert_matches("div:has(> p em)", "d1");
    assert_matches(":has(.none)", "");
    assert_matches("div:not(:has(p))", "d2 d3");
    assert_matches("div:has(> a, > p)", "d1 d2");
    assert_matches("p:has(~ p ~ p)", "p1");
    assert_matches("body:has(.box) li:first-child", "l1");
}

static void language_and_direction_match(void **state)
{
    (void)state;
    assert_matches("em:lang(de)", "e3");
    assert_matches("em:lang('*-CH')", "e3");
    assert_matches("em:lang(de-ch, fr)", "e3");
    assert_matches("em:lang(d)", "");
    assert_matches("p:lang(en)", "p1 p2 p3");
    assert_matches("a:dir(rtl)", "a1 a2");
    assert_matches("em:dir(ltr)", "e1 e2");
}

static void nested_rules_match(void **state)
{
    (void)state;
    assert_matches("#d1 { & > p.lead { orphans: 77 } } #none", "p2");
    assert_matches("#d1 { p { em { orphans: 77 } } } #none", "e1 e2");
    assert_matches("#d1 { + div a { orphans: 77 } } #none", "a1 a2");
    assert_matches("p { .box & { orphans: 77 } } #none", "p1 p2 p3");
    assert_matches("p, li { &.lead, &.k { orphans: 77 } } #none", "p2 l2 l4 l5");
    assert_matches("#d1 { @media print { p { orphans: 77 } } } #none", "p1 p2 p3");
}

static void namespaces_match(void **state)
{
    (void)state;
    assert_matches("x { } @namespace url(http://www.w3.org/1999/xhtml); em", "e1 e2 e3");
    Fixture *f = fixture_new();
    fixture_document(f, "<a id=x><b id=y></b></a>", false);
    fixture_sheet(f,
                  "@namespace h 'http://www.w3.org/1999/xhtml'; h|b { orphans: 5 } |b { widows: 5 } *|b { z-index: 5 } "
                  "B { order: 3 }",
                  ORIGIN_AUTHOR);
    fixture_resolve(f);
    assert_value(f, "y", "orphans", "2");
    assert_value(f, "y", "widows", "5");
    assert_value(f, "y", "z-index", "5");
    assert_value(f, "y", "order", "0");
}

static void quirks_ignore_case(void **state)
{
    (void)state;
    Fixture *f = fixture_new();
    fixture_document(f, "<div id=a class=Foo><p id=B></p></div>", true);
    f->document.quirks = true;
    fixture_sheet(f, ".fOO { z-index: 1 } .foo #b { z-index: 2 }", ORIGIN_AUTHOR);
    fixture_resolve(f);
    assert_value(f, "a", "z-index", "1");
    assert_value(f, "B", "z-index", "2");
}

/* A long chain of descendant combinators over a deep tree, and long sibling lists. */
static void hostile_selectors_end(void **state)
{
    (void)state;
    Fixture *f = fixture_new();
    Buffer text = {.arena = f->arena}, css = {.arena = f->arena};
    for (int i = 0; i < 300; i++)
        buffer_text(&text, i ? "<div>" : "<div id=top>");
    for (int i = 0; i < 300; i++)
        buffer_text(&text, "</div>");
    fixture_document(f, text.data, true);
    for (int i = 0; i < 40; i++)
        buffer_text(&css, "div ");
    buffer_text(&css, "{ z-index: 3 } x ");
    for (int i = 0; i < 40; i++)
        buffer_text(&css, "div ");
    buffer_text(&css, "{ z-index: 4 }");
    fixture_sheet(f, css.data, ORIGIN_AUTHOR);
    fixture_resolve(f);
    const Node *node = f->document.root;
    for (int i = 0; i < 299; i++, node = node->first)
        assert_int_equal(f->tree->nodes[node->index].style->box->z_index, i >= 39 ? 3 : INT32_MIN + KW_AUTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specificity_counts_ids_classes_types),
        cmocka_unit_test(bad_selectors_are_refused),
        cmocka_unit_test(open_brackets_close_at_the_end),
        cmocka_unit_test(simple_selectors_match),
        cmocka_unit_test(attributes_match),
        cmocka_unit_test(combinators_match),
        cmocka_unit_test(children_are_counted),
        cmocka_unit_test(lists_in_selectors_match),
        cmocka_unit_test(has_looks_down_and_forward),
        cmocka_unit_test(language_and_direction_match),
        cmocka_unit_test(nested_rules_match),
        cmocka_unit_test(namespaces_match),
        cmocka_unit_test(quirks_ignore_case),
        cmocka_unit_test(hostile_selectors_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
