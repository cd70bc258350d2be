/* base/unicode.h: what Unicode says of characters and texts. The door to ICU.
 *   Works on UTF-8; offsets are bytes. */
#ifndef N2P_UNICODE_H
#define N2P_UNICODE_H

#include "base/base.h"

char *unicode_upper(Arena *arena, const char *text, size_t size, const char *language);
char *unicode_lower(Arena *arena, const char *text, size_t size, const char *language);
char *unicode_title(Arena *arena, const char *text, size_t size,
                    const char *language);                      /* first letters; the rest stays */
char *unicode_nfc(Arena *arena, const char *text, size_t size); /* the text itself where it is NFC already */
uint32_t unicode_script(uint32_t codepoint);       /* ISO 15924 tag 'Latn'; common 'Zyyy', inherited 'Zinh' */
int unicode_line_break_class(uint32_t codepoint);  /* ICU's ULineBreak */
uint32_t unicode_lower_letter(uint32_t codepoint); /* simple mapping */
bool unicode_is_letter(uint32_t codepoint);
bool unicode_is_upper(uint32_t codepoint);
bool unicode_is_punctuation(uint32_t codepoint);
bool unicode_is_wide(uint32_t codepoint); /* East Asian Width W or F */
bool unicode_is_mark(uint32_t codepoint);
bool unicode_is_default_ignorable(uint32_t codepoint);
uint32_t unicode_mirror(uint32_t codepoint);
size_t unicode_grapheme_end(const char *text, size_t size, size_t at); /* end of the cluster that starts at `at` */
/* Where a line may end inside a text of a script that needs a dictionary (Thai, Lao, Khmer, Burmese): ends[byte] = 1. */
void unicode_dictionary_breaks(Arena *arena, const char *text, size_t size, uint8_t *ends);
/* Bidi levels, one per byte of the text; returns the paragraph level. direction: 0 ltr, 1 rtl, 2 from the text. */
int unicode_bidi(Arena *arena, const char *text, size_t size, int direction, uint8_t *levels);
/* Bytes in a charset (a WHATWG label or an ICU name) to UTF-8; *bad counts what became U+FFFD. NULL: unknown charset. */
char *unicode_decode(Arena *arena, Bytes bytes, const char *charset, size_t *size, int *bad);

#endif
