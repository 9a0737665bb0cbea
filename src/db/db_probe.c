/* db_probe.c: does a server that fell silent speak again? */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "db/db_inside.h"

/* For one that is paused: the kernel takes the connection, and nobody greets. */
enum { GREETING_MS = 1000 };

static bool
ready_for(int fd, short what)
{
	struct pollfd p = { .fd = fd, .events = what };

	return poll(&p, 1, GREETING_MS) == 1 && (p.revents & what) != 0;
}

static bool
greets(int family, const struct sockaddr *to, socklen_t len)
{
	int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool good = fd >= 0 &&
		    (connect(fd, to, len) == 0 || (errno == EINPROGRESS && ready_for(fd, POLLOUT)));

	good = good && ready_for(fd, POLLIN);
	if (fd >= 0)
		close(fd);
	return good;
}

bool
server_greets(const struct db_config *c)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct addrinfo *found = NULL;
	char port[16];
	bool good = false;

	if (c->socket != NULL) {
		snprintf(un.sun_path, sizeof(un.sun_path), "%s", c->socket);
		return greets(AF_UNIX, (const struct sockaddr *)&un, sizeof(un));
	}
	snprintf(port, sizeof(port), "%d", (int)c->port);
	if (getaddrinfo(c->host, port, &hints, &found) != 0)
		return false;
	for (struct addrinfo *at = found; at != NULL && !good; at = at->ai_next)
		good = greets(at->ai_family, at->ai_addr, at->ai_addrlen);
	freeaddrinfo(found);
	return good;
}
