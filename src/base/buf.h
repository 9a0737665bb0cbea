/* buf.h: text that grows, inside an arena. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/status.h"

struct arena;

struct buf {
	struct arena *arena;
	char *text; /* NUL-terminated, or NULL while nothing was added */
	size_t len;
	size_t room;
};

/* So much will come: it need not move while it grows. */
void buf_reserve(struct buf *, size_t room);
void buf_add(struct buf *, const char *, size_t);
void buf_text(struct buf *, const char *);
void buf_html(struct buf *, const char *); /* escaped for HTML */
void buf_print(struct buf *, const char *fmt, ...) PRINTF(2, 3);

#endif
