/* upload.h: a file that came with a form: how large it may be, and what is kept of it. */
#ifndef PAGE_UPLOAD_H
#define PAGE_UPLOAD_H

#include "http/request.h"
#include "model/attachment.h"

size_t upload_most(const struct request *);           /* bytes: the plant's setting */
const char *upload_most_text(const struct request *); /* "10": the same in MB */
/*
 * What the model attaches.  sha256: its name in the store when it lies there already; NULL: the
 * model puts the bytes there.
 */
struct stored upload_stored(struct request *, const struct upload *, const char *sha256);
/*
 * Asks the virus scanner, when one is configured.  OK; INVALID: *why says that it cannot be asked;
 * CONFLICT: it found *why ("Eicar-Signature").
 */
enum status upload_scan(struct request *, const struct upload *, const char **why) MUST_CHECK;
/* NULL when it may be kept, else why not, in the person's language and with its name. */
const char *upload_fault(struct request *, const struct upload *);

#endif
