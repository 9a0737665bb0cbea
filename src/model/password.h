/*
 * password.h: scrypt (libscrypt), N=2^15 r=8 p=3 in modular crypt format.
 *
 * A hash costs a fifth of a second of a core.  A gate lets only so many run at a time on this
 * machine, over all workers.  Who finds it shut waits, up to two seconds, when there is room to
 * wait; else they are answered TOO_MANY at once.  Places and room together must leave a worker
 * free, so that sign-ins never stop the plant's pages.
 */
#ifndef MODEL_PASSWORD_H
#define MODEL_PASSWORD_H

#include <stdbool.h>

#include "base/status.h"

struct arena;

/* The folder of the gate's lock files; one file a place, and one a room to wait. */
struct gate {
	const char *folder;
	int places;
	int room; /* so many may wait; 0: nobody */
};

/* How many may hash and wait on a machine with so many cores, where each has a worker. */
struct gate gate_of(const char *folder, int cores);

/*
 * One place behind the gate, or TOO_MANY when all are taken (and stay so).  For who must hold a
 * row's lock while a password is checked: with the place taken first, nobody waits for that lock.
 */
enum status gate_enter(const struct gate *, struct arena *, int *place) MUST_CHECK;
void gate_leave(int place);

enum status password_hash(
    const struct gate *, struct arena *, const char *password, const char **hash) MUST_CHECK;
/* Behind the gate already.  hash NULL: the same time is spent, and false. */
bool password_matches(struct arena *, const char *password, const char *hash);
/* Passes the gate itself. */
enum status password_check(const struct gate *, struct arena *, const char *password,
    const char *hash, bool *right) MUST_CHECK;
/* True when the hash was made with weaker parameters than today's. */
bool password_is_old(const char *hash);

#endif
