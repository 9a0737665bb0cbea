/* identify.h: who asks, and is it really their own page that asks? */
#ifndef APP_IDENTIFY_H
#define APP_IDENTIFY_H

#include "base/status.h"

struct request;

/*
 * Fills rq->by from the access token; turns the refresh token when the access token has run out.
 * Nobody signed in is OK: rq->by stays a visitor.
 */
enum status identify(struct request *) MUST_CHECK;
/* FORBIDDEN unless a POST comes from a page of our own and carries the form token of its session.
 */
enum status check_origin(struct request *) MUST_CHECK;

#endif
