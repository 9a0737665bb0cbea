/* register_list.h: what the files of a list's page share. */
#ifndef PAGE_REGISTER_LIST_H
#define PAGE_REGISTER_LIST_H

#include "page/register.h"
#include "page/register_query.h"

/* Adds filters, more_filters, has_more, more_on, chips and has_chips. */
enum status list_filters(struct request *, struct list *) MUST_CHECK;
/* Adds what the panels show: columns to choose, saved views, ways to download, acts on many. */
void list_panels(struct request *, struct list *);
/* May this person share views of that register? */
bool list_may_share(const struct request *, const struct reg *);
/* The text of record i of a column that is a custom field or the tags; values: extra_list()'s. */
const char *list_extra_text(const struct request *, const struct list *, const struct list_column *,
    const struct rows *values, size_t i);
/* Does a column that is shown need extra_list()? */
bool list_has_extra(const struct list *);

/* A member of the form that may be set for many: a choice, a reference, a check, an optional text,
 * number or day. */
bool list_is_bulk(const struct reg *, const struct rule *);

#endif
