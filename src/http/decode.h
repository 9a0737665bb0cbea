/* decode.h: what the readers of queries, forms, cookies and parts share; inside http only. */
#ifndef HTTP_DECODE_H
#define HTTP_DECODE_H

#include "http/request.h"

/* %41 to A and, if plus, + to a space.  NULL for a stray %, a NUL or what is not UTF-8. */
const char *url_decode(struct arena *, const char *, size_t len, bool plus);
/* Bytes as text in the arena; NULL when they hold a NUL or are not UTF-8. */
const char *text_checked(struct arena *, const char *, size_t len);
/* CR LF and a lone CR become LF: browsers send a textarea's lines with CR LF. */
const char *text_lines(struct arena *, const char *);
/* Decimal digits, perhaps with a - before them, and nothing else; false also on overflow. */
bool int_read(const char *, int64_t *);

/* "a=1; b=2" of a Cookie header into rq->cookies. */
enum status cookies_read(struct request *, const char *) MUST_CHECK;

#endif
