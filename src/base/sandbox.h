/* base/sandbox.h: what this process gives up for good, threads and children included.
 *   in    the paths that it still reads, the folders (or devices) it still writes in
 *   out   no network, no other program, no process but itself, no other path; what is denied fails with EPERM or EACCES
 * Paths by Landlock, where the kernel has it; calls by seccomp, always. Files that are open stay open. Besides `reads` stay
 * readable: the folders that libraries were loaded from (some are loaded late) and the fonts of the machine. The library
 * never calls this: to give things up is a program's act. */
#ifndef N2P_BASE_SANDBOX_H
#define N2P_BASE_SANDBOX_H

/* NULL-terminated lists; what does not exist is skipped. NULL: done; else why not, and then the process must not go on. */
const char *sandbox_enter(const char *const *reads, const char *const *writes);

#endif
