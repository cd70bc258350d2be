/* For which colours the file is made: output intents on one profile. ISO 32000-1 14.11.5; print-ready.md X4, X5, A8. */
#include <stdio.h>

#include "asset/color_profile.h"
#include "pdf/pdf_writer.h"

static Ref put_profile(PdfWriter *writer, const ColorProfile *profile)
{
    char entries[48];
    int channels = color_profile_channels(profile);
    snprintf(entries, sizeof entries, "/N %d/Alternate/Device%s", channels,
             channels == 4   ? "CMYK"
             : channels == 3 ? "RGB"
                             : "Gray");
    Ref ref = pdf_reserve(writer->file);
    pdf_put_stream(writer->file, ref, entries, PACK_DEFLATE, color_profile_bytes(profile));
    return ref;
}

static Ref put_intent(PdfWriter *writer, const char *standard, const ColorProfile *profile, Ref bytes)
{
    const PdfTarget *target = &writer->target;
    bool registered = target->condition || target->color == TARGET_COLOR_RGB;
    const char *condition = target->condition                   ? target->condition
                            : target->color == TARGET_COLOR_RGB ? "sRGB IEC61966-2.1"
                                                                : "Custom";
    const char *name = target->profile ? color_profile_name(writer->arena, profile) : condition;
    PdfDict *dict = pdf_dict(writer->objects);
    Ref ref = pdf_reserve(writer->file);
    pdf_set_name(dict, "Type", "OutputIntent");
    pdf_set_name(dict, "S", standard);
    pdf_set_text(dict, "OutputConditionIdentifier", condition);
    pdf_set_text(dict, "OutputCondition", name && *name ? name : condition);
    if (registered)
        pdf_set_text(dict, "RegistryName", "http://www.color.org");
    pdf_set_text(dict, "Info", name && *name ? name : condition);
    pdf_set_ref(dict, "DestOutputProfile", bytes);
    pdf_put_dict(writer->objects, writer->file, ref, dict);
    return ref;
}

void pdf_intents(PdfWriter *writer, PdfDict *catalog)
{
    const PdfTarget *target = &writer->target;
    const ColorProfile *profile = target->profile ? target->profile : color_profile_srgb();
    if (target->color == TARGET_COLOR_CMYK && !target->profile) {
        diag_error(writer->diag, "standard-profile", NO_SOURCE, "the output intent of %s has no profile", target->name);
        return;
    }
    Ref bytes = put_profile(writer, profile);
    PdfArray *list = pdf_array(writer->objects);
    if (target->pdfx != PDFX_NONE)
        pdf_add_ref(list, put_intent(writer, "GTS_PDFX", profile, bytes));
    if (target->pdfx == PDFX_NONE || target->pdfa != PDFA_NONE)
        pdf_add_ref(list, put_intent(writer, "GTS_PDFA1", profile, bytes));
    pdf_set_array(catalog, "OutputIntents", list);
}
