/* Languages as data. */
#include "text/language.h"

static const char *data_directory;

void text_set_data(const char *directory)
{
    data_directory = directory;
}

void language_places(Arena *arena, Paragraph *p)
{
    (void)arena, (void)p;
}
