/*
 * json.h: records as JSON text (RFC 8259), for the API and for an event's before and after.
 *
 * Instants and dates are ISO 8601 texts, decimals are exact numbers ("12.5"), what is not known is
 * null. Every member of the shape is written: what is nobody's business is the caller's affair.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/shape.h"

struct buf;

/* In quotes, escaped; null for NULL.  The text must be UTF-8.  (json_string is jansson's.) */
void json_text(struct buf *, const char *);
/* One member's value; at is its address. */
void json_value(struct buf *, enum type, const void *at);
/* {"name":value,…}; null for NULL. */
void json_record(struct buf *, const struct shape *, const void *record);
/* [{…},…] */
void json_rows(struct buf *, const struct rows *);
/*
 * {"name":[before,after],…} of the members that differ; either side may be NULL, then its values
 * are null.  Answers whether any differs; {} is written when none does.
 */
bool json_change(struct buf *, const struct shape *, const void *before, const void *after);

#endif
