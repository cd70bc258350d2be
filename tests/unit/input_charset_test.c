/* Charsets: marks, declarations, declarations that lie, none at all. */
#include "input_test.h"

#define NITF(head) head "<nitf><body><body.head><hedline><hl1>"
#define END "</hl1></hedline></body.head><body.content/></body></nitf>"

static void headline_is(Arena *arena, const char *bytes, size_t size, const char *expected)
{
    Read read = read_bytes(arena, bytes, size);
    assert_string_equal(text_of_class(arena, &read, "headline"), expected);
}
#define HEADLINE(bytes, expected) headline_is(*state, bytes, sizeof(bytes) - 1, expected)

static void declared_charsets_are_decoded(void **state)
{
    HEADLINE(NITF("<?xml version='1.0' encoding='windows-1252'?>") "\x93"
                                                                   "Caf\xE9\x94 \x80"
                                                                   "5" END,
             "“Café” €5");
    HEADLINE(NITF("<?xml version='1.0' encoding='ISO-8859-2'?>") "\xB3\xF3"
                                                                 "d\xBC" END,
             "łódź");
    HEADLINE(NITF("<?xml version='1.0' encoding='windows-1251'?>") "\xCC\xE8\xF0" END, "Мир");
    HEADLINE(NITF("<?xml version='1.0' encoding='Shift_JIS'?>") "\x93\xFA\x96\x7B" END, "日本");
    HEADLINE(NITF("<?xml version='1.0' encoding='gb2312'?>") "\xD6\xD0\xB9\xFA" END, "中国");
}

static void labels_mean_what_the_web_means(void **state)
{
    /* EUC-KR is CP949: the syllable of these bytes is not in KS X 1001. */
    HEADLINE(NITF("<?xml version='1.0' encoding='EUC-KR'?>") "\x8C\x63" END, "똠");
    HEADLINE(NITF("<?xml version='1.0' encoding='ks_c_5601-1987'?>") "\xC7\xD1\xB1\xDB" END, "한글");
    /* ISO-8859-1 is windows-1252. */
    HEADLINE(NITF("<?xml version='1.0' encoding='ISO-8859-1'?>") "don\x92t" END, "don’t");
}

static void byte_order_marks_win(void **state)
{
    HEADLINE("\xEF\xBB\xBF" NITF("<?xml version='1.0' encoding='ISO-8859-1'?>") "\xC3\xA9t\xC3\xA9" END, "été");
    static const char little[] = "\xFF\xFE<\0n\0i\0t\0f\0>\0<\0b\0o\0d\0y\0>\0<\0b\0o\0d\0y\0.\0h\0e\0a\0d\0>\0<"
                                 "\0h\0e\0d\0l\0i\0n\0e\0>\0<\0h\0l\0001\0>\0"
                                 "\x5C\xD5<\0/\0h\0l\0001\0>\0<\0/\0h\0e\0d\0l\0i\0n\0e\0>\0<\0/"
                                 "\0b\0o\0d\0y\0.\0h\0e\0a\0d\0>\0<\0/\0b\0o\0d\0y\0>\0<\0/\0n\0i\0t\0f\0>";
    headline_is(*state, little, sizeof little, "한");
    headline_is(*state, little + 2, sizeof little - 2, "한"); /* and without the mark */
}

static void valid_utf8_wins_over_a_declaration(void **state)
{
    Read read = read_text(*state, NITF("<?xml version='1.0' encoding='ISO-8859-1'?>") "Décès" END);
    assert_string_equal(text_of_class(*state, &read, "headline"), "Décès");
    const Diagnostic *message = message_of(read.diag, "charset-declaration");
    assert_non_null(message);
    assert_int_equal(message->severity, SEVERITY_WARNING);
    assert_int_equal(message->source.line, 1);
    assert_int_equal(message->source.column, 31); /* the label */
}

static void without_a_declaration_the_likeliest_is_taken(void **state)
{
    HEADLINE(NITF("") "\xB1\xB9\xB9\xE6\xC0\xE5\xB0\xFC \xC0\xFC\xC8\xAD \xC5\xEB\xC8\xAD" END, "국방장관 전화 통화");
    HEADLINE(NITF("") "\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD" END, "こんにちは");
    HEADLINE(NITF("") "Pr\xE9sident \xE0 Gen\xE8ve" END, "Président à Genève");
    Read read = read_text(*state, NITF("") "Pr\xE9sident" END);
    assert_non_null(message_of(read.diag, "charset-guessed"));
}

static void undecodable_bytes_are_told_with_their_place(void **state)
{
    Read read =
        read_text(*state, "<?xml version='1.0' encoding='UTF-8'?>\n<nitf><body><body.head><hedline><hl1>a\xFF\xFE"
                          "b" END);
    assert_string_equal(text_of_class(*state, &read, "headline"), "a\xEF\xBF\xBD\xEF\xBF\xBD"
                                                                  "b");
    const Diagnostic *message = message_of(read.diag, "undecodable-byte");
    assert_non_null(message);
    assert_int_equal(message->source.line, 2);
    assert_int_equal(message->source.column, 39);
}

static void the_user_has_the_last_word(void **state)
{
    const char *text = NITF("<?xml version='1.0' encoding='UTF-8'?>") "\xE9t\xE9" END;
    Read read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .encoding = "windows-1252"});
    assert_string_equal(text_of_class(*state, &read, "headline"), "été");
    read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .encoding = "klingon"});
    assert_null(read.document);
    assert_non_null(message_of(read.diag, "charset-unknown"));
}

static void texts_are_composed(void **state)
{
    HEADLINE(NITF("") "e\xCC\x81t\xC3\xA9" END, "\xC3\xA9t\xC3\xA9");
    HEADLINE(NITF("") "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB" END, "한");
}

static void meta_charset_of_a_page(void **state)
{
    HEADLINE("<!DOCTYPE html><meta charset=euc-kr><article><h1>\xC7\xD1\xB1\xB9 \xB4\xBA\xBD\xBA</h1><p>x</article>",
             "한국 뉴스");
    HEADLINE("<!DOCTYPE html><meta http-equiv=Content-Type content='text/html; "
             "charset=windows-1250'><article><h1>\xB3\xF3\x9F</h1><p>x</article>",
             "łóź");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(declared_charsets_are_decoded),
        TEST(labels_mean_what_the_web_means),
        TEST(byte_order_marks_win),
        TEST(valid_utf8_wins_over_a_declaration),
        TEST(without_a_declaration_the_likeliest_is_taken),
        TEST(undecodable_bytes_are_told_with_their_place),
        TEST(the_user_has_the_last_word),
        TEST(texts_are_composed),
        TEST(meta_charset_of_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
