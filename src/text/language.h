/* text/language.h: what languages ask of lines: hyphenation, words that stay together, sense. Data: languages.txt. */
#ifndef N2P_TEXT_LANGUAGE_H
#define N2P_TEXT_LANGUAGE_H

#include "text/paragraph.h"

/* Hyphenation points, and spaces at which a line ends late or never. */
void language_places(Arena *arena, Paragraph *paragraph);

#endif
