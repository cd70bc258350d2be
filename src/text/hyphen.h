/* text/hyphen.h: where a word may be cut. Liang's patterns, "Word Hy-phen-a-tion by Com-put-er" (1983), on two levels. */
#ifndef N2P_TEXT_HYPHEN_H
#define N2P_TEXT_HYPHEN_H

#include "base/base.h"

typedef struct HyphenPatterns HyphenPatterns;
enum { HYPHEN_WORD_MOST = 128 }; /* longer words are not cut */

/* Mapped; lives as long as the program. NULL: there is no such file, or it isn't ours. */
const HyphenPatterns *hyphen_open(const char *path);
bool hyphen_knows(const HyphenPatterns *patterns, uint32_t letter);
/* Letters in lower case. points[i]: before letter i: 0 no, 1 may be cut, 2 at a seam of a compound. */
void hyphenate(const HyphenPatterns *patterns, const uint32_t *letters, int count, uint8_t *points);
int hyphen_least_before(const HyphenPatterns *patterns);
int hyphen_least_after(const HyphenPatterns *patterns);

#endif
