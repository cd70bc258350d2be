/* Who wrote it, where no mark says so: what looks like a person's name, an agency's line, a signature. No name is known
 * here but those of agencies, which sign with their own. */
#include "base/unicode.h"
#include "input/page.h"

/* The character at *at, which moves behind it. */
static uint32_t next(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    uint32_t c = more ? p[0] & (0x3Fu >> more) : p[0];
    for (int i = 1; i <= more && p[i]; i++)
        c = c << 6 | (p[i] & 0x3F);
    *at += 1;
    while (((unsigned char)**at & 0xC0) == 0x80)
        *at += 1;
    return c;
}

static bool is_one_of(const char *word, size_t size, const char *const *list)
{
    for (int i = 0; list[i]; i++)
        if (strlen(list[i]) == size && starts_nocase(word, list[i]))
            return true;
    return false;
}

/* Two to five words with capitals, particles aside: "Solveig Grewe", "Ludwig van der Berg", "J. O'Neill". */
bool looks_like_name(const char *text)
{
    static const char *const particles[] = {"de",  "da",  "do",  "dos", "du",  "del", "della", "di",  "la", "le", "van",
                                            "von", "der", "den", "zu",  "ten", "ter", "al",    "bin", "el", "y",  NULL};
    static const char *const dating[] = {"updated",      "update",   "published", "posted", "last",
                                         "aktualisiert", "erstellt", "stand",     "today",  "breaking",
                                         "news",         "live",     "read",      "min",    NULL};
    int names = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        const char *at = text, *end = text + size;
        if (is_one_of(text, size, dating))
            return false;
        bool capital = size && unicode_is_upper(next(&at)), particle = is_one_of(text, size, particles);
        while (at < end) {
            uint32_t c = next(&at);
            if (!unicode_is_letter(c) && c != '-' && c != '.' && c != '\'' && c != 0x2019)
                return false;
        }
        if (!capital && !(particle && names))
            return false;
        names += capital;
        text = end + (*end == ' ');
    }
    return names >= 2 && names <= 5;
}

/* "AFP", "AFP, MANILA", "Reuters / Berlin" */
bool agency_line(const char *text)
{
    static const char *const agencies[] = {
        "AFP",    "AP",  "Reuters", "dpa",   "Xinhua", "ANSA", "EFE", "TASS", "PTI", "ANI", "APA",
        "Yonhap", "CNA", "Kyodo",   "Belga", "Lusa",   "NTB",  "TT",  "PAP",  "DPA", "UPI", "Associated Press",
        NULL};
    for (int i = 0; agencies[i]; i++) {
        size_t size = strlen(agencies[i]);
        if (strncmp(text, agencies[i], size) == 0 &&
            (!text[size] || text[size] == ',' || text[size] == '/' || strncmp(text + size, " /", 2) == 0))
            return strlen(text) < 48 && !strpbrk(text, "0123456789.:");
    }
    return false;
}

/* The name before the house in "Max Lee, World Radio News."; the house is named by its first letters. NULL: no such line. */
const char *signed_name(Reader *reader, const char *text, const char *house)
{
    const char *comma = strstr(text, ", ");
    if (!comma || !house || comma - text > 60)
        return NULL;
    const char *name = arena_string(reader->arena, text, (size_t)(comma - text));
    char *mine = letters_of(reader->arena, comma);
    if (strlen(mine) < 6)
        return NULL;
    mine[6] = 0;
    return strstr(letters_of(reader->arena, house), mine) && looks_like_name(name) ? name : NULL;
}

/* Does it stand for a person's own page? */
bool author_link(const Node *node)
{
    static const char *const parts[] = {"/author",    "/autor",  "/auteur",   "/writer",  "/journalist", "/reporter",
                                        "/redakteur", "/byline", "/profile/", "/people/", NULL};
    const char *href = node_is(node, "a") ? node_attribute(node, "href") : NULL;
    for (int i = 0; href && parts[i]; i++)
        if (contains_nocase(href, parts[i]))
            return true;
    return false;
}
