/* smtp_sink.h: a small SMTP server for the tests of mail, which writes down what it hears. */
#ifndef TESTS_SMTP_SINK_H
#define TESTS_SMTP_SINK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "job/mail.h"
#include "job/mail_text.h"
#include "tool.h"
#include <arpa/inet.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* Base64 of plant and secret, a NUL before each. */
#define SECRET "AHBsYW50AHNlY3JldA=="

enum { HEARD = 256 * 1024 };

/* What the server answers; NULL is the usual. */
struct manner {
	const char *address; /* to listen at */
	const char *ehlo;
	const char *rcpt;
	const char *auth;
	const char *end; /* of DATA */
	bool hang_up;    /* at once */
};

struct fixture {
	struct arena *arena;
	char dir[TOOL_PATH], heard[TOOL_PATH + 8];
	const char *url;
	pid_t server;
	char text[HEARD];
};

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	scratch_begin(f->dir);
	snprintf(f->heard, sizeof(f->heard), "%s/heard", f->dir);
	*state = f;
	return 0;
}

static void
server_end(struct fixture *f)
{
	if (f->server <= 0)
		return;
	kill(f->server, SIGTERM);
	waitpid(f->server, NULL, 0);
	f->server = 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	server_end(f);
	scratch_end(f->dir);
	arena_free(f->arena);
	free(f);
	return 0;
}

static const char *
answer(const struct manner *m, const char *line)
{
	if (strncmp(line, "EHLO", 4) == 0)
		return m->ehlo == NULL ? "250-sink\r\n250 8BITMIME" : m->ehlo;
	if (strncmp(line, "RCPT", 4) == 0 && m->rcpt != NULL)
		return m->rcpt;
	if (strncmp(line, "AUTH", 4) == 0)
		return "334 "; /* now the secret */
	if (strncmp(line, SECRET, strlen(SECRET)) == 0)
		return m->auth == NULL ? "235 welcome" : m->auth;
	if (strncmp(line, "DATA", 4) == 0)
		return "354 go on";
	if (strncmp(line, "QUIT", 4) == 0)
		return "221 bye";
	return "250 ok";
}

static void
converse(int fd, const struct manner *m, FILE *heard)
{
	FILE *in = fdopen(fd, "r");
	char line[4096];
	bool data = false;

	dprintf(fd, "220 sink\r\n");
	while (fgets(line, sizeof(line), in) != NULL) {
		fputs(line, heard);
		fflush(heard);
		if (data && strcmp(line, ".\r\n") != 0)
			continue;
		if (data)
			dprintf(fd, "%s\r\n", m->end == NULL ? "250 taken" : m->end);
		else
			dprintf(fd, "%s\r\n", answer(m, line));
		data = !data && strncmp(line, "DATA", 4) == 0;
	}
	fclose(in);
}

static void
serve(int listener, const struct manner *m, const char *path)
{
	FILE *heard = fopen(path, "wb");
	int fd;

	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		if (m->hang_up)
			close(fd);
		else
			converse(fd, m, heard);
	}
	_exit(0);
}

static void
server_begin(struct fixture *f, const struct manner *m)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	const char *address = m->address == NULL ? "127.0.0.1" : m->address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t len = sizeof(at);

	server_end(f);
	unlink(f->heard);
	inet_pton(AF_INET, address, &at.sin_addr);
	assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(listener, 8), 0);
	assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len), 0);
	f->url = arena_print(f->arena, "smtp://%s:%d", address, ntohs(at.sin_port));
	f->server = fork();
	if (f->server == 0)
		serve(listener, m, f->heard);
	close(listener);
}

#endif
