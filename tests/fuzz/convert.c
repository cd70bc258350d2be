/* Any bytes as a document, all the way to a PDF. */
#include <stdint.h>

#include "job/news2pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const limits[] = {"pages=20", "nodes=20000", "memory=500000000", NULL};
    const news2pdf_options options = {.input = "fuzz",
                                      .bytes = data,
                                      .size = size,
                                      .as = size && data[size - 1] % 2 ? NEWS2PDF_AS_DOCUMENT : NEWS2PDF_AS_AUTO,
                                      .data = FUZZ_DATA,
                                      .limits = limits,
                                      .output = "/dev/null"};
    news2pdf_convert(&options, NULL);
    return 0;
}
