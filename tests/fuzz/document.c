/* Any bytes through every reader (XML, JSON, HTML, wire text, archives): to the document. */
#include <stdint.h>

#include "job/news2pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const limits[] = {"nodes=20000", "memory=500000000", NULL};
    const news2pdf_options options = {.input = "fuzz",
                                      .bytes = data,
                                      .size = size,
                                      .data = FUZZ_DATA,
                                      .dump = "document",
                                      .limits = limits,
                                      .output = "/dev/null"};
    news2pdf_convert(&options, NULL);
    return 0;
}
