/* cli/hotfolder.h: one article of a hot folder, from arrival to done or failed. */
#ifndef N2P_CLI_HOTFOLDER_H
#define N2P_CLI_HOTFOLDER_H

#include "cli/child.h"
#include "cli/log.h"

typedef struct {
    const char *name, *path;
    struct timespec arrived; /* its last change: what is moved in, or written, counts from then */
} HotFile;

typedef struct {
    CommandLine line;
    Log log;
    const char *in, *out, *work; /* work: OUT/.news2pdf, where PDFs are made before they are published */
    const HotFile *queue;        /* those that wait, this one too */
    int queue_count;
    int made, failed;
} HotFolder;

typedef enum {
    HOT_SETTLED, /* made or failed; the article has left the folder */
    HOT_WAITS,   /* for pictures that are not there, or not whole, yet */
    HOT_TROUBLE, /* not the article's fault: a full disk, a vanished share; to be tried again */
} HotState;

HotState hot_article(HotFolder *hot, Arena *arena, const HotFile *file);

#endif
