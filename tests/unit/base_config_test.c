/* base_config_test.c: a good configuration, and what each mistake is answered with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/config.h"
#include "base_said.h"
#include "tool.h"

#define KEY "0123456789abcdef0123456789abcdef"
#define REST "db_user = app\nbase_url = https://plant.example\nsecret_file = key\n"
#define GOOD "db_socket = /run/db.sock\n" REST

struct fixture {
	struct arena *arena;
	char folder[TOOL_PATH];
};

static void
put(const struct fixture *f, const char *name, const char *text)
{
	FILE *out = fopen(arena_print(f->arena, "%s/%s", f->folder, name), "w");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	scratch_begin(f->folder);
	put(f, "key", KEY "\n");
	put(f, "password", "\t s3cret#x \n\n");
	put(f, "nothing", " \n");
	put(f, "short", "abc\n");
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	scratch_end(f->folder);
	arena_free(f->arena);
	free(f);
	return 0;
}

static const char *
path_of(const struct fixture *f)
{
	return arena_print(f->arena, "%s/m.conf", f->folder);
}

static void
read_it(void *with)
{
	const struct fixture *f = with;

	config_read(f->arena, path_of(f));
}

static void
good(void **state)
{
	struct fixture *f = *state;
	const struct config *c;

	put(f, "m.conf",
	    "# all of it\r\n\n" GOOD "  db_password_file=password # of the workers\n"
	    "db_port = 3307\ntemplates = pages#1\ndeveloper = yes\nmail_from = A <a@b.example>");
	c = config_read(f->arena, path_of(f));
	assert_string_equal(c->db_socket, "/run/db.sock");
	assert_string_equal(c->db_user, "app");
	assert_string_equal(c->db_password, "s3cret#x");
	assert_string_equal(c->secret, KEY);
	assert_int_equal(c->db_port, 3307);
	assert_true(c->developer);
	assert_string_equal(c->templates, arena_print(f->arena, "%s/pages#1", f->folder));
	assert_string_equal(c->mail_from, "A <a@b.example>");
	assert_string_equal(c->directory, "mw_directory");
	assert_string_equal(c->assets, "/assets");
	assert_null(c->db_host);
	assert_null(c->smtp_url);
	assert_null(c->db_owner_password);
}

static void
by_environment(void **state)
{
	struct fixture *f = *state;

	put(f, "m.conf", GOOD);
	setenv("MILLWRIGHT_CONF", path_of(f), 1);
	assert_string_equal(config_read(f->arena, NULL)->db_user, "app");
	unsetenv("MILLWRIGHT_CONF");
}

static void
mistakes(void **state)
{
	static const struct {
		const char *file, *answer;
	} cases[] = {
		{ "\n\ndb_sokcet = /x\n",
		    "m.conf:3: unknown name \\\"db_sokcet\\\"; did you mean \\\"db_socket\\\"?" },
		{ "frobnication = 1\n",
		    "unknown name \\\"frobnication\\\"; the names are db_socket, " },
		{ "db_socket\n", "m.conf:1: write it like `name = value`: db_socket" },
		{ "db_user =\n", "m.conf:1: db_user has no value" },
		{ "db_user = a\ndb_user = b\n", "m.conf:2: db_user is set already in line 1" },
		{ "db_port = 0\n", "db_port = 0 is not a port; write a number from 1 to 65535" },
		{ "db_port = 33x\n", "db_port = 33x is not a port" },
		{ "db_port = 99999999999999999999\n", "is not a port" },
		{ "developer = true\n", "developer = true: write yes or no" },
		{ "secret_file = none\n", "/none: No such file or directory" },
		{ "db_password_file = nothing\n", "db_password_file: there is nothing in " },
		{ "secret_file = short\n", "too short; make a key with: openssl rand -hex 32" },
		{ "secret_file = .\n", "cannot read " },
		{ "base_url = http://plant.example\n",
		    "write https://; http:// is for localhost only" },
		{ "base_url = http://localhost.example\n", "http:// is for localhost only" },
		{ "base_url = plant.example\n", "write it like https://plant.example" },
		{ "base_url = https://plant.example/\n", "without a slash behind" },
		{ "db_socket = /x\ndb_user = a\n",
		    "m.conf: base_url is missing; write it like: base_url = https://plant" },
		{ "db_socket = /x\n", "m.conf: db_user is missing; write it like: db_user = " },
		{ REST, "m.conf: db_socket is missing" },
		{ GOOD "db_host = h\n", "both db_socket and db_host are set" },
		{ GOOD "smtp_url = smtp://h:25\n", "mail_from is missing" },
	};
	struct fixture *f = *state;
	char said[SAID];

	for (size_t i = 0; i < COUNT(cases); i++) {
		put(f, "m.conf", cases[i].file);
		assert_int_equal(said_by(read_it, f, said), 1);
		if (strstr(said, cases[i].answer) == NULL)
			fail_msg("%s: not in %s", cases[i].answer, said);
	}
	unlink(path_of(f));
	assert_int_equal(said_by(read_it, f, said), 1);
	assert_non_null(strstr(said, "name the file in MILLWRIGHT_CONF"));
}

static void
local_urls(void **state)
{
	static const char *const urls[] = { "http://localhost", "http://localhost:8080",
		"http://127.0.0.1:1", "http://[::1]:8080", "http://demo.localhost:8080",
		"https://plant.example:8443" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(urls); i++) {
		put(f, "m.conf",
		    arena_print(f->arena,
			"db_host = h\ndb_user = app\nbase_url = %s\nsecret_file = key\n", urls[i]));
		assert_string_equal(config_read(f->arena, path_of(f))->base_url, urls[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(by_environment),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(local_urls),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
