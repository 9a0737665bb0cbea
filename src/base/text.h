/* text.h: what text is allowed to be, and small questions about it. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
bool text_is_utf8(const char *, size_t len);
/* Bytes of the well-formed character that begins there; 0 when none does. */
size_t text_char(const char *, size_t len);
/* Characters (code points), not bytes; the text must be UTF-8. */
size_t text_length(const char *);
/* True when NULL or "". */
bool text_empty(const char *);
bool text_same(const char *, const char *); /* NULL equals NULL only */
bool text_starts(const char *text, const char *with);
bool text_ends(const char *text, const char *with);
/* Without white space at both ends (ASCII and U+00A0, U+3000). */
const char *text_trim(struct arena *, const char *);
/* Lower case of ASCII letters only: e-mail addresses, host names. */
const char *text_lower(struct arena *, const char *);
/* At most n characters, whole ones. */
const char *text_cut(struct arena *, const char *, size_t n);
/* Percent-encoded for a query or a path segment (RFC 3986 unreserved stays). */
const char *text_url(struct arena *, const char *);
/* With %, _ and \ escaped for LIKE. */
const char *text_like(struct arena *, const char *);
/* Every occurrence of `from` (not empty) replaced. */
const char *text_replace(struct arena *, const char *text, const char *from, const char *to);
/* In constant time for equal lengths; false when either is empty. */
bool text_same_secret(const char *, const char *);

#endif
