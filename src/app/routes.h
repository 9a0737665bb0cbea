/* routes.h: every address that the program answers to. */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H

#include "http/request.h"

struct route_list {
	const struct route *at;
	size_t count;
};

/* The table of routes.c, and what every register answers to; made once, when a worker starts. */
struct route_list routes_all(struct arena *);

#endif
