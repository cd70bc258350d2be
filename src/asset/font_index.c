/* The list of bundled fonts: fonts/index. Its format stands at its head. */
#include "asset/font_face.h"

#include <stdlib.h>

enum { FIELDS = 5 };

static int split(Arena *arena, const char *line, size_t length, const char *field[FIELDS])
{
    char *copy = arena_string(arena, line, length);
    int count = 0;
    while (count < FIELDS) {
        field[count++] = copy;
        char *tab = strchr(copy, '\t');
        if (!tab)
            break;
        *tab = 0;
        copy = tab + 1;
    }
    return count;
}

static Len points(const char *text, char **end)
{
    char *stop;
    long whole = strtol(text, &stop, 10), tenths = 0;
    if (*stop == '.')
        tenths = strtol(stop + 1, &stop, 10);
    *end = stop;
    return len_clamp((int64_t)(whole * 10 + tenths) * LEN_PT / 10);
}

static void read_sizes(const char *text, FontDescriptor *face)
{
    if (text[0] == '-')
        return;
    char *end;
    face->optical_min = points(text, &end);
    face->optical_max = *end == '-' && end[1] ? points(end + 1, &end) : LEN_CLAMP;
}

static void read_pages(Arena *arena, Family *family, const char *text)
{
    int room = 1;
    for (const char *at = text; *at; at++)
        room += *at == ',';
    uint16_t(*pages)[2] = arena_alloc(arena, sizeof *pages * (size_t)room);
    int count = 0;
    while (*text && count < room) {
        char *end;
        pages[count][0] = pages[count][1] = (uint16_t)strtol(text, &end, 16);
        if (*end == '-')
            pages[count][1] = (uint16_t)strtol(end + 1, &end, 16);
        count++;
        if (*end != ',')
            break;
        text = end + 1;
    }
    family->pages = (const uint16_t(*)[2])pages;
    family->page_count = count;
}

static void read_alias(FontSet *set, const char *name, const char *list)
{
    VEC(const char *) names = {0};
    while (*list) {
        size_t length = strcspn(list, ",");
        VEC_PUSH(set->arena, names, arena_string(set->arena, list, length));
        list += length;
        list += strspn(list, ", ");
    }
    VEC_PUSH(set->arena, set->aliases, ((FontAlias){name, names.at, names.count}));
}

static Family *read_line(FontSet *set, Family *family, const char *line, size_t length)
{
    const char *field[FIELDS] = {0};
    int count = split(set->arena, line, length, field);
    if (strcmp(field[0], "family") == 0 && count >= 4) {
        family = family_add(set, field[1]);
        family->kind = field[2];
        family->bundled = true;
        read_pages(set->arena, family, field[3]);
    } else if (strcmp(field[0], "face") == 0 && count >= 5 && family) {
        FontDescriptor face = {.family = family->name, .path = path_join(set->arena, set->directory, field[4])};
        face.weight_min = face.weight_max = atoi(field[1]);
        face.italic = strcmp(field[2], "italic") == 0;
        read_sizes(field[3], &face);
        font_set_add(set, &face);
    } else if (strcmp(field[0], "cut") == 0 && count >= 4) {
        char *end;
        VEC_PUSH(set->arena, set->cuts, ((FontCut){field[1], field[2], points(field[3], &end)}));
    } else if (strcmp(field[0], "alias") == 0 && count >= 3) {
        read_alias(set, field[1], field[2]);
    } else if (set->diag) {
        diag_warn(set->diag, "font-index", (Source){path_join(set->arena, set->directory, "index"), 0, 0},
                  "unknown line '%s'", field[0]);
    }
    return family;
}

void font_index_read(FontSet *set)
{
    Bytes text;
    const char *path = path_join(set->arena, set->directory, "index");
    if (file_map(set->arena, path, 1 << 20, &text) != FILE_OK) {
        if (set->diag)
            diag_warn(set->diag, "font-index", (Source){path, 0, 0}, "the list of bundled fonts can't be read");
        return;
    }
    Family *family = NULL;
    for (const char *line = text.data, *end = text.data + text.size; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop)
            stop = end;
        if (stop > line && line[0] != '#')
            family = read_line(set, family, line, (size_t)(stop - line));
        line = stop + 1;
    }
}
