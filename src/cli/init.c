/* news2pdf init: a profile to change, and stories that show what it does. */
#define _GNU_SOURCE
#include "cli/commands.h"
#include "cli/messages.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char profile[] =
    "# What a daily product is made of. Try it:   news2pdf make daily.yaml\n"
    "# What is commented out shows what else there is; docs/profile.md and `man news2pdf` say more.\n"
    "# The command line overrides all of it:     news2pdf make daily.yaml --date 2026-11-24 -s newsletter\n"
    "\n"
    "title: The Daily Example\n"
    "language: en\n"
    "timezone: UTC                  # of dates and of \"at\", as Asia/Seoul or Europe/Berlin\n"
    "# at: 05:00                    # the moment of the edition: spans count back from it; without it: now\n"
    "# day: tomorrow                # an evening run that makes the next day's paper\n"
    "\n"
    "# ---- what goes in: files, folders, patterns; relative to this file ----\n"
    "sources:\n"
    "  - stories\n"
    "# - path: feeds/world-*.xml    # a feed that was saved to disk\n"
    "#   section: World\n"
    "# since: 24h                   # older stories are left out: 90m, 24h, 2d, 1w\n"
    "order: section                 # given, urgency, section or date\n"
    "sections: [Harbour, Town]      # in this order; others follow\n"
    "\n"
    "# ---- how it looks ----\n"
    "styles: briefing               # news2pdf --list-styles; or several: [briefing, house.css]\n"
    "# set:                         # custom properties of the style\n"
    "#   accent: \"#7A1F1F\"\n"
    "#   page-size: letter\n"
    "\n"
    "# ---- what comes out: below this file's folder ----\n"
    "name: \"out/{title}-%Y-%m-%d.pdf\"\n"
    "# targets: [screen, print-news] # news2pdf --list-targets; each makes a file of its own\n"
    "# handoff: handoff             # a folder that gets a copy when all is complete\n"
    "\n"
    "# ---- when a timer makes it ----\n"
    "# wait-for: feeds/late.xml\n"
    "# until: 05:20                 # then it goes on without it, and says so\n"
    "# notify: mail -s \"$NEWS2PDF_OUTCOME: $NEWS2PDF_OUTPUT\" desk@example.org\n"
    "# log: journal                 # text, json or journal\n"
    "# options:                     # any long option\n"
    "#   strict: yes\n";

static const char harbour[] = "---\n"
                              "title: The ferry sails on batteries alone\n"
                              "deck: A crossing takes two thirds of a charge\n"
                              "author: Jonas Verhoeven\n"
                              "section: Harbour\n"
                              "---\n"
                              "\n"
                              "The *Marigold* will carry cars and people between the islands on batteries alone from "
                              "Easter, the harbour office said. "
                              "Her two diesel engines are to be lifted out in the dry dock in January.\n"
                              "\n"
                              "A crossing of 38 minutes uses two thirds of the charge. At either quay an arm plugs "
                              "itself in while cars roll off, and "
                              "the batteries are full again before the last has rolled on.\n"
                              "\n"
                              "\"Nobody will miss the noise,\" said her captain. The fare stays the same.\n";

static const char town[] = "---\n"
                           "title: Market moves to the square for the winter\n"
                           "author: Ada Lindqvist\n"
                           "section: Town\n"
                           "---\n"
                           "\n"
                           "The Saturday market leaves the quay for the square from the first week of December, out of "
                           "the wind. Forty stalls have "
                           "asked for a place; there is room for thirty-six.\n"
                           "\n"
                           "The town draws lots on Thursday. Whoever stays without a place comes first in spring.\n";

static const struct {
    const char *path, *text;
} files[] = {{"daily.yaml", profile}, {"stories/ferry.md", harbour}, {"stories/market.md", town}};
enum { FILE_COUNT = sizeof files / sizeof *files };

static bool write_file(const char *path, const char *text)
{
    size_t length = strlen(text);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool fine = fd >= 0 && write(fd, text, length) == (ssize_t)length;
    if (fd >= 0 && close(fd) != 0)
        fine = false;
    return fine || message_wrong("init-failed", (Source){path, 0, 0}, strerror(errno), NULL);
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST ||
           message_wrong("init-failed", (Source){path, 0, 0}, strerror(errno), NULL);
}

int command_init(const Invocation *typed)
{
    CommandLine line;
    Arena *arena = typed->arena;
    if (!arguments_fill(&line, typed))
        return EXIT_USAGE;
    if (typed->word_count > 1)
        return usage_wrong("news2pdf init my-daily", "one folder at most"), EXIT_USAGE;
    const char *folder = typed->word_count ? typed->words[0] : ".";
    for (int i = 0; i < FILE_COUNT; i++)
        if (access(path_join(arena, folder, files[i].path), F_OK) == 0)
            return message_wrong("init-failed", (Source){path_join(arena, folder, files[i].path), 0, 0},
                                 "this is here already; nothing is written over", NULL),
                   EXIT_FAILED;
    if (!make_folder(folder) || !make_folder(path_join(arena, folder, "stories")))
        return EXIT_FAILED;
    for (int i = 0; i < FILE_COUNT; i++)
        if (!write_file(path_join(arena, folder, files[i].path), files[i].text))
            return EXIT_FAILED;
    if (!line.quiet)
        printf("Try it: news2pdf make %s\n", typed->word_count ? path_join(arena, folder, "daily.yaml") : "daily.yaml");
    return EXIT_MADE;
}
