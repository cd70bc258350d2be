/* What a picture's file says of it fills what the article leaves out, in the order of the Metadata Working Group. */
#include "input_test.h"

static PhotoBlocks given;

static bool photo(void *user, const char *directory, const char *href, PhotoBlocks *blocks)
{
    (void)user;
    (void)directory;
    *blocks = given;
    return strcmp(href, "p.jpg") == 0;
}

#define BYTES(text) ((Bytes){text, sizeof text - 1})
/* TIFF: "MM", 42, the first directory at 8; ImageDescription and Artist. */
#define EXIF_CAMERA "MM\0*\0\0\0\x08\0\x01\x01\x0E\0\x02\0\0\0\x16\0\0\0\x1AOLYMPUS DIGITAL CAMERA"
#define EXIF_CAPTION "II*\0\x08\0\0\0\x01\0\x0E\x01\x02\0\x0A\0\0\0\x1A\0\0\0\0\0\0\0From Exif\0"
#define XMP_START                                                                                           \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" \
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' "                                         \
    "xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' "                                                 \
    "xmlns:c='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' photoshop:Credit='Agency'>"
#define XMP_END "</rdf:Description></rdf:RDF></x:xmpmeta>"
#define XMP_CAPTION                                                                                              \
    XMP_START                                                                                                    \
    "<dc:description><rdf:Alt><rdf:li xml:lang='de'>Aus XMP</rdf:li><rdf:li xml:lang='x-default'>From XMP"       \
    "</rdf:li></rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Ann Smith</rdf:li></rdf:Seq></dc:creator>" \
    "<c:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>A pier</rdf:li></rdf:Alt>"                    \
    "</c:AltTextAccessibility>" XMP_END
#define IIM_CAPTION      \
    "\x1C\x02\x78\0\x08" \
    "From IIM"           \
    "\x1C\x02\x50\0\x07" \
    "J\xFCrgen "         \
    "\x1C\x02\x28\0\x08" \
    "NO SALES"

static Read article(Arena *arena, const char *caption, bool strict)
{
    const char *text = arena_format(arena,
                                    "<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content>"
                                    "<media media-type='image'><media-reference source='p.jpg'/>%s</media>"
                                    "<p>Text.</p></body.content></body></nitf>",
                                    caption);
    return read_with(arena, (InputRequest){.bytes = {text, strlen(text)}, .photo = photo, .strict_rights = strict});
}

static void camera_defaults_are_no_caption(void **state)
{
    given = (PhotoBlocks){.exif = BYTES(EXIF_CAMERA)};
    Read read = article(*state, "", false);
    assert_non_null(read.document);
    assert_null(strstr(read.dump, "OLYMPUS"));
    assert_non_null(message_of(read.diag, "photo-credit"));
}

static void exif_comes_before_xmp_before_iim(void **state)
{
    given = (PhotoBlocks){.exif = BYTES(EXIF_CAPTION), .xmp = BYTES(XMP_CAPTION), .iptc = BYTES(IIM_CAPTION)};
    Read all = article(*state, "", false);
    assert_non_null(strstr(all.dump, ">From Exif<"));
    assert_non_null(strstr(all.dump, ">Ann Smith/Agency<"));
    assert_non_null(strstr(all.dump, "alt=\"A pier\""));
    given.exif = (Bytes){0};
    assert_non_null(strstr(article(*state, "", false).dump, ">From XMP<"));
    given.xmp = (Bytes){0};
    Read iim = article(*state, "", false);
    assert_non_null(strstr(iim.dump, ">From IIM<"));
    assert_non_null(strstr(iim.dump, "Jürgen"));
    assert_null(message_of(iim.diag, "photo-credit"));
}

static void the_article_says_more_than_the_file(void **state)
{
    given = (PhotoBlocks){.xmp = BYTES(XMP_CAPTION)};
    Read read = article(*state, "<media-caption>The pier. Photo: Ann Smith</media-caption>", false);
    assert_non_null(strstr(read.dump, "The pier. Photo: Ann Smith"));
    assert_null(strstr(read.dump, "From XMP"));
    assert_null(strstr(read.dump, "Agency")); /* credited already */
}

static void a_packet_may_be_utf_16(void **state)
{
    static char wide[2 * sizeof XMP_CAPTION];
    for (size_t i = 0; i < sizeof XMP_CAPTION - 1; i++)
        wide[2 * i + 1] = XMP_CAPTION[i];
    given = (PhotoBlocks){.xmp = {wide, 2 * (sizeof XMP_CAPTION - 1)}};
    assert_non_null(strstr(article(*state, "", false).dump, ">From XMP<"));
}

static void instructions_are_told_and_under_strict_fail(void **state)
{
    given = (PhotoBlocks){.iptc = BYTES(IIM_CAPTION)};
    Read read = article(*state, "", false);
    const Diagnostic *told = message_of(read.diag, "photo-rights");
    assert_non_null(told);
    assert_int_equal(told->severity, SEVERITY_WARNING);
    assert_int_equal(told->source.line, 1);
    assert_null(strstr(read.dump, "NO SALES"));
    assert_int_equal(message_of(article(*state, "", true).diag, "photo-rights")->severity, SEVERITY_ERROR);
}

#define REGIONS_START                                                                    \
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description " \
    "xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/' "               \
    "xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#' "                                \
    "xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>"
#define REGIONS_END "</rdf:Description></rdf:RDF>"
#define FACE(x, y)                                                                           \
    "<rdf:li><rdf:Description mwg-rs:Type='Face'><mwg-rs:Area stArea:x='" x "' stArea:y='" y \
    "' stArea:w='0.1' stArea:h='0.1' stArea:unit='normalized'/></rdf:Description></rdf:li>"
#define FACES                                                                                                \
    REGIONS_START "<mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Bag>" FACE("0.6", "0.2") \
        FACE("0.8", "0.3") "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>" REGIONS_END
#define SUBJECT                                                                                                \
    REGIONS_START                                                                                              \
    "<e:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'>"                                                \
    "<e:RegionBoundary rdf:parseType='Resource'><e:rbShape>rectangle</e:rbShape><e:rbUnit>relative</e:rbUnit>" \
    "<e:rbX>0.1</e:rbX><e:rbY>0.3</e:rbY><e:rbW>0.2</e:rbW><e:rbH>0.5</e:rbH></e:RegionBoundary>"              \
    "<e:rRole><rdf:Bag><rdf:li>http://cv.iptc.org/newscodes/imageregionrole/mainSubjectArea</rdf:li>"          \
    "</rdf:Bag></e:rRole></rdf:li></rdf:Bag></e:ImageRegion>" REGIONS_END
/* Orientation 6: the picture is to be turned to the right. */
#define EXIF_TURNED "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"

static void regions_are_the_focus(void **state)
{
    given = (PhotoBlocks){.xmp = BYTES(FACES)}; /* from .55 .15 to .85 .35 */
    assert_non_null(strstr(article(*state, "", false).dump, "data-focus=\"70% 25%\""));
    given.exif = BYTES(EXIF_TURNED); /* the left is the top then, the top is the right */
    assert_non_null(strstr(article(*state, "", false).dump, "data-focus=\"75% 70%\""));
    given = (PhotoBlocks){.xmp = BYTES(SUBJECT)};
    assert_non_null(strstr(article(*state, "", false).dump, "data-focus=\"20% 55%\""));
    given = (PhotoBlocks){.xmp = BYTES(REGIONS_START REGIONS_END)};
    assert_null(strstr(article(*state, "", false).dump, "data-focus"));
}

static void newer_iim_comes_before_xmp(void **state)
{
    given = (PhotoBlocks){.xmp = BYTES(XMP_CAPTION), .iptc = BYTES(IIM_CAPTION), .iptc_newer = true};
    Read read = article(*state, "", false);
    assert_non_null(strstr(read.dump, ">From IIM<"));
    assert_non_null(strstr(read.dump, "Agency")); /* the credit, which only XMP has */
    assert_non_null(strstr(read.dump, "Jürgen"));
}

static void a_packet_goes_on_in_its_extension(void **state)
{
    given = (PhotoBlocks){.xmp = BYTES(REGIONS_START REGIONS_END), .xmp_more = BYTES(XMP_CAPTION)};
    assert_non_null(strstr(article(*state, "", false).dump, ">From XMP<"));
}

static void pictures_that_cannot_be_opened_do_not_count(void **state)
{
    const char *text =
        "<html><body><article><h1>H</h1><p>Text of the story that stands here for all of it.</p>"
        "<figure><img src='gone.jpg'></figure><figure><img src='p.jpg'></figure></article></body></html>";
    given = (PhotoBlocks){0};
    Read read = read_with(*state, (InputRequest){.bytes = {text, strlen(text)}, .photo = photo});
    assert_non_null(strstr(read.dump, "data-pictures=\"1\""));
    assert_non_null(strstr(read.dump, "<figure class=\"picture\" data-missing=\"yes\""));
    assert_non_null(strstr(read.dump, "<figure class=\"picture lead\" at=")); /* the other leads */
}

static void damaged_blocks_do_no_harm(void **state)
{
    static const Bytes all[] = {{EXIF_CAPTION, sizeof EXIF_CAPTION - 1},
                                {XMP_CAPTION, sizeof XMP_CAPTION - 1},
                                {IIM_CAPTION, sizeof IIM_CAPTION - 1}};
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        Arena *scratch = arena_beside(*state);
        char *copy = arena_copy(scratch, all[round % 3].data, all[round % 3].size);
        for (int i = 0; i < 4; i++) {
            seed = seed * 1103515245 + 12345;
            copy[(seed >> 8) % all[round % 3].size] = (char)(seed >> 3);
        }
        Bytes bad = {copy, 1 + (seed >> 9) % all[round % 3].size};
        given = (PhotoBlocks){0};
        *(round % 3 == 0 ? &given.exif : round % 3 == 1 ? &given.xmp : &given.iptc) = bad;
        assert_non_null(article(scratch, "", false).document);
        arena_free(scratch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(camera_defaults_are_no_caption),
        TEST(exif_comes_before_xmp_before_iim),
        TEST(the_article_says_more_than_the_file),
        TEST(a_packet_may_be_utf_16),
        TEST(instructions_are_told_and_under_strict_fail),
        TEST(regions_are_the_focus),
        TEST(newer_iim_comes_before_xmp),
        TEST(a_packet_goes_on_in_its_extension),
        TEST(pictures_that_cannot_be_opened_do_not_count),
        TEST(damaged_blocks_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
