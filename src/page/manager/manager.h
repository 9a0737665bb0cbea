/* manager.h: the maintenance manager's approvals. */
#ifndef PAGE_MANAGER_MANAGER_H
#define PAGE_MANAGER_MANAGER_H

#include "http/request.h"

handler approvals_page, parts_request_page, approve_post, reject_post;
handler week_stops_page; /* of the whole plant, since Monday */

/* A parts request's page, for who shows it again. complaint: a msgid, or NULL. */
enum status parts_request_show(struct request *, int64_t id, const char *complaint) MUST_CHECK;

#endif
