/* mail.h: one letter by SMTP.  libcurl does the work. */
#ifndef JOB_MAIL_H
#define JOB_MAIL_H

#include "base/shape.h"

/* As the configuration has them (base/config.h). */
struct mail_config {
	const char *url;      /* smtp://host:25, or smtps://host:465 */
	const char *user;     /* may be NULL or "" */
	const char *password; /* is sent over TLS only, but to this very machine */
	const char *from;     /* plant@example.com, or Millwright <plant@example.com> */
};

struct mail_message {
	const char *to;
	const char *to_name; /* may be NULL */
	const char *subject;
	const char *text;
	const char *html; /* may be NULL */
	const char
	    *message_id;     /* "…@host" without brackets; the same again when it is sent again */
	struct instant date; /* when the letter was written, not when it is sent */
};

/*
 * OK: the server has taken it.  RETRY: it may take it later (no connection, 4xx, sign-in refused).
 * INVALID: it never will (5xx), or the letter is not one: an address that is none, a line end in a
 * header, text that is not UTF-8.  FAILED: the configuration is wrong.  All but OK are logged.
 * Takes 20 seconds at most.
 */
enum status mail_send(const struct mail_config *, const struct mail_message *) MUST_CHECK;

#endif
