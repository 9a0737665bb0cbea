/* photo.h: the photos of a form: checked by content, put into the store, attached. */
#ifndef PAGE_PHOTO_H
#define PAGE_PHOTO_H

#include "http/request.h"

struct work_order;
struct place;

enum { MAX_PHOTOS = 5 };

/*
 * OK, or INVALID with *why, a text in the person's language: too many, too large, or not a photo.
 * Files already stored by an earlier try of the form (hidden fields `kept`) count as photos.
 */
enum status photo_check(struct request *, const char **why) MUST_CHECK;
/* Stores and attaches the photos of the request, and those kept. */
enum status photo_add(struct request *, const struct work_order *, const char *stage) MUST_CHECK;
/* The same on a record of a register. */
enum status photo_put(struct request *, const struct place *) MUST_CHECK;
/*
 * Keeps the good photos of a form that is shown again, so that nobody must choose them twice:
 * stores them and adds the list {{#kept}}: token, name.
 */
void photo_keep(struct request *);

#endif
