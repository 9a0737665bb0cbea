/* print.c: sends labels to the ZPL printers that an administrator has registered, one a turn. */
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "job/job.h"
#include "model/actor.h"
#include "model/printer.h"

enum { WAIT_SECONDS = 5 };

/* A printer that is off must not hold up the others for long. */
static int
connect_to(const struct addrinfo *at)
{
	const struct timeval wait = { .tv_sec = WAIT_SECONDS };
	int fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)); /* of connect(), too */
	if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
		return fd;
	close(fd);
	return -1;
}

/* NULL, or why not. */
static const char *
send_all(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len > 0) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return strerror(errno);
		text += n;
		len -= (size_t)n;
	}
	return shutdown(fd, SHUT_WR) == 0 ? NULL : strerror(errno);
}

static const char *
print(struct arena *a, const char *host, int64_t port, const char *zpl)
{
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
	struct addrinfo *found;
	const char *why = "no address";
	int fd = -1, wrong;

	wrong = getaddrinfo(host, arena_print(a, "%d", (int)port), &want, &found);
	if (wrong != 0)
		return gai_strerror(wrong);
	for (const struct addrinfo *at = found; at != NULL && fd < 0; at = at->ai_next) {
		fd = connect_to(at);
		if (fd < 0)
			why = strerror(errno);
	}
	freeaddrinfo(found);
	if (fd < 0)
		return why;
	why = send_all(fd, zpl);
	close(fd);
	return why;
}

enum status
print_work(const struct job_turn *turn, bool *more)
{
	const struct actor *by = turn->by;
	struct label_print_due l;
	const char *why;
	enum status e = label_print_take(by, &l);

	if (e)
		return e == NOT_FOUND ? OK : e;
	why = print(by->arena, l.host, l.port.known ? l.port.n : PRINTER_PORT, l.zpl);
	if (why != NULL)
		log_warn("print: %s at %s: %s", l.printer_name, l.host, why);
	e = label_print_done(by, &l, why);
	*more = !e;
	return e;
}
