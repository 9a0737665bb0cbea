/* model_password_test.c: the gate before the hashes of passwords: how many pass, who waits, who is
 * sent away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/time.h"
#include "model/password.h"
#include "tool.h"

struct fixture {
	struct arena *arena;
	char root[TOOL_PATH];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	scratch_begin(f->root);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	scratch_end(f->root);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* Takes a place in another process, for so long. */
static pid_t
held(const struct gate *gate, int ms)
{
	int ready[2], place;
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		struct arena *a = arena_new();

		if (gate_enter(gate, a, &place) != OK || write(ready[1], "", 1) != 1)
			_exit(1);
		usleep((useconds_t)ms * 1000);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void
test_no_room(void **state)
{
	struct fixture *f = *state;
	const struct gate gate = { f->root, 1, 0 };
	pid_t other = held(&gate, 400);
	int64_t began = ticks();
	int place;

	assert_int_equal(gate_enter(&gate, f->arena, &place), TOO_MANY);
	assert_true(ticks() - began < SECOND / 4);
	waitpid(other, NULL, 0);
	assert_int_equal(gate_enter(&gate, f->arena, &place), OK);
	gate_leave(place);
}

static void
test_waits_for_a_place(void **state)
{
	struct fixture *f = *state;
	const struct gate gate = { f->root, 1, 1 };
	pid_t other = held(&gate, 300);
	int place;

	assert_int_equal(gate_enter(&gate, f->arena, &place), OK);
	gate_leave(place);
	waitpid(other, NULL, 0);
}

static void
test_does_not_wait_for_ever(void **state)
{
	struct fixture *f = *state;
	const struct gate gate = { f->root, 1, 1 };
	pid_t other = held(&gate, 3500), waiting;
	int64_t began = ticks();
	int place;

	waiting = fork();
	if (waiting == 0)
		_exit(gate_enter(&gate, arena_new(), &place) == TOO_MANY ? 0 : 1);
	usleep(300000);
	/* The only room is taken. */
	assert_int_equal(gate_enter(&gate, f->arena, &place), TOO_MANY);
	assert_true(ticks() - began < SECOND);
	assert_int_equal(waitpid(waiting, &place, 0), waiting);
	assert_int_equal(place, 0);
	assert_true(ticks() - began >= 19 * SECOND / 10);
	waitpid(other, NULL, 0);
}

static void
test_a_worker_stays_free(void **state)
{
	(void)state;
	for (int cores = 1; cores <= 64; cores++) {
		const struct gate g = gate_of("", cores);

		assert_true(g.places >= 1);
		/* Of two workers at least: so many are advised, also on one core. */
		assert_true(g.places + g.room < (cores < 2 ? 2 : cores));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
		cmocka_unit_test_setup_teardown(test_waits_for_a_place, setup, teardown),
		cmocka_unit_test_setup_teardown(test_does_not_wait_for_ever, setup, teardown),
		cmocka_unit_test(test_a_worker_stays_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
