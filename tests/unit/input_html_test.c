/* Web pages: what is the article, what a document; depth; sheets; bylines and status of stories. */
#include "input_test.h"

#define TEXT "This is a paragraph of the story, and it is long enough to be told from a menu or a teaser."

static void an_article_stands_among_furniture(void **state)
{
    Read read =
        read_text(*state, "<!DOCTYPE html><html lang=en><title>Harbour opens | Site</title><nav><a "
                          "href=/>Home</a></nav><div class=share-bar>Share <a href=x>this</a></div>"
                          "<article><h1>Harbour opens</h1><p class=byline>By Ann Smith &lt;&gt;</p><p>" TEXT
                          "</p><aside>Not this</aside><p>" TEXT " Again.</p>"
                          "<div class=related><p>" TEXT
                          " Related.</p></div></article><div id=comments><p>Nice.</p></div><footer>Imprint</footer>");
    assert_string_equal(text_of_class(*state, &read, "headline"), "Harbour opens");
    assert_string_equal(text_of_class(*state, &read, "byline"), "By Ann Smith");
    assert_int_equal(count_elements(by_class(read.document->root, "body"), "p"), 3);
    static const char *const not_there[] = {"Home", "Share", "Not this", "Related", "Nice", "Imprint", "&lt;&gt;"};
    for (size_t i = 0; i < sizeof not_there / sizeof *not_there; i++)
        assert_null(strstr(read.dump, not_there[i]));
}

static void text_density_finds_what_is_not_marked(void **state)
{
    Read read = read_text(*state, "<!DOCTYPE html><title>Old page</title><table><tr><td><a href=a>One</a><br><a "
                                  "href=b>Two</a><br><a href=c>Three</a></td>"
                                  "<td><div>" TEXT "<br><br>" TEXT "<br><br>" TEXT "</div></td></tr></table>");
    assert_int_equal(count_elements(by_class(read.document->root, "body"), "p"), 3);
    assert_null(strstr(read.dump, "Three"));
}

static void a_page_rule_makes_a_document(void **state)
{
    const char *page = "<!DOCTYPE html><title>T</title><style media=print>@page { size: A5 }</style><link "
                       "rel='alternate stylesheet' title=Big href=big.css><p>Text";
    Read read = read_text(*state, page);
    assert_int_equal(read.document->kind, DOCUMENT_PLAIN);
    assert_true(read.document->html);
    assert_false(read.document->quirks);
    assert_int_equal(read.document->sheet_count, 2);
    assert_string_equal(read.document->sheets[0].text, "@page { size: A5 }");
    assert_string_equal(read.document->sheets[0].media, "print");
    assert_int_equal(read.document->sheets[0].source.column, 51); /* the text's first character */
    assert_string_equal(read.document->sheets[1].href, "big.css");
    assert_true(read.document->sheets[1].alternate);
    assert_string_equal(read.document->title, "T");
    read = read_with(*state, (InputRequest){.bytes = {page, strlen(page)}, .as = AS_ARTICLE});
    assert_int_equal(read.document->kind, DOCUMENT_ARTICLE);
}

static void quirks_follow_the_doctype(void **state)
{
    const char *page = "<p>Text";
    Read read = read_with(*state, (InputRequest){.bytes = {page, strlen(page)}, .as = AS_DOCUMENT});
    assert_true(read.document->quirks);
}

static void xhtml_is_xml_where_it_is_well_formed(void **state)
{
    const char *good = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' "
                       "xml:lang='de'><head><title>T</title></head><body><p>A<br/>&eacute;</p><p/></body></html>";
    Read read = read_with(*state, (InputRequest){.bytes = {good, strlen(good)}, .as = AS_DOCUMENT});
    assert_int_equal(count_elements(read.document->root, "p"), 2);
    assert_string_equal(read.document->language, "de");
    assert_int_equal(read.document->root->ns_kind, NS_HTML);
    const char *bad = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>A<br>B</body></html>";
    read = read_with(*state, (InputRequest){.bytes = {bad, strlen(bad)}, .as = AS_DOCUMENT});
    assert_int_equal(count_elements(read.document->root, "br"), 1);
    assert_int_equal(read.diag->errors, 0);
}

static int depth_of(const Node *node)
{
    int deepest = 0;
    for (const Node *child = node->first; child; child = child->next) {
        int depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static void nested_many_times(Arena *arena, const char *open, const char *between)
{
    Buffer page = {.arena = arena};
    buffer_text(&page, "<!DOCTYPE html><body>");
    for (int i = 0; i < 10000; i++) {
        buffer_text(&page, open);
        buffer_text(&page, between);
    }
    buffer_text(&page, "<p>The end of it</p>");
    Read read = read_with(arena, (InputRequest){.bytes = {page.data, page.size}, .as = AS_DOCUMENT});
    assert_non_null(read.document);
    assert_non_null(strstr(read.dump, "The end of it"));
    assert_true(depth_of(read.document->root) <= default_limits.depth + 2);
}

static void deep_nesting_is_flat_in_time_and_depth(void **state)
{
    nested_many_times(*state, "<div>", "");
    nested_many_times(*state, "<div>", "</x>");
    nested_many_times(*state, "<div/>", "");
    nested_many_times(*state, "<ul><li>", "");
    nested_many_times(*state, "<span><div>", "</span>");
    nested_many_times(*state, "<b><div>", "</b>");
}

static void pictures_are_told_from_trackers(void **state)
{
    Read read = read_text(
        *state,
        "<!DOCTYPE html><base href='img/'><article><h1>Pictures</h1><figure><img "
        "src='data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==' data-src=photo.jpg alt=A>"
        "<figcaption>Caption <cite>Someone</cite></figcaption></figure><noscript><img src=photo.jpg></noscript><img "
        "src=//t.example/pixel.gif width=1 height=1><img src=http://ads.example/img?s=1&p=1 alt=''><p>" TEXT
        "</article>");
    assert_int_equal(count_elements(read.document->root, "figure"), 1);
    assert_non_null(strstr(read.dump, "src=\"img/photo.jpg\""));
    assert_string_equal(text_of_class(*state, &read, "caption"), "Caption");
    assert_string_equal(text_of_class(*state, &read, "credit"), "Someone");
}

/* Words of furniture begin sentences, too. */
static void sentences_are_no_furniture(void **state)
{
    Read read =
        read_text(*state, "<!DOCTYPE html><article><h1>Court</h1><p>" TEXT "<p>Anzeigen gegen drei Firmen folgten."
                          "<p>The claim was filed under seal.<p>Newsletters went out at noon."
                          "<p>Anzeige<p>Share this story</p>"
                          "<h2>Recommended doses</h2><p>" TEXT "<p>Short one.<p>" TEXT "</article>");
    assert_non_null(strstr(read.dump, "Anzeigen gegen"));
    assert_non_null(strstr(read.dump, "filed under seal"));
    assert_non_null(strstr(read.dump, "Newsletters went"));
    assert_non_null(strstr(read.dump, "Short one."));
    assert_null(strstr(read.dump, "Anzeige<"));
    assert_null(strstr(read.dump, "Share this"));
}

/* HTML 4.8.4: an img whose picture element alone says what to show. */
static void sources_of_a_picture_stand_for_an_empty_img(void **state)
{
    Read read =
        read_text(*state, "<!DOCTYPE html><article><h1>Pictures</h1><p>" TEXT "<picture>"
                          "<source type='image/avif' srcset='p.avif 2000w'>"
                          "<source type='image/webp' data-srcset='p-400.webp 400w, p-1600.webp 1600w, p-800.webp 800w'>"
                          "<source srcset='p.jpg'><img alt=P></picture><p>" TEXT "</article>");
    assert_int_equal(count_elements(read.document->root, "figure"), 1);
    assert_non_null(strstr(read.dump, "src=\"p-1600.webp\""));
}

static void a_credit_that_the_caption_ends_with_is_said_once(void **state)
{
    Read read = read_text(*state, "<nitf><body><body.head><hedline><hl1>H</hl1></hedline></"
                                  "body.head><body.content><media media-type='image'><media-reference source='a.jpg'/>"
                                  "<media-caption>Ships. Photo: Ann Smith</media-caption><media-producer>Ann "
                                  "Smith</media-producer></media><p>Text.</p></body.content></body></nitf>");
    assert_string_equal(text_of_class(*state, &read, "caption"), "Ships. Photo: Ann Smith");
    assert_string_equal(text_of_class(*state, &read, "credit"), "(none)");
}

static void byline_is(Arena *arena, const char *byline, const char *lang, const char *text, const char *by)
{
    const char *story = arena_format(arena,
                                     "<nitf "
                                     "baselang='%s'><body><body.head><hedline><hl1>H</hl1></hedline><byline>%s</"
                                     "byline></body.head><body.content><p>T.</p></body.content></body></nitf>",
                                     lang, byline);
    Read read = read_text(arena, story);
    const Node *line = by_class(read.document->root, "byline");
    if (!text) {
        assert_null(line);
        return;
    }
    assert_non_null(line);
    assert_string_equal(node_text(arena, line), text);
    assert_string_equal(node_attribute(line, "data-by"), by);
}

static void bylines_stand_as_written(void **state)
{
    byline_is(*state, "By<person>Kim</person>,<byttl>Staff</byttl>", "en", "By Kim, Staff", "file");
    byline_is(*state, "<person>Hyun-woo, Seo</person> &lt; >", "en", "Hyun-woo, Seo", "none");
    byline_is(*state, "Von Anna Groß", "de", "Von Anna Groß", "file");
    byline_is(*state, "Di Maria", "es", "Di Maria", "none"); /* a name in Spanish, "by" in Italian */
    byline_is(*state, "Di Maria", "it", "Di Maria", "file");
    byline_is(*state, "서현우 기자", "ko", "서현우 기자", "file");
    byline_is(*state, "gr/bp", "en", "gr/bp", "file");
    byline_is(*state, " &lt;&gt; ", "en", NULL, NULL);
}

#define G2(meta)                                                                                           \
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta><itemClass qcode='ninat:text'/>" meta \
    "</itemMeta><contentMeta><headline>H</headline></contentMeta></newsItem>"

static void status_is(Arena *arena, const char *text, const char *code)
{
    Read read = read_text(arena, text);
    assert_true((read.document == NULL) == (code != NULL));
    if (!code)
        return;
    assert_int_equal(message_of(read.diag, code)->severity, SEVERITY_ERROR);
    read = read_with(arena, (InputRequest){.bytes = {text, strlen(text)}, .force = true});
    assert_non_null(read.document);
    assert_int_equal(message_of(read.diag, code)->severity, SEVERITY_WARNING);
}

static void who_may_not_print_is_refused(void **state) /* now: 2024-06-01T00:00:00Z */
{
    status_is(*state, G2("<pubStatus qcode='stat:usable'/>"), NULL);
    status_is(*state, G2("<pubStatus qcode='stat:withheld'/>"), "withheld");
    status_is(*state, G2("<pubStatus qcode='stat:canceled'/>"), "canceled");
    status_is(*state, G2("<embargoed>2024-06-01T00:00:01Z</embargoed>"), "embargoed");
    status_is(*state, G2("<embargoed>2024-06-01T08:00:00+09:00</embargoed>"), NULL); /* an hour ago */
    status_is(*state, G2("<embargoed>2024-06-01T09:30:00+09:00</embargoed>"), "embargoed");
    status_is(*state, G2("<embargoed/>"), "embargoed"); /* until further notice */
    status_is(*state,
              "<nitf><head><docdata "
              "management-status='canceled'/></head><body><body.head><hedline><hl1>H</hl1></hedline></body.head></"
              "body></nitf>",
              "canceled");
}

static void items_of_a_feed_are_chosen(void **state)
{
    const char *feed = "<rss><channel><title>Feed</title><item><guid>a</guid><title>One</title></item><item><guid>b</"
                       "guid><title>Two</title></item></channel></rss>";
    static const struct {
        const char *item, *headline;
        int stories;
    } cases[] = {{NULL, "One", 1}, {"2", "Two", 1}, {"b", "Two", 1}, {"all", "One", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Read read = read_with(*state, (InputRequest){.bytes = {feed, strlen(feed)}, .item = cases[i].item});
        assert_string_equal(text_of_class(*state, &read, "headline"), cases[i].headline);
        assert_int_equal(count_elements(read.document->root, "article"), cases[i].stories);
        assert_int_equal(count_elements(read.document->root, "nav"), cases[i].stories > 1);
    }
    Read read = read_with(*state, (InputRequest){.bytes = {feed, strlen(feed)}, .item = "3"});
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "item-missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_article_stands_among_furniture),
        TEST(text_density_finds_what_is_not_marked),
        TEST(a_page_rule_makes_a_document),
        TEST(quirks_follow_the_doctype),
        TEST(xhtml_is_xml_where_it_is_well_formed),
        TEST(deep_nesting_is_flat_in_time_and_depth),
        TEST(pictures_are_told_from_trackers),
        TEST(sentences_are_no_furniture),
        TEST(sources_of_a_picture_stand_for_an_empty_img),
        TEST(a_credit_that_the_caption_ends_with_is_said_once),
        TEST(bylines_stand_as_written),
        TEST(who_may_not_print_is_refused),
        TEST(items_of_a_feed_are_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
