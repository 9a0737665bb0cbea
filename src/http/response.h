/* response.h: what the makers of headers share; inside http only. */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "http/request.h"

/* A further line, also when the name is there already: Set-Cookie.  Refuses as header_set() does.
 */
void header_add(struct request *, const char *name, const char *value);

#endif
