/* inventory.h: the store: issuing and taking back. */
#ifndef PAGE_INVENTORY_INVENTORY_H
#define PAGE_INVENTORY_INVENTORY_H

#include "http/request.h"

handler to_issue_page, issue_post, return_post;

/* What /parts/:id shows beside its details: page/registers.c. */
enum status part_more(struct request *, const void *record) MUST_CHECK;

#endif
