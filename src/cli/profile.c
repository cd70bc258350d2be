/* See profile.h. A field is one of the table below, or any long option. */
#include "cli/profile.h"
#include "cli/messages.h"
#include "cli/settings.h"

typedef struct {
    Profile *profile;
    Arena *arena;
} Reading;

static bool wrong(Source source, const char *hint, const char *text)
{
    return message_wrong("profile-wrong", source, text, hint);
}

static bool is_text(const Record *record, const char *what)
{
    return (record->kind == RECORD_TEXT && *record->text) || wrong(record->source, NULL, what);
}

/* ---- fields ---- */

static bool read_source(Reading *r, const Record *item)
{
    const Record *path = item, *section = NULL;
    if (item->kind == RECORD_MAP) {
        path = record_get(item, "path");
        section = record_get(item, "section");
        for (const Record *entry = item->first; entry; entry = entry->next)
            if (strcmp(entry->key, "path") != 0 && strcmp(entry->key, "section") != 0)
                return wrong(entry->key_source, "a source has a path and may have a section",
                             arena_format(r->arena, "a source has no \"%s\"", entry->key));
        if (!path)
            return wrong(item->source, "path: stories", "this source has no path");
    }
    if (!is_text(path, "a source is a path") || (section && !is_text(section, "a section is a name")))
        return false;
    const char *full =
        strcmp(r->profile->folder, ".") == 0 ? path->text : path_join(r->arena, r->profile->folder, path->text);
    VEC_PUSH(r->arena, r->profile->sources, (ProfileSource){full, section ? section->text : NULL, path->source});
    return true;
}

static bool read_sources(Reading *r, const Record *field)
{
    if (field->kind != RECORD_LIST)
        return read_source(r, field);
    for (const Record *item = field->first; item; item = item->next)
        if (!read_source(r, item))
            return false;
    return true;
}

static bool read_at(Reading *r, const Record *field)
{
    Problem problem;
    CommandLine none = {.command = COMMAND_MAKE};
    if (!is_text(field, "a time such as 05:00"))
        return false;
    if (!command_line_set(&none, "until", field->text, &problem)) /* which is a time too */
        return wrong(field->source, "at: 05:00", arena_format(r->arena, "\"%s\" is no time of day", field->text));
    r->profile->at = field->text;
    return true;
}

static bool read_day(Reading *r, const Record *field)
{
    static const char *const days[] = {"yesterday", "today", "tomorrow"};
    for (int i = 0; i < 3 && field->kind == RECORD_TEXT; i++)
        if (strcmp(field->text, days[i]) == 0) {
            r->profile->day = i - 1;
            return true;
        }
    return wrong(field->source, "today, tomorrow or yesterday", "this is no day of an edition");
}

static bool add_setting(Reading *r, const Record *entry)
{
    Problem problem = {0};
    const Record *at = NULL;
    /* where the profile writes is checked against its folder later; all other paths are read */
    bool writes = strcmp(entry->key, "handoff") == 0;
    if (strcmp(entry->key, "output") == 0)
        return wrong(entry->key_source, "name: \"{title}-%Y-%m-%d.pdf\"", "a profile names its output by \"name\"");
    if (settings_add(r->arena, &r->profile->settings, entry, writes ? NULL : r->profile->folder, &problem, &at))
        return true;
    return wrong(at->key && at == entry ? at->key_source : at->source, problem.hint, problem.message);
}

/* A list as one text with commas, as --sections and --target have it. */
static bool add_joined(Reading *r, const Record *field, const char *option)
{
    Buffer text = {.arena = r->arena};
    const Record *first = field->kind == RECORD_LIST ? field->first : field;
    for (const Record *item = first; item; item = item->next) {
        if (!is_text(item, "a name is wanted here"))
            return false;
        if (field->kind == RECORD_LIST && strchr(item->text, ','))
            return wrong(item->source, NULL, "such a name can't have a comma");
        buffer_format(&text, "%s%s", text.size ? "," : "", item->text);
        if (item == field)
            break;
    }
    if (text.data)
        VEC_PUSH(r->arena, r->profile->settings, (Setting){option, text.data, field->source});
    return true;
}

static bool read_targets(Reading *r, const Record *field)
{
    return add_joined(r, field, "target");
}

static bool read_sections(Reading *r, const Record *field)
{
    return add_joined(r, field, "sections");
}

static bool read_styles(Reading *r, const Record *field)
{
    Record as_option = *field;
    as_option.key = "style";
    return add_setting(r, &as_option);
}

static bool read_options(Reading *r, const Record *field)
{
    if (field->kind != RECORD_MAP)
        return wrong(field->source, "strict: yes", "options are lines \"option: value\"");
    for (const Record *entry = field->first; entry; entry = entry->next)
        if (!add_setting(r, entry))
            return false;
    return true;
}

static const struct {
    const char *name;
    bool (*read)(Reading *r, const Record *field);
} fields[] = {{"sources", read_sources},   {"at", read_at},         {"day", read_day},        {"targets", read_targets},
              {"sections", read_sections}, {"styles", read_styles}, {"options", read_options}};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static bool unknown_field(Reading *r, const Record *entry)
{
    const char *meant = NULL;
    Problem problem = {0};
    CommandLine none = {.command = COMMAND_MAKE};
    for (int limit = 1; limit <= 2 && !meant; limit++)
        for (int i = 0; i < FIELD_COUNT && !meant; i++)
            if (edit_distance(entry->key, fields[i].name, limit) <= limit)
                meant = arena_format(r->arena, "did you mean %s?", fields[i].name);
    if (!meant && !command_line_set(&none, entry->key, NULL, &problem) && strstr(problem.hint, "did you mean"))
        meant = problem.hint;
    return wrong(entry->key_source, meant ? meant : "docs/profile.md names the fields",
                 arena_format(r->arena, "a profile has no field \"%s\"", entry->key));
}

static bool read_field(Reading *r, const Record *entry)
{
    if (entry->kind == RECORD_NULL)
        return true; /* left empty */
    for (int i = 0; i < FIELD_COUNT; i++)
        if (strcmp(entry->key, fields[i].name) == 0)
            return fields[i].read(r, entry);
    return option_find(entry->key, strlen(entry->key)) < 0 ? unknown_field(r, entry) : add_setting(r, entry);
}

bool profile_read(Profile *profile, Arena *arena, const char *file)
{
    Bytes bytes;
    Diag diag = {.arena = arena};
    Reading r = {profile, arena};
    *profile = (Profile){.file = file, .folder = path_directory(arena, file)};
    FileStatus status = file_map(arena, file, 1 << 20, &bytes);
    if (status != FILE_OK)
        return wrong((Source){file, 0, 0}, "news2pdf init writes a profile",
                     status == FILE_MISSING ? "there is no such profile" : "this profile can't be read");
    const Record *root = record_yaml(arena, bytes, file, &diag);
    message_print_all(&diag);
    if (!root)
        return false;
    if (root->kind != RECORD_MAP)
        return wrong(root->source, "news2pdf init writes one", "a profile has lines \"field: value\"");
    bool fine = true; /* all mistakes in one go */
    for (const Record *entry = root->first; entry; entry = entry->next)
        fine = read_field(&r, entry) && fine;
    return fine;
}

Source profile_place(const Profile *profile, const char *name)
{
    for (int i = profile->settings.count - 1; i >= 0; i--)
        if (strcmp(profile->settings.at[i].name, name) == 0)
            return profile->settings.at[i].source;
    return NO_SOURCE;
}
