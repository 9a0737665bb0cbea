/* record.h: where a record of any kind has its page. */
#ifndef PAGE_RECORD_H
#define PAGE_RECORD_H

#include <stdint.h>

struct request;

/* "/machines/7" for an event's or a file's kind and id; NULL when that kind has no pages. */
const char *record_href(const struct request *, const char *kind, int64_t id);

#endif
