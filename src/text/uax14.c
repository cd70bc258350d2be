/* UAX #14, revision 50, with numbers as in example 7 of its section 8.2 (as LineBreakTest.txt has them). */
#include "text/uax14.h"

enum {
    LB_AL = U_LB_ALPHABETIC,
    LB_B2 = U_LB_BREAK_BOTH,
    LB_BA = U_LB_BREAK_AFTER,
    LB_BB = U_LB_BREAK_BEFORE,
    LB_BK = U_LB_MANDATORY_BREAK,
    LB_CB = U_LB_CONTINGENT_BREAK,
    LB_CL = U_LB_CLOSE_PUNCTUATION,
    LB_CM = U_LB_COMBINING_MARK,
    LB_CP = U_LB_CLOSE_PARENTHESIS,
    LB_CR = U_LB_CARRIAGE_RETURN,
    LB_EB = U_LB_E_BASE,
    LB_EM = U_LB_E_MODIFIER,
    LB_EX = U_LB_EXCLAMATION,
    LB_GL = U_LB_GLUE,
    LB_H2 = U_LB_H2,
    LB_H3 = U_LB_H3,
    LB_HL = U_LB_HEBREW_LETTER,
    LB_HY = U_LB_HYPHEN,
    LB_ID = U_LB_IDEOGRAPHIC,
    LB_IN = U_LB_INSEPARABLE,
    LB_IS = U_LB_INFIX_NUMERIC,
    LB_JL = U_LB_JL,
    LB_JT = U_LB_JT,
    LB_JV = U_LB_JV,
    LB_LF = U_LB_LINE_FEED,
    LB_NL = U_LB_NEXT_LINE,
    LB_NS = U_LB_NONSTARTER,
    LB_NU = U_LB_NUMERIC,
    LB_OP = U_LB_OPEN_PUNCTUATION,
    LB_PO = U_LB_POSTFIX_NUMERIC,
    LB_PR = U_LB_PREFIX_NUMERIC,
    LB_QU = U_LB_QUOTATION,
    LB_RI = U_LB_REGIONAL_INDICATOR,
    LB_SP = U_LB_SPACE,
    LB_SY = U_LB_BREAK_SYMBOLS,
    LB_WJ = U_LB_WORD_JOINER,
    LB_ZW = U_LB_ZWSPACE,
    LB_ZWJ = U_LB_ZWJ,
    LB_AI = U_LB_AMBIGUOUS,
    LB_SG = U_LB_SURROGATE,
    LB_XX = U_LB_UNKNOWN,
    LB_SA = U_LB_COMPLEX_CONTEXT,
    LB_CJ = U_LB_CONDITIONAL_JAPANESE_STARTER
};

static const uint8_t ascii_classes[128] = {
    LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_BA, LB_LF, LB_BK, LB_BK, LB_CR, LB_CM, LB_CM,
    LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM, LB_CM,
    LB_SP, LB_EX, LB_QU, LB_AL, LB_PR, LB_PO, LB_AL, LB_QU, LB_OP, LB_CP, LB_AL, LB_PR, LB_IS, LB_HY, LB_IS, LB_SY,
    LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_NU, LB_IS, LB_IS, LB_AL, LB_AL, LB_AL, LB_EX,
    LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL,
    LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_OP, LB_PR, LB_CP, LB_AL, LB_AL,
    LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL,
    LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_AL, LB_OP, LB_BA, LB_CL, LB_AL, LB_CM,
};

int line_class(uint32_t codepoint)
{
    if (codepoint < 128)
        return ascii_classes[codepoint];
    int class = unicode_line_break_class(codepoint);
    switch (class) {
    case LB_AI:
    case LB_SG:
    case LB_XX: return LB_AL;
    case LB_CJ: return LB_NS;
    case LB_SA:
        return u_charType((UChar32)codepoint) == U_NON_SPACING_MARK ||
                       u_charType((UChar32)codepoint) == U_COMBINING_SPACING_MARK
                   ? LB_CM
                   : LB_AL;
    default: return class;
    }
}

static bool is_one_of(int class, uint64_t set)
{
    return class >= 0 && set >> class & 1;
}

#define SET1(a) ((uint64_t)1 << (a))
#define SET2(a, b) (SET1(a) | SET1(b))
#define SET3(a, b, c) (SET2(a, b) | SET1(c))
static const uint64_t letters = SET2(LB_AL, LB_HL), ideographs = SET3(LB_ID, LB_EB, LB_EM),
                      hangul = SET3(LB_H2, LB_H3, LB_JL) | SET2(LB_JV, LB_JT);
static const uint64_t hard = SET3(LB_BK, LB_CR, LB_LF) | SET1(LB_NL), affixes = SET2(LB_PR, LB_PO);

/* Rules 11 to 30b where no space stands between; true: no break. */
static bool joined(const LineBreaker *s, int b, int c, int next, uint32_t codepoint)
{
    if (b == LB_WJ || b == LB_GL) /* 11, 12 */
        return true;
    if (c == LB_GL) /* 12a */
        return !is_one_of(b, SET2(LB_BA, LB_HY));
    if (c == LB_QU || b == LB_QU) /* 19 */
        return true;
    if (c == LB_CB || b == LB_CB) /* 20 */
        return false;
    if (is_one_of(c, SET3(LB_BA, LB_HY, LB_NS)) || b == LB_BB) /* 21 */
        return true;
    if (s->two_before == LB_HL && is_one_of(b, SET2(LB_HY, LB_BA))) /* 21a */
        return true;
    if ((b == LB_SY && c == LB_HL) || c == LB_IN) /* 21b, 22 */
        return true;
    if ((is_one_of(b, letters) && c == LB_NU) || (b == LB_NU && is_one_of(c, letters))) /* 23 */
        return true;
    if ((b == LB_PR && is_one_of(c, ideographs)) || (is_one_of(b, ideographs) && c == LB_PO)) /* 23a */
        return true;
    if ((is_one_of(b, affixes) && is_one_of(c, letters)) || (is_one_of(b, letters) && is_one_of(c, affixes))) /* 24 */
        return true;
    if (s->number &&
        (c == LB_NU || c == LB_SY || c == LB_IS || is_one_of(c, SET2(LB_CL, LB_CP)) || is_one_of(c, affixes))) /* 25 */
        return true;
    if ((s->closed && is_one_of(c, affixes)) ||
        (is_one_of(b, affixes) && (c == LB_NU || (c == LB_OP && next == LB_NU))) ||
        (is_one_of(b, SET2(LB_OP, LB_HY)) && c == LB_NU))
        return true;
    if ((b == LB_JL && is_one_of(c, SET3(LB_JL, LB_JV, LB_H2) | SET1(LB_H3))) ||
        (is_one_of(b, SET2(LB_JV, LB_H2)) && is_one_of(c, SET2(LB_JV, LB_JT))) ||
        (is_one_of(b, SET2(LB_JT, LB_H3)) && c == LB_JT)) /* 26 */
        return true;
    if ((is_one_of(b, hangul) && c == LB_PO) || (b == LB_PR && is_one_of(c, hangul))) /* 27 */
        return true;
    if ((is_one_of(b, letters) && is_one_of(c, letters)) || (b == LB_IS && is_one_of(c, letters))) /* 28, 29 */
        return true;
    if (c == LB_OP && is_one_of(b, letters | SET1(LB_NU)) && !unicode_is_wide(codepoint)) /* 30 */
        return true;
    if (b == LB_CP && !s->wide && is_one_of(c, letters | SET1(LB_NU)))
        return true;
    if (b == LB_RI && c == LB_RI && s->odd_flags) /* 30a */
        return true;
    return c == LB_EM && (b == LB_EB || s->picture); /* 30b */
}

static BreakAnswer answer(const LineBreaker *s, int c, int next, uint32_t codepoint)
{
    int b = s->before;
    if (s->last < 0)
        return BREAK_NO;
    if (s->last == LB_BK || s->last == LB_LF || s->last == LB_NL || (s->last == LB_CR && c != LB_LF)) /* 4, 5 */
        return BREAK_MUST;
    if (is_one_of(c, hard | SET2(LB_SP, LB_ZW))) /* 6, 7 */
        return BREAK_NO;
    if (b == LB_ZW) /* 8 */
        return BREAK_MAY;
    if (s->last == LB_ZWJ || c == LB_WJ) /* 8a, 11 */
        return BREAK_NO;
    if (is_one_of(c, SET3(LB_CL, LB_CP, LB_EX) | SET2(LB_IS, LB_SY)) &&
        (s->spaces || b != LB_NU || s->number || c == LB_EX)) /* 13 */
        return BREAK_NO;
    if (b == LB_OP) /* 14 */
        return BREAK_NO;
    if (b == LB_QU && c == LB_OP) /* 15 */
        return BREAK_NO;
    if ((is_one_of(b, SET2(LB_CL, LB_CP)) && c == LB_NS) || (b == LB_B2 && c == LB_B2)) /* 16, 17 */
        return BREAK_NO;
    if (s->spaces) /* 18 */
        return BREAK_MAY;
    return joined(s, b, c, next, codepoint) ? BREAK_NO : BREAK_MAY;
}

static void advance(LineBreaker *s, int c, uint32_t codepoint)
{
    if (c == LB_SP) {
        s->spaces = true;
        s->last = c;
        s->number = s->closed = false;
        return;
    }
    bool was_number = s->number;
    s->number = c == LB_NU || (was_number && is_one_of(c, SET2(LB_SY, LB_IS)));
    s->closed = was_number && is_one_of(c, SET2(LB_CL, LB_CP));
    s->odd_flags = c == LB_RI && !(s->odd_flags && !s->spaces && s->before == LB_RI);
    s->two_before = s->spaces ? -1 : s->before;
    s->wide = c == LB_CP && unicode_is_wide(codepoint);
    s->picture = codepoint >= 0xA9 && u_charType((UChar32)codepoint) == U_UNASSIGNED &&
                 u_hasBinaryProperty((UChar32)codepoint, UCHAR_EXTENDED_PICTOGRAPHIC);
    s->before = s->last = c;
    s->spaces = false;
}

BreakAnswer line_breaker_step(LineBreaker *s, uint32_t codepoint, int c, int next)
{
    if (c == LB_AL && s->last == LB_AL) { /* most characters */
        s->two_before = LB_AL;
        s->number = s->closed = s->picture = false;
        return BREAK_NO;
    }
    if (c == LB_CM || c == LB_ZWJ) { /* 9, 10: a mark is as its base, or a letter without one */
        if (s->last >= 0 && !is_one_of(s->last, hard | SET2(LB_SP, LB_ZW))) {
            s->last = c == LB_ZWJ ? LB_ZWJ : s->before;
            return BREAK_NO;
        }
        BreakAnswer said = answer(s, LB_AL, next, codepoint);
        advance(s, LB_AL, codepoint);
        if (c == LB_ZWJ)
            s->last = LB_ZWJ;
        return said;
    }
    BreakAnswer said = answer(s, c, next, codepoint);
    advance(s, c, codepoint);
    return said;
}
