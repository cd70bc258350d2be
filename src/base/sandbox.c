/* Landlock for paths, seccomp for calls. See sandbox.h. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- paths ---- */

#ifndef LANDLOCK_ACCESS_FS_REFER /* since ABI 2 */
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE /* since ABI 3 */
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV /* since ABI 5 */
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)
#endif

static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                      may_write =
                          LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE,
                      of_a_file = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

/* Everything that this kernel can deny. */
static uint64_t deniable(int abi)
{
    uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    return all | (abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0) | (abi >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0) |
           (abi >= 5 ? LANDLOCK_ACCESS_FS_IOCTL_DEV : 0);
}

static void allow(int rules, const char *path, uint64_t access)
{
    struct stat info;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode))
        access &= of_a_file;
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule,
            0); /* a pipe needs no rule, and gets none */
    close(fd);
}

typedef struct {
    int rules;
    char last[4096]; /* most libraries lie in one folder */
} Libraries;

static int allow_library(struct dl_phdr_info *info, size_t size, void *user)
{
    Libraries *libraries = user;
    const char *name = info->dlpi_name, *slash = name ? strrchr(name, '/') : NULL;
    size_t length = slash ? (size_t)(slash - name) : 0;
    (void)size;
    if (!length || length >= sizeof libraries->last ||
        (strncmp(libraries->last, name, length) == 0 && !libraries->last[length]))
        return 0;
    memcpy(libraries->last, name, length);
    libraries->last[length] = 0;
    allow(libraries->rules, libraries->last, may_read);
    return 0;
}

static void allow_in(int rules, const char *folder, const char *name)
{
    char path[4096];
    if (folder && *folder == '/' && (size_t)snprintf(path, sizeof path, "%s%s", folder, name) < sizeof path)
        allow(rules, path, may_read);
}

/* Where fontconfig looks unless it is told otherwise. */
static void allow_fonts(int rules)
{
    static const char *const folders[] = {"/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts",
                                          "/usr/share/fontconfig", "/var/cache/fontconfig"};
    const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME"), *cache = getenv("XDG_CACHE_HOME");
    const char *config = getenv("XDG_CONFIG_HOME");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        allow(rules, folders[i], may_read);
    allow_in(rules, home, "/.fonts");
    allow_in(rules, home, "/.local/share/fonts");
    allow_in(rules, home, "/.config/fontconfig");
    allow_in(rules, home, "/.cache/fontconfig");
    allow_in(rules, data, "/fonts");
    allow_in(rules, config, "/fontconfig");
    allow_in(rules, cache, "/fontconfig");
    allow_in(rules, getenv("FONTCONFIG_FILE"), "");
    allow_in(rules, getenv("FONTCONFIG_PATH"), "");
}

static void allow_machine(int rules)
{
    static const char *const files[] = {"/etc/ld.so.cache", "/etc/localtime", "/sys/devices/system/cpu", "/dev/null"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        allow(rules, files[i], may_read);
    dl_iterate_phdr(allow_library, &(Libraries){.rules = rules});
    allow_fonts(rules);
}

static const char *give_up_paths(const char *const *reads, const char *const *writes)
{
    int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return NULL; /* this kernel has none */
    struct landlock_ruleset_attr attributes = {.handled_access_fs = deniable(abi)};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0)
        return "the kernel makes no Landlock rules";
    for (; *reads; reads++)
        allow(rules, *reads, may_read);
    for (; *writes; writes++)
        allow(rules, *writes, may_write);
    allow_machine(rules);
    bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done ? NULL : "the kernel refuses its Landlock rules";
}

/* ---- calls ---- */

/* What reading, setting and writing take. Sockets, exec, fork, other processes, mounts and the rest are not among them. */
static const int calls[] = {SCMP_SYS(read),
                            SCMP_SYS(readv),
                            SCMP_SYS(pread64),
                            SCMP_SYS(preadv),
                            SCMP_SYS(write),
                            SCMP_SYS(writev),
                            SCMP_SYS(pwrite64),
                            SCMP_SYS(pwritev),
                            SCMP_SYS(open),
                            SCMP_SYS(openat),
                            SCMP_SYS(close),
                            SCMP_SYS(stat),
                            SCMP_SYS(fstat),
                            SCMP_SYS(lstat),
                            SCMP_SYS(stat64),
                            SCMP_SYS(fstat64),
                            SCMP_SYS(lstat64),
                            SCMP_SYS(fstatat64),
                            SCMP_SYS(newfstatat),
                            SCMP_SYS(statx),
                            SCMP_SYS(statfs),
                            SCMP_SYS(fstatfs),
                            SCMP_SYS(access),
                            SCMP_SYS(faccessat),
                            SCMP_SYS(faccessat2),
                            SCMP_SYS(lseek),
                            SCMP_SYS(_llseek),
                            SCMP_SYS(getdents),
                            SCMP_SYS(getdents64),
                            SCMP_SYS(getcwd),
                            SCMP_SYS(readlink),
                            SCMP_SYS(readlinkat),
                            SCMP_SYS(fcntl),
                            SCMP_SYS(fcntl64),
                            SCMP_SYS(dup),
                            SCMP_SYS(dup2),
                            SCMP_SYS(dup3),
                            SCMP_SYS(fsync),
                            SCMP_SYS(fdatasync),
                            SCMP_SYS(ftruncate),
                            SCMP_SYS(ftruncate64),
                            SCMP_SYS(fadvise64),
                            SCMP_SYS(rename),
                            SCMP_SYS(renameat),
                            SCMP_SYS(renameat2),
                            SCMP_SYS(unlink),
                            SCMP_SYS(unlinkat),
                            SCMP_SYS(memfd_create),
                            SCMP_SYS(mmap),
                            SCMP_SYS(mmap2),
                            SCMP_SYS(munmap),
                            SCMP_SYS(mprotect),
                            SCMP_SYS(mremap),
                            SCMP_SYS(madvise),
                            SCMP_SYS(msync),
                            SCMP_SYS(brk),
                            SCMP_SYS(poll),
                            SCMP_SYS(ppoll),
                            SCMP_SYS(select),
                            SCMP_SYS(pselect6),
                            SCMP_SYS(rt_sigaction),
                            SCMP_SYS(rt_sigprocmask),
                            SCMP_SYS(rt_sigreturn),
                            SCMP_SYS(sigreturn),
                            SCMP_SYS(sigaltstack),
                            SCMP_SYS(restart_syscall),
                            SCMP_SYS(getpid),
                            SCMP_SYS(getppid),
                            SCMP_SYS(gettid),
                            SCMP_SYS(getuid),
                            SCMP_SYS(geteuid),
                            SCMP_SYS(getgid),
                            SCMP_SYS(getegid),
                            SCMP_SYS(umask),
                            SCMP_SYS(uname),
                            SCMP_SYS(sysinfo),
                            SCMP_SYS(getrusage),
                            SCMP_SYS(times),
                            SCMP_SYS(getrlimit),
                            SCMP_SYS(ugetrlimit),
                            SCMP_SYS(getrandom),
                            SCMP_SYS(getcpu),
                            SCMP_SYS(time),
                            SCMP_SYS(gettimeofday),
                            SCMP_SYS(clock_gettime),
                            SCMP_SYS(clock_gettime64),
                            SCMP_SYS(clock_getres),
                            SCMP_SYS(nanosleep),
                            SCMP_SYS(alarm),
                            SCMP_SYS(setitimer),
                            SCMP_SYS(clock_nanosleep),
                            SCMP_SYS(futex),
                            SCMP_SYS(set_robust_list),
                            SCMP_SYS(set_tid_address),
                            SCMP_SYS(rseq),
                            SCMP_SYS(membarrier),
                            SCMP_SYS(sched_yield),
                            SCMP_SYS(sched_getaffinity),
                            SCMP_SYS(exit),
                            SCMP_SYS(exit_group)};

/* Calls that are fine with some arguments only. */
static int allow_in_part(scmp_filter_ctx filter)
{
    static const unsigned long about_terminals[] = {TCGETS, TIOCGWINSZ, FIONREAD};
    int bad =
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                         SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) |
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) | /* then clone is tried */
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) |
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0));
    for (size_t i = 0; i < sizeof about_terminals / sizeof *about_terminals; i++)
        bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, about_terminals[i]));
    return bad;
}

static const char *give_up_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return "memory ran out";
    int bad = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    bad |= allow_in_part(filter);
    bad = bad ? bad : seccomp_load(filter);
    seccomp_release(filter);
    return bad ? "the kernel takes no seccomp filter" : NULL;
}

const char *sandbox_enter(const char *const *reads, const char *const *writes)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "the kernel does not let privileges go";
    const char *why = give_up_paths(reads, writes);
    return why ? why : give_up_calls();
}
