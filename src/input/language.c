/* The language of a text that says none: by its script, else by its commonest small words. */
#include "base/unicode.h"
#include "input/internal.h"

static const char *language_by_script(const char *text)
{
    int latin = 0, hangul = 0, kana = 0, han = 0, arabic = 0, hebrew = 0, greek = 0, thai = 0;
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = utf8_next(&text, end);
        latin += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        hangul += c >= 0xAC00 && c <= 0xD7A3;
        kana += c >= 0x3041 && c <= 0x30FF;
        han += c >= 0x4E00 && c <= 0x9FFF;
        arabic += c >= 0x600 && c <= 0x6FF;
        hebrew += c >= 0x5D0 && c <= 0x5EA;
        greek += c >= 0x370 && c <= 0x3FF;
        thai += c >= 0xE01 && c <= 0xE5B;
    }
    int most = latin / 3;
    return hangul > most             ? "ko"
           : kana > most / 2 && kana ? "ja"
           : han > most              ? "zh"
           : arabic > most           ? "ar"
           : hebrew > most           ? "he"
           : greek > most            ? "el"
           : thai > most             ? "th"
                                     : NULL;
}

/* The commonest small words; a language needs a sixth of a text's words among them to be believed. */
static const char *language_by_words(const char *text)
{
    static const struct {
        const char *language, *words;
    } table[] = {
        {"en", " the of and to in that is for was with on his by as at "},
        {"de", " der die und das den von mit ist ein eine dem im nicht auf auch "},
        {"fr", " le la les des et du en une un est que dans pour qui au "},
        {"es", " el la los las de y que en un una del se por con es "},
        {"it", " il la di che e un una per del della con non sono le gli "},
        {"pt", " o a de que e do da em um uma para com os as no "},
        {"nl", " de het een en van in is dat op te zijn voor met niet aan "},
        {"sv", " och att det som en på är av för med till den har inte om "},
        {"da", " og det at en den til er som på de med han af for ikke "},
        {"nb", " og det er som på at en av for med har til ikke den et "},
        {"pl", " w i na z do się nie jest że o to jak przez po od "},
        {"ru", " и в не на что с по как это он из к за от у "},
        {"tr", " ve bir bu da de için ile olarak çok daha olan gibi kadar en ne "},
        {"fi", " ja on ei että se oli hän mutta joka myös kun ovat sen hänen mukaan "},
    };
    int count[sizeof table / sizeof *table] = {0}, words = 0, best = 0;
    for (const char *at = text; *at && words < 400;) {
        while (*at && (is_space((unsigned char)*at) || strchr(".,;:!?\"'()", *at)))
            at++;
        const char *start = at;
        while (*at && !is_space((unsigned char)*at) && !strchr(".,;:!?\"'()", *at))
            at++;
        if (at == start || at - start > 24)
            continue;
        words++;
        char word[32] = " ";
        memcpy(word + 1, start, (size_t)(at - start));
        word[1] = (char)(word[1] >= 'A' && word[1] <= 'Z' ? word[1] + 32 : word[1]);
        memcpy(word + 1 + (at - start), " ", 2);
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
            count[i] += strstr(table[i].words, word) != NULL;
    }
    for (size_t i = 1; i < sizeof table / sizeof *table; i++)
        if (count[i] > count[best])
            best = (int)i;
    return words >= 12 && count[best] * 6 >= words ? table[best].language : NULL;
}

bool right_to_left(const char *language)
{
    static const char *const list[] = {"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", NULL};
    for (int i = 0; language && list[i]; i++)
        if (starts_nocase(language, list[i]) && (language[2] == 0 || language[2] == '-'))
            return true;
    return false;
}

const char *guess_language(const char *text)
{
    const char *language = language_by_script(text);
    return language ? language : language_by_words(text);
}
