/* command_routes.c: routes: method, pattern, permission and flags of each, tabs between. */
#include <stdio.h>

#include "app/command.h"
#include "app/routes.h"
#include "base/arena.h"
#include "rule/permission.h"

int
routes_command(int argc, char **argv)
{
	struct arena *a;
	struct route_list all;

	if (!command_read(argc, argv, NULL, NULL, 0))
		return WRONG_USAGE;
	a = arena_new();
	all = routes_all(a);
	for (size_t i = 0; i < all.count; i++) {
		const struct route *r = &all.at[i];

		printf("%s\t%s\t%s\t%s%s%s%s\n", r->method == GET ? "GET" : "POST", r->pattern,
		    permission_name((enum permission)r->permission),
		    r->flags & ROUTE_OPEN ? "open " : "",
		    r->flags & ROUTE_OFFLINE ? "offline " : "",
		    r->flags & ROUTE_PLAIN ? "plain " : "",
		    r->flags & ROUTE_SECRET ? "secret " : "");
	}
	arena_free(a);
	return 0;
}
