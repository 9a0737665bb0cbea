/* base_store_test.c: files kept by their digest, and what must not go wrong with them. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/store.h"
#include "tool.h"

/* Of "hello". */
#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

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

static int entries; /* counted by nftw(), which passes nothing along */

static int
count_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)path, (void)st, (void)where;
	entries += type == FTW_F;
	return 0;
}

static int
files_in(const char *root)
{
	entries = 0;
	nftw(root, count_entry, 16, FTW_PHYS);
	return entries;
}

static void
test_put_and_read(void **state)
{
	struct fixture *f = *state;
	char hex[STORE_HEX + 1], again[STORE_HEX + 1];
	const char *bytes, *path;
	struct stat st;
	size_t len;

	umask(077);
	assert_int_equal(store_put(f->root, "hello", 5, hex), OK);
	umask(022);
	assert_string_equal(hex, HELLO);
	path = arena_print(f->arena, "%s/%s", f->root, store_path(f->arena, hex, NULL));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(store_put(f->root, "hello", 5, again), OK);
	assert_string_equal(again, hex);
	assert_int_equal(files_in(f->root), 1);
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), OK);
	assert_int_equal(len, 5);
	assert_string_equal(bytes, "hello");
	assert_int_equal(store_put(f->root, "", 0, hex), OK);
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), OK);
	assert_int_equal(len, 0);
}

static void
test_names(void **state)
{
	static const char *const bad[] = { "", "ab", "../../../../etc/passwd", HELLO "0",
		"2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824",
		"../24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982.",
		"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982\n" };
	static const char *const suffixes[] = { "/x", "..", ".a..b", ".A", "x", ".%s", ".a b" };
	struct fixture *f = *state;
	const char *bytes;
	size_t len;

	assert_string_equal(store_path(f->arena, HELLO, ".small.jpg"), "2c/f2/" HELLO ".small.jpg");
	assert_null(store_path(f->arena, NULL, NULL));
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_null(store_path(f->arena, bad[i], NULL));
		assert_int_equal(store_read(f->arena, f->root, bad[i], &bytes, &len), NOT_FOUND);
	}
	for (size_t i = 0; i < COUNT(suffixes); i++)
		assert_null(store_path(f->arena, HELLO, suffixes[i]));
	assert_int_equal(store_read(f->arena, f->root, HELLO, &bytes, &len), NOT_FOUND);
}

/* What a failing disk leaves: another length is written anew, changed bytes are not handed out. */
static void
test_damage(void **state)
{
	struct fixture *f = *state;
	char hex[STORE_HEX + 1];
	const char *path, *bytes;
	size_t len;

	assert_int_equal(store_put(f->root, "hello", 5, hex), OK);
	path = arena_print(f->arena, "%s/%s", f->root, store_path(f->arena, hex, NULL));
	assert_true(file_put(path, "jello", 5));
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), FAILED);
	assert_true(file_put(path, "he", 2));
	assert_int_equal(store_put(f->root, "hello", 5, hex), OK);
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), OK);
	assert_int_equal(remove(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), FAILED);
	assert_int_equal(store_put(f->root, "hello", 5, hex), OK);
	assert_int_equal(store_read(f->arena, f->root, hex, &bytes, &len), OK);
}

/* A limit on file sizes stands in for a full disk: the write fails half way. */
static void
test_no_room(void **state)
{
	static char large[256 * 1024];
	struct fixture *f = *state;
	struct rlimit before, small = { 64 * 1024, 0 };
	char hex[STORE_HEX + 1];
	enum status e;

	assert_int_equal(store_put("/nowhere/at/all", "hello", 5, hex), FAILED);
	assert_string_equal(hex, HELLO);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	small.rlim_max = before.rlim_max;
	setrlimit(RLIMIT_FSIZE, &small);
	e = store_put(f->root, large, sizeof(large), hex);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(e, FAILED);
	assert_int_equal(files_in(f->root), 0);
	assert_int_equal(store_put(f->root, large, sizeof(large), hex), OK);
	assert_int_equal(files_in(f->root), 1);
}

/* The same bytes from eight processes at once: one file, no left-overs. */
static void
test_at_once(void **state)
{
	static char bytes[100 * 1000];
	struct fixture *f = *state;
	char hex[STORE_HEX + 1];
	const char *back;
	int status;
	size_t len;

	memset(bytes, 'b', sizeof(bytes));
	for (int i = 0; i < 8; i++)
		if (fork() == 0)
			_exit((int)store_put(f->root, bytes, sizeof(bytes), hex));
	for (int i = 0; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(files_in(f->root), 1);
	assert_int_equal(store_put(f->root, bytes, sizeof(bytes), hex), OK);
	assert_int_equal(store_read(f->arena, f->root, hex, &back, &len), OK);
	assert_int_equal(len, sizeof(bytes));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_put_and_read),
		TEST(test_names),
		TEST(test_damage),
		TEST(test_no_room),
		TEST(test_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
