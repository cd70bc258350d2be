/* text/uax14.h: the line breaking algorithm of UAX #14 (Unicode 15.0) as a state machine. */
#ifndef N2P_TEXT_UAX14_H
#define N2P_TEXT_UAX14_H

#include "base/unicode.h"

#include <unicode/uchar.h>

typedef struct LineBreaker {
    int before;          /* class of the last character that isn't a space or a mark; -1 at the start */
    int last;            /* class of the last character as it is */
    int two_before;      /* class before `before` */
    bool spaces;         /* spaces since then */
    bool number, closed; /* inside NU (NU | SY | IS)*; behind its CL or CP */
    bool wide, picture;  /* `before` is East Asian wide; an unassigned pictograph */
    bool odd_flags;
} LineBreaker;

typedef enum { BREAK_NO, BREAK_MAY, BREAK_MUST } BreakAnswer;
/* Classes with rule LB1 applied: AI, SG, XX are AL; CJ is NS; SA is CM or AL. */
int line_class(uint32_t codepoint);
/* May a line end before this character? Feed all characters in order, each with the class of the next (-1: none;
 * its only use: an opening bracket between a currency sign and a number). */
BreakAnswer line_breaker_step(LineBreaker *state, uint32_t codepoint, int class, int next_class);
#define LINE_BREAKER_START ((LineBreaker){.before = -1, .last = -1, .two_before = -1})

#endif
