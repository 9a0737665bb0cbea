/* mime.h: parameters of header values and transfer encodings; inside http only. */
#ifndef HTTP_MIME_H
#define HTTP_MIME_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The rest of a header's value after its first word: `; name=value; name="value"`. */
struct params {
	const char *at;
	const char *end;
};

struct param {
	const char *name; /* lower case */
	const char *value;
	bool quoted;
};

enum param_found { PARAM_END, PARAM_FOUND, PARAM_WRONG };

bool is_token(const char *, size_t len);
/* The next parameter; values may have any byte, a NUL cuts them off. */
enum param_found param_next(struct arena *, struct params *, struct param *);

/* NULL when it is not base64 (white space is passed over); a NUL stands behind the bytes. */
const char *base64_decode(struct arena *, const char *, size_t len, size_t *out);
/* Quoted-printable likewise. */
const char *printable_decode(struct arena *, const char *, size_t len, size_t *out);

#endif
