/* refuse.h: the page of an answer that is not what was asked for. */
#ifndef APP_REFUSE_H
#define APP_REFUSE_H

#include "base/status.h"

struct request;

/* Replaces whatever the handler has begun.  Never fails: at worst it is one line of text. */
void refuse(struct request *, enum status);

#endif
