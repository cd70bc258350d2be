/* cli/log.h: what happens, for who looks later: sentences, JSON lines, or the journal's fields. */
#ifndef N2P_CLI_LOG_H
#define N2P_CLI_LOG_H

#include "cli/cli.h"

typedef struct {
    const char *name, *value; /* "outcome": outcome in JSON, NEWS2PDF_OUTCOME in the journal; value NULL: left out */
    bool number;
} LogField;

enum { LOG_ERROR = 3, LOG_WARNING = 4, LOG_INFO = 6 }; /* syslog's priorities */

typedef struct {
    enum { LOG_TEXT, LOG_JSON, LOG_JOURNAL } kind;
    bool quiet;
} Log;

Log log_open(const CommandLine *line);
void log_say(const Log *log, int priority, const char *sentence, const LogField *fields, int count);
/* The same fields as one JSON object, for programs that are told. */
void log_object(FILE *out, const char *sentence, const LogField *fields, int count);

#endif
