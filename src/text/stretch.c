/* How far a line is stretched: composer.md 5. The search and the output both ask here. */
#include "text/paragraph.h"

int32_t line_x(const Justify *j, LineParts parts, Len missing)
{
    int64_t d = (int64_t)missing * 1024;
    int64_t spaces = (int64_t)parts.space * (j->space_most - 1024);
    if (missing >= 0) {
        int64_t limit = spaces + (int64_t)parts.gaps * j->letter_most + (int64_t)parts.glyphs * j->glyph_most;
        if (d <= limit)
            return limit > 0 ? (int32_t)(d * X_ONE / limit) : 0;
        int64_t second = spaces + (int64_t)parts.gaps * (j->letter_far - j->letter_most) + (int64_t)parts.glyphs * (j->glyph_far - j->glyph_most);
        if (d <= limit + second)
            return X_ONE + (int32_t)((d - limit) * X_ONE / second);
        int64_t rest = d - (int64_t)parts.gaps * j->letter_far - (int64_t)parts.glyphs * j->glyph_far;
        if (spaces <= 0 || rest / spaces >= 16)
            return X_MOST;
        return (int32_t)(rest * X_ONE / spaces);
    }
    int64_t limit = (int64_t)parts.space * (1024 - j->space_least) - (int64_t)parts.gaps * j->letter_least - (int64_t)parts.glyphs * j->glyph_least;
    if (limit <= 0 || -d > limit)
        return X_OVERFULL;
    return (int32_t)(d * X_ONE / limit);
}
