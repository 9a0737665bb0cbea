/* app.c: the FastCGI worker, millwright.fcgi.  The only file that knows libfcgi. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fastcgi.h>
#include <fcgiapp.h>

#include "app/cage.h"
#include "app/serve.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/log.h"
#include "http/request.h"

/* FCGX_ShutdownPending() is signal-safe and makes accept return. */
static void
on_term(int sig)
{
	(void)sig;
	FCGX_ShutdownPending();
}

static const char *
param(FCGX_Request *fcgi, const char *name)
{
	const char *value = FCGX_GetParam(name, fcgi->envp);

	return value == NULL ? "" : value;
}

/* NULL when the client hung up before its last byte. */
static const char *
read_body(struct arena *a, FCGX_Request *fcgi, size_t len)
{
	char *body = arena_alloc(a, len + 1, 1);

	return FCGX_GetStr(body, (int)len, fcgi->in) == (int)len ? body : NULL;
}

static struct wire
wire_of(FCGX_Request *fcgi)
{
	return (struct wire){
		.method = param(fcgi, "REQUEST_METHOD"),
		.path = param(fcgi, "DOCUMENT_URI"),
		.query = param(fcgi, "QUERY_STRING"),
		.cookie = param(fcgi, "HTTP_COOKIE"),
		.body = "",
		.content_type = param(fcgi, "CONTENT_TYPE"),
		.host = param(fcgi, "HTTP_HOST"),
		.address = param(fcgi, "REMOTE_ADDR"),
		.origin = param(fcgi, "HTTP_ORIGIN"),
		.fetch_site = param(fcgi, "HTTP_SEC_FETCH_SITE"),
		.accept_language = param(fcgi, "HTTP_ACCEPT_LANGUAGE"),
		.user_agent = param(fcgi, "HTTP_USER_AGENT"),
		.if_none_match = param(fcgi, "HTTP_IF_NONE_MATCH"),
		.trace = param(fcgi, "REQUEST_ID"),
	};
}

enum { RECORD_HEAD = 8, RECORD_MOST = 65528 };

/* Text as records of output. */
static void
put_records(struct buf *out, int id, const char *text, size_t len)
{
	for (size_t n; len > 0; text += n, len -= n) {
		n = len < RECORD_MOST ? len : RECORD_MOST;
		buf_add(out,
		    (const char[RECORD_HEAD]){ FCGI_VERSION_1, FCGI_STDOUT, (char)(id >> 8),
			(char)id, (char)(n >> 8), (char)n },
		    RECORD_HEAD);
		buf_add(out, text, n);
	}
}

/* False when the client is gone. */
static bool
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno != EINTR)
			return false;
		bytes += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* Piece by piece, each in memory of its own; false when it could not be sent whole. */
static bool
send_stream(FCGX_Request *fcgi, struct stream *stream)
{
	struct arena *a = arena_new();
	bool sent = true, ended = false;

	while (sent && !ended) {
		struct buf piece = { .arena = a }, out = piece;
		const enum status e = stream->more(stream, &piece);

		ended = !e && piece.len == 0;
		put_records(&out, fcgi->requestId, piece.text, piece.len);
		sent = !e && write_all(fcgi->ipcFd, out.text, out.len);
		arena_reset(a);
	}
	arena_free(a);
	return sent;
}

/*
 * In one piece.  FCGX_PutStr would cut a page into pieces of 8 KB, each with a write of its own and
 * nginx woken for it.  FCGX_Finish_r adds the end.
 */
static bool
send(FCGX_Request *fcgi, const struct response *r, bool head)
{
	bool sent = true;

	const size_t body = head || r->stream != NULL ? 0 : r->body.len;
	struct buf first = { .arena = r->headers.arena }, out = first;

	buf_print(&first, "Status: %d\r\n", r->code);
	buf_add(&first, r->headers.text, r->headers.len);
	buf_text(&first, "\r\n");
	buf_reserve(&out, first.len + body + RECORD_HEAD * (3 + body / RECORD_MOST));
	put_records(&out, fcgi->requestId, first.text, first.len);
	put_records(&out, fcgi->requestId, r->body.text, body);
	sent = write_all(fcgi->ipcFd, out.text, out.len);
	if (r->stream == NULL)
		return true;
	if (sent && !head)
		sent = send_stream(fcgi, r->stream);
	r->stream->end(r->stream);
	return sent;
}

static void
turn(struct app *app, struct arena *body, FCGX_Request *fcgi)
{
	struct wire wire = wire_of(fcgi);
	long len = strtol(param(fcgi, "CONTENT_LENGTH"), NULL, 10);
	struct response r;
	bool whole = true;

	wire.body_too_large = len < 0 || len > MAX_BODY;
	if (!wire.body_too_large && len > 0) {
		wire.body = read_body(body, fcgi, (size_t)len);
		wire.body_len = (size_t)len;
	}
	if (wire.body != NULL) {
		r = serve(app, &wire);
		whole = send(fcgi, &r, strcmp(wire.method, "HEAD") == 0);
	}
	/* Without the end nginx breaks the answer off. */
	if (whole)
		FCGX_Finish_r(fcgi);
	else
		FCGX_Free(fcgi, 1);
	arena_reset(body);
}

/*
 * Large blocks (photos) go back to the system at once.  Set at all, they also stay so: by itself
 * malloc raises them to the largest block ever freed, and the worker keeps that much for good.
 */
static void
stay_small(void)
{
	mallopt(M_MMAP_THRESHOLD, 256 * 1024);
	mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
	malloc_trim(0); /* what compiling the templates took */
}

int
main(int argc, char **argv)
{
	struct arena *forever = arena_new(), *body = arena_new();
	const struct config *config = config_read(forever, argc > 1 ? argv[1] : NULL);
	struct sigaction term = { .sa_handler = on_term };
	struct app *app = app_open(config, forever);
	FCGX_Request fcgi;

	stay_small();
	sigaction(SIGTERM, &term, NULL); /* no SA_RESTART on purpose */
	signal(SIGPIPE, SIG_IGN);
	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgi, 0, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		die("fcgi: cannot start");
	cage_close();
	while (FCGX_Accept_r(&fcgi) == 0)
		turn(app, body, &fcgi);

	app_close(app);
	arena_free(body);
	arena_free(forever);
	return 0;
}
