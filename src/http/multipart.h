/*
 * multipart.h: multipart/form-data (RFC 7578, RFC 2046) from a whole body in memory.
 *
 * Strict: the first boundary must begin the body (empty lines may stand before it), header names
 * are tokens, a part needs a Content-Disposition with a name.  Content-Transfer-Encoding base64 and
 * quoted-printable are decoded, as RFC 7578 §4.7 lets old senders do.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include "http/request.h"

/* The boundary parameter of a Content-Type; NULL when absent, there twice, quoted or over 70
 * characters. */
const char *multipart_boundary(struct arena *, const char *content_type);
/* Parts with a filename become uploads (an empty filename with no data is left out); others pairs.
 */
enum status multipart_read(struct arena *, const char *boundary, const char *body, size_t len,
    struct pairs *, struct uploads *) MUST_CHECK;

#endif
