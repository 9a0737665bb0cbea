/* clamd.c: see clamd.h. */
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "http/clamd.h"

enum { PATIENCE = 20, CHUNK = 256 * 1024, ANSWER = 512 };

static int
open_unix(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(to.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(to.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		int why = errno;

		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

static void
be_patient(int fd)
{
	const struct timeval most = { .tv_sec = PATIENCE };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most));
}

/* "host:port", "[::1]:3310". */
static int
open_tcp(struct arena *a, const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(where, ':');
	const bool bracket = where[0] == '[' && colon != NULL && colon[-1] == ']';
	struct addrinfo *list = NULL;
	const char *host;
	int fd = -1;

	if (colon == NULL)
		return -1;
	host = bracket ? arena_text(a, where + 1, (size_t)(colon - where) - 2)
		       : arena_text(a, where, (size_t)(colon - where));
	if (getaddrinfo(host, colon + 1, &hints, &list) != 0)
		return -1;
	for (struct addrinfo *i = list; fd < 0 && i != NULL; i = i->ai_next) {
		fd = socket(i->ai_family, i->ai_socktype | SOCK_CLOEXEC, i->ai_protocol);
		if (fd < 0)
			continue;
		be_patient(fd);
		if (connect(fd, i->ai_addr, i->ai_addrlen) == 0)
			break;
		close(fd);
		fd = -1;
	}
	freeaddrinfo(list);
	return fd;
}

static bool
put(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
put_length(int fd, size_t len)
{
	const unsigned char four[] = { (unsigned char)(len >> 24), (unsigned char)(len >> 16),
		(unsigned char)(len >> 8), (unsigned char)len };

	return put(fd, four, sizeof(four));
}

static bool
put_all(int fd, const char *bytes, size_t len)
{
	static const char command[] = "zINSTREAM";

	if (!put(fd, command, sizeof(command)))
		return false;
	while (len > 0) {
		const size_t n = len < CHUNK ? len : CHUNK;

		if (!put_length(fd, n) || !put(fd, bytes, n))
			return false;
		bytes += n;
		len -= n;
	}
	return put_length(fd, 0);
}

static void
take(int fd, char answer[ANSWER])
{
	size_t have = 0;

	while (have < ANSWER - 1) {
		ssize_t n = recv(fd, answer + have, ANSWER - 1 - have, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		have += (size_t)n;
		if (memchr(answer, '\0', have) != NULL)
			break;
	}
	answer[have] = '\0';
}

static enum status
judge(struct arena *a, const char *answer, const char **found)
{
	static const char before[] = "stream: ", after[] = " FOUND";
	const size_t len = strlen(answer);

	if (strcmp(answer, "stream: OK") == 0)
		return OK;
	if (text_starts(answer, before) && text_ends(answer, after)) {
		*found =
		    arena_text(a, answer + strlen(before), len - strlen(before) - strlen(after));
		return INVALID;
	}
	log_error(
	    "clamd: it answers \"%s\"; is StreamMaxLength in clamd.conf large enough?", answer);
	return FAILED;
}

enum status
clamd_scan(struct arena *a, const char *where, const void *bytes, size_t len, const char **found)
{
	char answer[ANSWER] = "";
	int fd;

	fd = text_starts(where, "unix:") ? open_unix(where + strlen("unix:")) : open_tcp(a, where);
	if (fd < 0) {
		log_error("clamd: cannot reach %s: %s", where, strerror(errno));
		return FAILED;
	}
	be_patient(fd);
	/* One that takes no more has said why already. */
	(void)!put_all(fd, bytes, len);
	take(fd, answer);
	close(fd);
	return judge(a, answer, found);
}
