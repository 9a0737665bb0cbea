/* route.c: which handler a path belongs to. */
#include <string.h>

#include "base/arena.h"
#include "http/request.h"

struct match {
	const struct route *route;
	/* A bit a segment, the first the highest: set where the pattern has a literal. */
	uint32_t literal;
	size_t count;
	struct {
		const char *at;
		size_t len;
	} capture[MAX_CAPTURES];
};

static bool
segment_fits(struct match *m, const char *pattern, size_t want, const char *path, size_t len)
{
	if (*pattern != ':')
		return want == len && memcmp(pattern, path, len) == 0;
	if (len == 0 || m->count == MAX_CAPTURES)
		return false;
	m->capture[m->count].at = path;
	m->capture[m->count++].len = len;
	return true;
}

static bool
route_fits(struct match *m, const char *pattern, const char *path)
{
	uint32_t bit = UINT32_C(1) << 31;

	while (*pattern == '/' && *path == '/') {
		size_t want = strcspn(++pattern, "/");
		size_t len = strcspn(++path, "/");

		if (!segment_fits(m, pattern, want, path, len))
			return false;
		if (*pattern != ':')
			m->literal |= bit;
		bit >>= 1;
		pattern += want;
		path += len;
	}
	return *pattern == '\0' && *path == '\0';
}

enum status
route_match(struct request *rq, const struct route *routes, size_t count)
{
	struct match best = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct match m = { .route = &routes[i] };

		if (routes[i].method != rq->method || !route_fits(&m, routes[i].pattern, rq->path))
			continue;
		if (best.route == NULL || m.literal > best.literal)
			best = m;
	}
	rq->route = best.route;
	for (size_t i = 0; i < MAX_CAPTURES; i++)
		rq->capture[i] = i >= best.count ? NULL
						 : arena_text(rq->arena, best.capture[i].at,
						       best.capture[i].len);
	return best.route == NULL ? NOT_FOUND : OK;
}
