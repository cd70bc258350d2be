/* Targets: the table of print-ready.md 1, what words change of it, and what cannot hold together (8). */
#include "test.h"

#include "pdf/target.h"

static const char *read_target(Arena *arena, PdfTargetWords words, PdfTarget *target)
{
    return pdf_target_read(arena, &words, target);
}

static void names_stand_for_the_table(void **state)
{
    PdfTarget t;
    assert_null(read_target(*state, (PdfTargetWords){0}, &t));
    assert_string_equal(t.name, "office");
    assert_true(t.pdfa == PDFA_2A && t.pdfua == 1 && t.pdfx == PDFX_NONE && t.links && t.black_text);
    assert_int_equal(t.color, TARGET_COLOR_RGB);
    assert_int_equal(t.version, 17);
    assert_null(read_target(*state, (PdfTargetWords){.name = "print-news"}, &t));
    assert_true(t.pdfx == PDFX_4 && t.pdfa == PDFA_2A && t.pdfua == 1 && !t.links && t.transparency);
    assert_string_equal(t.condition, "IFRA26");
    assert_int_equal(t.ink_limit, 220);
    assert_int_equal(t.bleed, 0);
    assert_int_equal(t.version, 16);
    assert_null(read_target(*state, (PdfTargetWords){.name = "print-x1a"}, &t));
    assert_true(t.pdfx == PDFX_1A && t.pdfa == PDFA_NONE && t.pdfua == 0 && !t.transparency);
    assert_int_equal(t.version, 14);
    assert_in_range(t.bleed, 8707, 8708); /* 3 mm: 3 / 25.4 * 72 * 1024 = 8707.9 */
    assert_non_null(read_target(*state, (PdfTargetWords){.name = "fax"}, &t));
}

static void the_version_follows_the_standards(void **state)
{
    PdfTarget t;
    assert_null(read_target(*state, (PdfTargetWords){.pdfa = "1b"}, &t)); /* UA-1 may stay: its keys are older */
    assert_true(t.version == 14 && !t.transparency && t.pdfua == 1);
    assert_null(read_target(*state, (PdfTargetWords){.pdfa = "4"}, &t)); /* UA-1, only implied, gives way */
    assert_true(t.version == 20 && t.pdfua == 2);
    assert_null(read_target(*state, (PdfTargetWords){.pdfua = "2"}, &t));
    assert_true(t.version == 20 && t.pdfa == PDFA_4);
    assert_null(read_target(*state, (PdfTargetWords){.name = "print-news", .pdfx = "none"}, &t));
    assert_true(t.version == 17 && t.color == TARGET_COLOR_CMYK);
    assert_null(read_target(*state, (PdfTargetWords){.name = "print-coated", .pdfx = "x3"}, &t));
    assert_true(t.version == 14 && t.pdfa == PDFA_NONE && t.pdfua == 0);
    assert_null(read_target(*state, (PdfTargetWords){.condition = "FOGRA47", .pdfx = "x4"}, &t));
    assert_true(t.color == TARGET_COLOR_CMYK && t.ink_limit == 280 && !t.links);
    assert_string_equal(pdf_target_profile(&t), "uncoated-fogra47-280.icc");
}

/* Section 8: each sentence names both. */
static void clashes_are_named(void **state)
{
    static const struct {
        PdfTargetWords words;
        const char *one, *other;
    } cases[] = {
        {{.pdfx = "x4"}, "PDF/X-4", "sRGB"},
        {{.name = "print-coated", .pdfa = "4"}, "PDF/X-4", "PDF/A-4"},
        {{.name = "print-coated", .pdfa = "none", .pdfua = "2"}, "PDF/X-4", "PDF/UA-2"},
        {{.name = "print-coated", .pdfa = "1b"}, "PDF/X-4", "PDF/A-1b"},
        {{.name = "print-x1a", .pdfa = "2b"}, "PDF/X-1a", "PDF/A-2b"},
        {{.name = "print-x1a", .pdfua = "1"}, "PDF/X-1a", "PDF/UA-1"},
        {{.name = "print-news", .pdfx = "x3", .pdfa = "2a"}, "PDF/X-3", "PDF/A-2a"},
        {{.pdfa = "2a", .pdfua = "2"}, "PDF/A-2a", "PDF/UA-2"},
        {{.pdfa = "4", .pdfua = "1"}, "PDF/A-4", "PDF/UA-1"},
        {{.condition = "FOGRA51"}, "FOGRA51", "--output-profile"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PdfTarget t;
        const char *wrong = read_target(*state, cases[i].words, &t);
        assert_non_null(wrong);
        assert_non_null(strstr(wrong, cases[i].one));
        assert_non_null(strstr(wrong, cases[i].other));
    }
}

static void marks_and_bleed_are_read(void **state)
{
    PdfTarget t;
    assert_null(read_target(*state, (PdfTargetWords){.marks = "crop,slug", .bleed = "5mm"}, &t));
    assert_int_equal(t.marks, MARK_CROP | MARK_SLUG);
    assert_in_range(t.bleed, 14512, 14514); /* 14513.4 */
    assert_null(read_target(*state, (PdfTargetWords){.bleed = "0.125in"}, &t));
    assert_int_equal(t.bleed, 9 * LEN_PT);
    assert_null(read_target(*state, (PdfTargetWords){.bleed = "8.5pt"}, &t));
    assert_int_equal(t.bleed, 8 * LEN_PT + LEN_PT / 2);
    assert_null(read_target(*state, (PdfTargetWords){.name = "print-coated", .bleed = "0", .marks = "none"}, &t));
    assert_true(t.bleed == 0 && t.marks == 0);
    static const char *const bad[] = {"", "3", "mm", "-3mm", "3 mm", "200mm", "1.2.3mm", "3px"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(read_target(*state, (PdfTargetWords){.bleed = bad[i]}, &t));
    assert_non_null(strstr(read_target(*state, (PdfTargetWords){.marks = "crop,fold"}, &t), "fold"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_stand_for_the_table),
        TEST(the_version_follows_the_standards),
        TEST(clashes_are_named),
        TEST(marks_and_bleed_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
