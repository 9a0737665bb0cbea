/* serve.h: one request, from wire to answer.  Where a stranger starts reading: routes.c, then this.
 */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/app.h"
#include "http/request.h"

/* The answer lives in app->arena until the next request.  The wire must not. */
struct response serve(struct app *, const struct wire *);

#endif
