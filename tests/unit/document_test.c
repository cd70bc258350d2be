/* The tree: building, asking, numbering, dumping. */
#include "document/document.h"
#include "test.h"

#define HTML "http://www.w3.org/1999/xhtml"

static Source at(int line, int column)
{
    return (Source){"f", line, column};
}

static void attributes_keep_id_and_classes(void **state)
{
    Arena *arena = *state;
    Names *names = names_new(arena);
    Node *node = node_append_element(arena, names, NULL, name_of(names, "p"), name_of(names, HTML), at(1, 1));
    node_set_attribute(arena, names, node, name_of(names, "class"), NULL, " lead \n big ");
    node_set_attribute(arena, names, node, name_of(names, "id"), NULL, "x");
    for (int i = 0; i < 20; i++)
        node_set_attribute(arena, names, node, name_of(names, arena_format(arena, "a%d", i)), NULL, "v");
    assert_int_equal(node->class_count, 2);
    assert_true(node_has_class(node, "lead") && node_has_class(node, "big"));
    assert_false(node_has_class(node, "lea"));
    assert_ptr_equal(node->id, name_of(names, "x"));
    assert_int_equal(node->attribute_count, 22);
    node_set_attribute(arena, names, node, name_of(names, "a3"), NULL, "w");
    assert_int_equal(node->attribute_count, 22);
    assert_string_equal(node_attribute(node, "a3"), "w");
    assert_null(node_attribute(node, "a20"));
    assert_int_equal(node->ns_kind, NS_HTML);
}

static void text_is_collapsed_over_elements(void **state)
{
    Arena *arena = *state;
    Names *names = names_new(arena);
    Node *p = node_append_element(arena, names, NULL, name_of(names, "p"), NULL, at(1, 1));
    node_append_text(arena, p, "  One \n", 7, at(1, 4));
    Node *b = node_append_element(arena, names, p, name_of(names, "b"), NULL, at(2, 1));
    node_append_text(arena, b, "two", 3, at(2, 4));
    node_append_text(arena, p, ", three ", 8, at(2, 11));
    node_append_element(arena, names, p, name_of(names, "br"), NULL, at(2, 19));
    node_append_text(arena, p, "four", 4, at(2, 23));
    assert_string_equal(node_text(arena, p), "One two, three four");
    assert_int_equal(document_number(p), 7);
    assert_int_equal(p->last->index, 6);
}

static void the_dump_is_xml_with_places(void **state)
{
    Arena *arena = *state;
    Names *names = names_new(arena);
    Document document = {.kind = DOCUMENT_PLAIN, .title = "A \"title\""};
    document.root = node_append_element(arena, names, NULL, name_of(names, "memo"), name_of(names, "urn:m"), at(1, 1));
    node_append_text(arena, document.root, "\n  ", 3, at(1, 7));
    Node *line =
        node_append_element(arena, names, document.root, name_of(names, "line"), name_of(names, "urn:m"), at(2, 3));
    node_set_attribute(arena, names, line, name_of(names, "lang"),
                       name_of(names, "http://www.w3.org/XML/1998/namespace"), "en");
    node_append_text(arena, line, "a < b", 5, at(2, 9));
    node_append_element(arena, names, document.root, name_of(names, "empty"), NULL, at(3, 3));
    Buffer out = {.arena = arena};
    document_dump(&document, &out);
    assert_string_equal(out.data, "<document kind=\"plain\" html=\"no\" title=\"A &quot;title&quot;\">\n"
                                  "  <memo xmlns=\"urn:m\" at=\"1:1\">\n"
                                  "    <line xml:lang=\"en\" at=\"2:3\">a &lt; b</line>\n"
                                  "    <empty xmlns=\"\" at=\"3:3\"/>\n"
                                  "  </memo>\n"
                                  "</document>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attributes_keep_id_and_classes),
        TEST(text_is_collapsed_over_elements),
        TEST(the_dump_is_xml_with_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
