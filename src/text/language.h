/* text/language.h: what languages ask of lines: hyphenation, words that stay together, sense. Data: languages.txt. */
#ifndef N2P_TEXT_LANGUAGE_H
#define N2P_TEXT_LANGUAGE_H

#include "text/hyphen.h"
#include "text/paragraph.h"

typedef struct WordSet {
    uint64_t *hashes; /* in order */
    int count;
    bool shared; /* with the language it is like */
} WordSet;

typedef struct Language {
    const char *tag, *patterns_name;
    const HyphenPatterns *patterns; /* NULL: none, or not opened yet */
    bool patterns_tried;
    int word, before, after;
    bool names_late, hangul;
    WordSet together, units, numbered, late, function, no_start, good_end;
} Language;

/* The nearest to a BCP 47 tag: de-AT, de. NULL: nothing is known of it. */
const Language *language_find(const char *tag);
const HyphenPatterns *language_patterns(const Language *language);
bool word_in(const WordSet *set, const char *word, size_t size);
/* Hyphenation points, and spaces at which a line ends late or never. */
void language_places(Paragraph *paragraph);
/* Headlines: what it costs the sense if a line ends at a byte (composer.md 8); below 0: a good place. */
int32_t sense_cost(const Paragraph *paragraph, uint32_t at);

#endif
