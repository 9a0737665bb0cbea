/* password.c: see password.h. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <libscrypt.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "model/password.h"

enum { COST = 1 << 15, BLOCK = 8, PARALLEL = 3 };

/* What every hash of today begins with: $s1$ and N, r, p in hexadecimal. */
static const char today[] = "$s1$0f0803$";

enum { LOOK_MS = 20, PATIENCE_MS = 2000, MS = 1000000 };

struct gate
gate_of(const char *folder, int cores)
{
	return (struct gate){ folder, cores > 3 ? cores / 2 : 1, cores / 4 };
}

/* Any of the files <folder>/.password-<name><i>, locked; TOO_MANY. */
static enum status
take_one(const struct gate *gate, struct arena *a, const char *name, int count, int *place)
{
	for (int i = 0; i < count; i++) {
		const char *path = arena_print(a, "%s/.password-%s%d", gate->folder, name, i);
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

		if (fd < 0) {
			log_error("%s: cannot open", path);
			return TOO_MANY;
		}
		*place = fd;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return OK;
		close(fd);
	}
	return TOO_MANY;
}

enum status
gate_enter(const struct gate *gate, struct arena *a, int *place)
{
	enum status e = take_one(gate, a, "", gate->places, place);
	int room;

	if (e != TOO_MANY || take_one(gate, a, "wait-", gate->room, &room) != OK)
		return e;
	for (int ms = 0; e == TOO_MANY && ms < PATIENCE_MS; ms += LOOK_MS) {
		nanosleep(&(struct timespec){ .tv_nsec = LOOK_MS * MS }, NULL);
		e = take_one(gate, a, "", gate->places, place);
	}
	close(room);
	return e;
}

void
gate_leave(int place)
{
	close(place);
}

enum status
password_hash(const struct gate *gate, struct arena *a, const char *password, const char **hash)
{
	char *mcf = arena_alloc(a, SCRYPT_MCF_LEN + 1, 1);
	int place;
	bool made;
	enum status e = gate_enter(gate, a, &place);

	if (e)
		return e;
	made = libscrypt_hash(mcf, password, COST, BLOCK, PARALLEL) > 0;
	gate_leave(place);
	if (!made) {
		log_error("password: scrypt failed");
		return FAILED;
	}
	*hash = mcf;
	return OK;
}

bool
password_matches(struct arena *a, const char *password, const char *hash)
{
	/* Nobody's hash, for accounts that are not there: they take as long as those that are. */
	static const char nobody[] = "$s1$0f0803$AAAAAAAAAAAAAAAAAAAAAA==$"
				     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
				     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
	const char *against = hash != NULL ? hash : nobody;
	char *copy = arena_text(a, against, strlen(against));

	return libscrypt_check(copy, password) > 0 && hash != NULL;
}

enum status
password_check(
    const struct gate *gate, struct arena *a, const char *password, const char *hash, bool *right)
{
	int place;
	enum status e = gate_enter(gate, a, &place);

	if (e)
		return e;
	*right = password_matches(a, password, hash);
	gate_leave(place);
	return OK;
}

bool
password_is_old(const char *hash)
{
	return !text_starts(hash, today);
}
