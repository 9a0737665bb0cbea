/* run_ready.c: asks the plant whether it is ready, as any browser would. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/run_plant.h"
#include "base/arena.h"

enum { SECONDS = 5 };

bool
ready_ask(const struct plant *plant)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)plant->port) };
	struct timeval limit = { .tv_sec = SECONDS };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char text[256];
	ssize_t n = 0;

	if (fd < 0)
		return false;
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	snprintf(text, sizeof text, "GET /ready HTTP/1.0\r\nHost: %.*s\r\n\r\n",
	    (int)strcspn(plant->site_host, ","), plant->site_host);
	if (connect(fd, (struct sockaddr *)&in, sizeof in) == 0 &&
	    write(fd, text, strlen(text)) == (ssize_t)strlen(text))
		n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return strncmp(text, "HTTP/1.", 7) == 0 && strncmp(text + 8, " 200", 4) == 0;
}
