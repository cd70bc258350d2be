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

/* Encoding Standard, 4.2: a label, bytes, and what the index of its encoding says of them. */
static void labels_of_the_encoding_standard(void **state)
{
    static const struct {
        const char *label, *bytes, *text;
    } cases[] = {
        {"latin1", "\x80", "€"},
        {"ascii", "\x80", "€"},
        {"us-ascii", "\x93", "“"},
        {"l1", "\x92", "’"},
        {"iso88591", "\x80", "€"},
        {"cp819", "\x80", "€"},
        {"iso-8859-9", "\xFE", "ş"},
        {"latin5", "\x80", "€"},
        {"iso_8859-9", "\xF0", "ğ"},
        {"tis-620", "\xA1", "ก"},
        {"iso-8859-11", "\x80", "€"},
        {"dos-874", "\xA1", "ก"},
        {"gb2312", "\xA8\xBF", "ǹ"},
        {"gbk", "\x81\x40", "丂"},
        {"x-gbk", "\xD6\xD0", "中"},
        {"gb_2312-80", "\xD6\xD0", "中"},
        {"chinese", "\xD6\xD0", "中"},
        {"iso-ir-58", "\xD6\xD0", "中"},
        {"euc-kr", "\x8C\x63", "똠"},
        {"korean", "\x8C\x63", "똠"},
        {"ksc5601", "\x8C\x63", "똠"},
        {"ks_c_5601-1989", "\x8C\x63", "똠"},
        {"windows-949", "\x8C\x63", "똠"},
        {"CP949", "\x8C\x63", "똠"},
        {"cseuckr", "\x8C\x63", "똠"},
        {"ms_kanji", "\x87\x40", "①"},
        {"shift-jis", "\x87\x40", "①"},
        {"csshiftjis", "\x87\x40", "①"},
        {"ms932", "\x87\x40", "①"},
        {"x-euc-jp", "\xAD\xA1", "①"},
        {"big5", "\xA4\xA4", "中"},
        {"cn-big5", "\xA4\xA4", "中"},
        {"x-x-big5", "\xA4\xA4", "中"},
        {"koi8-r", "\xC1", "а"},
        {"koi", "\xC1", "а"},
        {"koi8_r", "\xC1", "а"},
        {"koi8-ru", "\xA4", "є"},
        {"cp1251", "\xE0", "а"},
        {"x-cp1251", "\xE0", "а"},
        {"x-cp1252", "\x80", "€"},
        {"latin2", "\xB3", "ł"},
        {"l2", "\xB3", "ł"},
        {"iso8859-2", "\xB3", "ł"},
        {"l9", "\xA4", "€"},
        {"iso-8859-15", "\xA4", "€"},
        {"csisolatin9", "\xA4", "€"},
        {"macintosh", "\x8E", "é"},
        {"x-mac-roman", "\x8E", "é"},
        {"mac", "\x8E", "é"},
        {"x-mac-cyrillic", "\xE0", "а"},
        {"greek", "\xE1", "α"},
        {"iso-8859-7", "\xE1", "α"},
        {"hebrew", "\xE0", "א"},
        {"iso-8859-8-i", "\xE0", "א"},
        {"logical", "\xE0", "א"},
        {"arabic", "\xC7", "ا"},
        {"cyrillic", "\xD0", "а"},
        {"866", "\xA0", "а"},
        {"ibm866", "\xA0", "а"},
        {"cp1250", "\xB3", "ł"},
        {"windows-1257", "\xE0", "ą"},
        {"x-cp1257", "\xE0", "ą"},
        {"UTF8", "\xC3\xA9", "é"},
        {"unicode-1-1-utf-8", "\xC3\xA9", "é"},
    };
    const char *wrong = "";
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text =
            arena_format(*state, "<?xml version='1.0' encoding='%s'?><nitf><body><body.head><hedline><hl1>x%sx" END,
                         cases[i].label, cases[i].bytes);
        Read read = read_text(*state, text);
        const char *found = text_of_class(*state, &read, "headline");
        if (strcmp(found, arena_format(*state, "x%sx", cases[i].text)) != 0)
            wrong = arena_format(*state, "%s %s: %s;", wrong, cases[i].label, found);
    }
    assert_string_equal(wrong, "");
}

/* Declared as UTF-8, but hardly a character of it is: the likeliest charset is taken, and told. */
static void a_declaration_of_utf8_may_lie(void **state)
{
    static const char korean[] = NITF("<?xml version='1.0' encoding='UTF-8'?>") "\xB1\xB9\xB9\xE6\xC0\xE5\xB0\xFC "
                                                                                "\xC0\xFC\xC8\xAD \xC5\xEB\xC8\xAD" END;
    HEADLINE(korean, "국방장관 전화 통화");
    Read read = read_bytes(*state, korean, sizeof korean - 1);
    assert_non_null(message_of(read.diag, "charset-guessed"));
    /* A few bad bytes are bad bytes. */
    HEADLINE(NITF("<?xml version='1.0' encoding='UTF-8'?>") "Caf\xE9, caf\xC3\xA9" END, "Caf\xEF\xBF\xBD, café");
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
        TEST(labels_of_the_encoding_standard),
        TEST(a_declaration_of_utf8_may_lie),
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
