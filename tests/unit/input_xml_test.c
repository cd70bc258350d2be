/* XML: entities, escaping, places, faults, and files that mean harm. */
#include "input_test.h"

#include <stdio.h>

#define STORY(headline, body)                                                                          \
    "<nitf><body><body.head><hedline><hl1>" headline "</hl1></hedline></body.head><body.content>" body \
    "</body.content></body></nitf>"

static void headline_is(Arena *arena, const char *text, const char *expected)
{
    Read read = read_text(arena, text);
    assert_string_equal(text_of_class(arena, &read, "headline"), expected);
}

static void html_names_need_no_dtd(void **state)
{
    headline_is(*state, STORY("Caf&eacute; &ndash; &euro;5 &Aacute;&hellip;", ""), "Café – €5 Á…");
    headline_is(*state, STORY("&check; &NotEqualTilde;", ""), "✓ ≂̸"); /* names of HTML5 only, one of two characters */
    headline_is(*state, STORY("R&amp;D &lt;b&gt; &#x2013; &#8211;", ""), "R&D <b> – –");
    Read read = read_text(*state, "<x a='&eacute;&nbsp;&amp;' xmlns='y'><?xml-stylesheet href='s.css'?></x>");
    assert_null(read.document); /* the instruction must stand before the root */
    read = read_with(*state, (InputRequest){.bytes = {"<x a='&eacute;&amp;&lt;'/>", 26}, .has_style = true});
    assert_string_equal(node_attribute(read.document->root, "a"), "é&<");
}

static void unknown_names_stay_as_text(void **state)
{
    Read read = read_text(*state, STORY("AT&T; and B & C &nosuch;", ""));
    assert_string_equal(text_of_class(*state, &read, "headline"), "AT&T; and B & C &nosuch;");
    assert_non_null(message_of(read.diag, "unknown-entity"));
}

static void internal_entities_are_put_in(void **state)
{
    headline_is(*state,
                "<!DOCTYPE nitf [<!ENTITY paper 'The <em>Daily</em>'><!ENTITY full \"&paper; News\">]>\n" STORY(
                    "In &full;!", ""),
                "In The Daily News!");
}

static void external_entities_are_never_read(void **state)
{
    Read read = read_text(
        *state, "<!DOCTYPE nitf SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p; "
                "<!ENTITY x SYSTEM 'file:///etc/hostname'>]>\n" STORY("a &x; b", ""));
    assert_string_equal(text_of_class(*state, &read, "headline"), "a b");
    const Diagnostic *message = message_of(read.diag, "external-entity");
    assert_non_null(message);
    assert_int_equal(message->source.line, 2);
}

static void entities_without_bound_are_an_error(void **state)
{
    Buffer text = {.arena = *state};
    buffer_text(&text, "<!DOCTYPE nitf [<!ENTITY e0 'ha'>");
    for (int i = 1; i < 12; i++) {
        buffer_format(&text, "<!ENTITY e%d '", i);
        for (int k = 0; k < 10; k++)
            buffer_format(&text, "&e%d;", i - 1);
        buffer_text(&text, "'>");
    }
    buffer_text(&text, "]>" STORY("&e11;", ""));
    Read read = read_text(*state, text.data);
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "entity-expansion"));
    read = read_text(*state, "<!DOCTYPE nitf [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>" STORY("&a;", ""));
    assert_null(read.document);
}

static void control_characters_go(void **state)
{
    Read read = read_text(*state, STORY("a\x01"
                                        "b\x0C"
                                        "c &#7;d don\xC2\x92t",
                                        ""));
    assert_string_equal(text_of_class(*state, &read, "headline"), "abc d don’t");
    assert_non_null(message_of(read.diag, "control-character"));
}

static void places_are_those_of_the_file(void **state)
{
    Read read = read_text(
        *state, "<!DOCTYPE nitf [\n<!ENTITY x 'long replacement text'>\n]>\n<nitf><body><body.head><hedline>\n  "
                "&x;&eacute;<hl1>H</hl1></hedline></body.head>"
                "<body.content><!-- a\ncomment --><p>One</p>é<p>Two</p></body.content></body></nitf>");
    const Node *headline = by_class(read.document->root, "headline");
    assert_int_equal(headline->source.line, 5);
    assert_int_equal(headline->source.column, 14);
    const Node *one = by_class(read.document->root, "lead");
    assert_int_equal(one->source.line, 6);
    assert_int_equal(one->source.column, 12);
    const Node *two = one;
    while (two->next)
        two = two->next;
    assert_int_equal(two->source.column, 23); /* behind <p>One</p> and one letter of two bytes */
}

static void faults_are_mended_and_told(void **state)
{
    Read read = read_text(*state, "<nitf><body><body.head><hedline><hl1>H</hl2></hedline></"
                                  "body.head>\n<body.content><p>One<p>Two 1 < 2</p></body.content></nitf>");
    assert_non_null(read.document);
    assert_non_null(strstr(read.dump, "One"));
    assert_non_null(strstr(read.dump, "Two 1 &lt; 2"));
    assert_non_null(message_of(read.diag, "malformed-xml"));
}

static void lost_content_is_an_error(void **state)
{
    Read read = read_text(
        *state,
        STORY("H", "<p>One</p>") "\n<nitf><body><body.content><p>Another document</p></body.content></body></nitf>");
    const Diagnostic *message = message_of(read.diag, "content-lost");
    assert_non_null(message);
    assert_int_equal(message->severity, SEVERITY_ERROR);
    assert_int_equal(message->source.line, 2);
}

static void cdata_without_an_end_keeps_its_text(void **state)
{
    Read read = read_text(*state, "<rss><channel><item><title>T</title><description><![CDATA[<p>Cut off here");
    assert_non_null(read.document);
    assert_string_equal(text_of_class(*state, &read, "lead"), "Cut off here");
}

static void nesting_is_limited(void **state)
{
    Buffer text = {.arena = *state};
    buffer_text(&text, "<nitf><body><body.content>");
    for (int i = 0; i < 10000; i++)
        buffer_text(&text, "<block>");
    buffer_text(&text, "<p>Deep</p>");
    for (int i = 0; i < 10000; i++)
        buffer_text(&text, "</block>");
    buffer_text(&text, "<p>After</p></body.content></body></nitf>");
    Read read = read_text(*state, text.data);
    assert_non_null(strstr(read.dump, "Deep"));
    assert_non_null(strstr(read.dump, "After"));
    assert_non_null(message_of(read.diag, "nesting-depth"));
}

static void nodes_and_bytes_are_limited(void **state)
{
    Limits limits = default_limits;
    limits.nodes = 10;
    const char *text = STORY("H", "<p>1</p><p>2</p><p>3</p><p>4</p><p>5</p>");
    Read read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .limits = &limits});
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "too-many-nodes"));
    limits = default_limits;
    limits.input_bytes = 20;
    read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .limits = &limits});
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "input-too-large"));
}

static void escaping_is_taken_off_as_often_as_it_was_put_on(void **state)
{
    Read read = read_text(*state, "<rss><channel><item><title>AT&amp;amp;T "
                                  "&lt;b&gt;deal&lt;/b&gt;</title><description>&amp;lt;p&amp;gt;One&amp;lt;/"
                                  "p&amp;gt;&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;"
                                  "</description></item></channel></rss>");
    assert_string_equal(text_of_class(*state, &read, "headline"), "AT&T deal");
    assert_string_equal(text_of_class(*state, &read, "lead"), "One");
    assert_int_equal(count_elements(by_class(read.document->root, "body"), "p"), 2);
    assert_non_null(strstr(read.dump, "R&amp;D<"));
    read = read_text(*state, "<rss><channel><item><title>Q&amp;A: 1 &lt; 2</title><description>R&amp;D at "
                             "AT&amp;T</description></item></channel></rss>");
    assert_string_equal(text_of_class(*state, &read, "headline"), "Q&A: 1 < 2");
    assert_string_equal(text_of_class(*state, &read, "lead"), "R&D at AT&T");
    read = read_text(*state, STORY("H", "<p>4 o&amp;#39;clock</p>"));
    assert_string_equal(text_of_class(*state, &read, "lead"), "4 o'clock");
}

static void unknown_vocabularies_need_a_sheet(void **state)
{
    const char *text = "<memo><to>All</to></memo>";
    Read read = read_text(*state, text);
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "format-unknown")->hint);
    read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .has_style = true});
    assert_int_equal(read.document->kind, DOCUMENT_PLAIN);
    assert_false(read.document->html);
    read = read_text(*state, "<?xml-stylesheet type='text/css' href='memo.css' media=\"print\"?>\n<memo/>");
    assert_int_equal(read.document->sheet_count, 1);
    assert_string_equal(read.document->sheets[0].href, "memo.css");
    assert_string_equal(read.document->sheets[0].media, "print");
}

static void nothing_to_print_is_an_error(void **state)
{
    const char *const texts[] = {"",           "   \n",     "<rss><channel><title>T</title></channel></rss>",
                                 "{\"a\": 1}", "{\"a\": 1", "<?xml version='1.0'?>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Read read = read_text(*state, texts[i]);
        assert_null(read.document);
        assert_int_equal(read.diag->errors, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(html_names_need_no_dtd),
        TEST(unknown_names_stay_as_text),
        TEST(internal_entities_are_put_in),
        TEST(external_entities_are_never_read),
        TEST(entities_without_bound_are_an_error),
        TEST(control_characters_go),
        TEST(places_are_those_of_the_file),
        TEST(faults_are_mended_and_told),
        TEST(lost_content_is_an_error),
        TEST(cdata_without_an_end_keeps_its_text),
        TEST(nesting_is_limited),
        TEST(nodes_and_bytes_are_limited),
        TEST(escaping_is_taken_off_as_often_as_it_was_put_on),
        TEST(unknown_vocabularies_need_a_sheet),
        TEST(nothing_to_print_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
