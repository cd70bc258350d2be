/* See log.h. The journal is spoken to in its own protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): a datagram of lines. */
#define _GNU_SOURCE
#include "cli/log.h"
#include "cli/clock.h"
#include "cli/messages.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

Log log_open(const CommandLine *line)
{
    const char *kind = line->log ? line->log : "text";
    return (Log){kind[0] == 't' ? LOG_TEXT : kind[1] == 's' ? LOG_JSON : LOG_JOURNAL, line->quiet};
}

void log_object(FILE *out, const char *sentence, const LogField *fields, int count)
{
    fprintf(out, "{\"message\":");
    json_string(out, sentence);
    for (int i = 0; i < count; i++) {
        if (!fields[i].value)
            continue;
        fprintf(out, ",\"%s\":", fields[i].name);
        if (fields[i].number)
            fputs(fields[i].value, out);
        else
            json_string(out, fields[i].value);
    }
    fputc('}', out);
}

static void say_json(int priority, const char *sentence, const LogField *fields, int count)
{
    char *text = NULL;
    size_t size = 0;
    char time[40];
    time_t now = clock_now();
    struct tm tm;
    strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return;
    log_object(stream, sentence, fields, count);
    fclose(stream);
    fprintf(stderr, "{\"time\":\"%s\",\"priority\":%d,%s\n", time, priority, text + 1);
    free(text);
}

/* A value with a line end is sent with its length. */
static void journal_field(FILE *out, const char *name, const char *value)
{
    if (!strchr(value, '\n')) {
        fprintf(out, "%s=%s\n", name, value);
        return;
    }
    uint64_t size = strlen(value);
    fprintf(out, "%s\n", name);
    for (int i = 0; i < 8; i++)
        fputc((int)(size >> (8 * i) & 255), out);
    fprintf(out, "%s\n", value);
}

static bool send_datagram(const char *data, size_t size)
{
    const char *path = getenv("NEWS2PDF_JOURNAL"); /* tests listen here */
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path ? path : "/run/systemd/journal/socket");
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool sent = fd >= 0 && sendto(fd, data, size, MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address) >= 0;
    if (fd >= 0)
        close(fd);
    return sent;
}

static bool say_journal(int priority, const char *sentence, const LogField *fields, int count)
{
    char *data = NULL, name[64];
    size_t size = 0;
    FILE *out = open_memstream(&data, &size);
    if (!out)
        return false;
    journal_field(out, "MESSAGE", sentence);
    fprintf(out, "PRIORITY=%d\nSYSLOG_IDENTIFIER=news2pdf\n", priority);
    for (int i = 0; i < count; i++) {
        if (!fields[i].value)
            continue;
        snprintf(name, sizeof name, "NEWS2PDF_%s", fields[i].name);
        for (char *at = name; *at; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        journal_field(out, name, fields[i].value);
    }
    fclose(out);
    bool sent = send_datagram(data, size);
    free(data);
    return sent;
}

void log_say(const Log *log, int priority, const char *sentence, const LogField *fields, int count)
{
    if (log->quiet && priority >= LOG_INFO && log->kind == LOG_TEXT)
        return;
    if (log->kind == LOG_JSON)
        say_json(priority, sentence, fields, count);
    else if (log->kind == LOG_TEXT || !say_journal(priority, sentence, fields, count))
        fprintf(stderr, "%snews2pdf: %s\n", /* what systemd reads as a priority where its journal is not there */
                log->kind == LOG_JOURNAL ? (char[]){'<', (char)('0' + priority), '>', 0} : "", sentence);
}
