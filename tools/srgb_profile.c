/* Writes the profile of sRGB (IEC 61966-2-1) by Little CMS as src/asset/srgb_profile.def, whose bytes files of sRGB carry: ICC
 * version 2, with a date of its own.
 *   cc tools/srgb_profile.c -llcms2 -lm -o /tmp/srgb_profile && /tmp/srgb_profile >src/asset/srgb_profile.def */
#include <lcms2.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 1024 };

static cmsToneCurve *curve(void)
{
    cmsUInt16Number steps[STEPS];
    for (int i = 0; i < STEPS; i++) {
        double v = i / (double)(STEPS - 1);
        steps[i] = (cmsUInt16Number)lround(65535 * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)));
    }
    return cmsBuildTabulatedToneCurve16(NULL, STEPS, steps);
}

static void set_text(cmsHPROFILE profile, cmsTagSignature tag, const char *text)
{
    cmsMLU *said = cmsMLUalloc(NULL, 1);
    cmsMLUsetASCII(said, "en", "US", text);
    cmsWriteTag(profile, tag, said);
    cmsMLUfree(said);
}

int main(void)
{
    cmsCIExyY white = {0.3127, 0.3290, 1};
    cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *one = curve(), *curves[] = {one, one, one};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsSetProfileVersion(profile, 2.1);
    set_text(profile, cmsSigProfileDescriptionTag, "sRGB");
    set_text(profile, cmsSigCopyrightTag, "CC0");
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, NULL, &size);
    unsigned char *bytes = calloc(1, size);
    if (!bytes || !cmsSaveProfileToMem(profile, bytes, &size))
        return 1;
    static const unsigned char date[12] = {0x07, 0xCF, 0, 10, 0, 18}; /* that of the standard: 1999-10-18 */
    memcpy(bytes + 24, date, sizeof date);
    for (cmsUInt32Number i = 0; i < size; i++)
        printf("0x%02X,%s", bytes[i], i % 20 == 19 || i + 1 == size ? "\n" : " ");
    return 0;
}
