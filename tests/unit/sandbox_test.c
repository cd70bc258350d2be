/* The sandbox: each test enters it in a child, tries, and tells by its exit code what was denied. */
#define _GNU_SOURCE
#include "test.h"

#include "base/sandbox.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/n2p-sandbox-XXXXXX";
static char in[64], out[64], secret[64], news[64];

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int make_folders(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(in, sizeof in, "%s/in", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    snprintf(secret, sizeof secret, "%s/secret.txt", folder);
    snprintf(news, sizeof news, "%s/in/news.xml", folder);
    mkdir(in, 0755);
    mkdir(out, 0755);
    put(secret, "secret");
    put(news, "<nitf/>");
    return 0;
}

static int remove_folders(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* The errno that `attempt` leaves in the sandbox; 0: it succeeded; -1: there is no sandbox. */
static int inside(int (*attempt)(void))
{
    pid_t pid = fork();
    if (pid == 0) {
        const char *const reads[] = {in, NULL}, *const writes[] = {out, NULL};
        _exit(sandbox_enter(reads, writes) ? 255 : attempt());
    }
    int status = 0;
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status) == 255 ? -1 : WEXITSTATUS(status);
}

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

static int outcome(bool fine)
{
    return fine ? 0 : errno;
}

static int opens(const char *path, int flags)
{
    return outcome(open(path, flags, 0644) >= 0);
}

static int nothing(void)
{
    return 0;
}

/* ---- what is denied ---- */

static int a_socket(void)
{
    return outcome(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int a_socket_pair(void)
{
    int ends[2];
    return outcome(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
}

static int another_program(void)
{
    return outcome(execl("/bin/true", "true", (char *)NULL) == 0);
}

static int a_program_in_memory(void)
{
    int fd = memfd_create("program", 0);
    char *const none[] = {NULL};
    return outcome(fexecve(fd, none, none) == 0);
}

static int another_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return outcome(pid > 0);
}

static int a_signal_to_the_parent(void)
{
    return outcome(kill(getppid(), 0) == 0);
}

static int watching_the_parent(void)
{
    return outcome(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static int limits_of_the_parent(void)
{
    return outcome(syscall(SYS_prlimit64, getppid(), 0, NULL, NULL) == 0);
}

static int another_mode(void)
{
    return outcome(chmod(news, 0777) == 0);
}

static void calls_that_reach_out_are_denied(void **state)
{
    (void)state;
    int (*const attempts[])(void) = {a_socket,        a_socket_pair,          another_program,     a_program_in_memory,
                                     another_process, a_signal_to_the_parent, watching_the_parent, limits_of_the_parent,
                                     another_mode};
    assert_int_equal(inside(nothing), 0);
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        assert_int_equal(inside(attempts[i]), EPERM);
}

static int reads_the_secret(void)
{
    return opens(secret, O_RDONLY);
}

static int reads_the_secret_by_a_link(void)
{
    char link[80];
    snprintf(link, sizeof link, "%s/link.xml", in);
    return opens(link, O_RDONLY);
}

static int reads_users(void)
{
    return opens("/etc/passwd", O_RDONLY);
}

static int overwrites_the_input(void)
{
    return opens(news, O_WRONLY);
}

static int writes_beside_the_secret(void)
{
    char path[80];
    snprintf(path, sizeof path, "%s/new.txt", folder);
    return opens(path, O_WRONLY | O_CREAT);
}

static int moves_the_output_away(void)
{
    char from[80], to[80];
    snprintf(from, sizeof from, "%s/a.pdf", out);
    snprintf(to, sizeof to, "%s/a.pdf", folder);
    int made = opens(from, O_WRONLY | O_CREAT);
    return made ? 200 : outcome(rename(from, to) == 0);
}

static void other_paths_are_denied(void **state)
{
    (void)state;
    if (!has_landlock())
        skip();
    char link[80];
    snprintf(link, sizeof link, "%s/link.xml", in);
    assert_int_equal(symlink(secret, link), 0);
    assert_int_equal(inside(reads_the_secret), EACCES);
    assert_int_equal(inside(reads_the_secret_by_a_link), EACCES);
    assert_int_equal(inside(reads_users), EACCES);
    assert_int_equal(inside(overwrites_the_input), EACCES);
    assert_int_equal(inside(writes_beside_the_secret), EACCES);
    int moved = inside(moves_the_output_away);
    assert_true(moved == EACCES || moved == EXDEV);
}

/* ---- what is not ---- */

static int reads_the_news(void)
{
    return opens(news, O_RDONLY);
}

static int writes_beside_and_renames(void)
{
    char part[80], whole[80];
    snprintf(part, sizeof part, "%s/b.pdf.part", out);
    snprintf(whole, sizeof whole, "%s/b.pdf", out);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL, 0644);
    return outcome(fd >= 0 && write(fd, "x", 1) == 1 && fsync(fd) == 0 && close(fd) == 0 && rename(part, whole) == 0 &&
                   unlink(whole) == 0);
}

static int opens_a_library_late(void)
{
    static const char *const names[] = {"liblcms2.so.2", "libwebp.so.7", "libqpdf.so.29", "libfontconfig.so.1",
                                        "libarchive.so.13"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!dlopen(names[i], RTLD_NOW | RTLD_LOCAL))
            return 1;
    return 0;
}

static void *no_work(void *argument)
{
    return argument;
}

static int starts_a_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, no_work, NULL) != 0 || pthread_join(thread, NULL) != 0;
}

static int keeps_bytes_in_memory(void)
{
    int fd = memfd_create("scratch", MFD_CLOEXEC);
    return outcome(fd >= 0 && write(fd, "x", 1) == 1 && mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED);
}

static void what_a_conversion_does_is_allowed(void **state)
{
    (void)state;
    int (*const attempts[])(void) = {reads_the_news, writes_beside_and_renames, opens_a_library_late, starts_a_thread,
                                     keeps_bytes_in_memory};
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        assert_int_equal(inside(attempts[i]), 0);
}

int main(void)
{
#if defined(__SANITIZE_ADDRESS__)
    printf("ok - the sandbox # skip instrumented code reads and clones as it likes\n");
    return 0;
#else
    const struct CMUnitTest tests[] = {cmocka_unit_test(calls_that_reach_out_are_denied),
                                       cmocka_unit_test(other_paths_are_denied),
                                       cmocka_unit_test(what_a_conversion_does_is_allowed)};
    return cmocka_run_group_tests(tests, make_folders, remove_folders);
#endif
}
