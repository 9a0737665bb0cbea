/* mail_text.h: the headers of a letter as RFC 5322 and RFC 2047 want them. */
#ifndef JOB_MAIL_TEXT_H
#define JOB_MAIL_TEXT_H

#include <stdbool.h>

#include "base/shape.h"

struct arena;

/* UTF-8 without control characters, so without line ends: fit for a header.  NULL is. */
bool mail_is_line(const char *);
/* local@domain in plain ASCII, nothing that SMTP or a header could take for something else. */
bool mail_is_address(const char *);
/* Text as it is when it is ASCII and short, else encoded words, folded. */
const char *mail_words(struct arena *, const char *);
/* "Name" <address>, or <address>. */
const char *mail_mailbox(struct arena *, const char *name, const char *address);
/* "Sat, 21 Nov 2026 13:00:00 +0000". */
const char *mail_date(struct arena *, struct instant);
/* Takes "Name <address>" apart; false when the address is none.  The name may come out NULL. */
bool mail_split(struct arena *, const char *both, const char **name, const char **address);
/* Every line end as CR LF. */
const char *mail_lines(struct arena *, const char *);

#endif
