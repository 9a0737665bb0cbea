/*
 * cage.h: what a worker gives up after its start, so that a hole in it leads nowhere.
 *
 * A seccomp filter (libseccomp): no program can be started, no process traced, nothing mounted, no
 * privilege changed; such a call answers EPERM.  The filter cannot be taken off again.
 */
#ifndef APP_CAGE_H
#define APP_CAGE_H

#include <stdbool.h>

/* false, and logged, when the kernel does not take the filter: the worker goes on without. */
bool cage_close(void);

#endif
