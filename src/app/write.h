/* write.h: a POST: one transaction, done once. */
#ifndef APP_WRITE_H
#define APP_WRITE_H

#include "base/status.h"

struct request;

/*
 * Runs the handler between BEGIN and COMMIT.  It commits when the handler answers OK with a
 * redirect: a page shown again (422) has changed nothing.  The form's `once` value is claimed in
 * the same transaction; the second time, the first answer is given.  ROUTE_OPEN: commits whatever
 * page the handler shows, no once.
 */
enum status write_once(struct request *) MUST_CHECK;

#endif
