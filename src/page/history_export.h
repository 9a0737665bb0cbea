/* history_export.h: histories as files; the places on pages where one gets them. */
#ifndef PAGE_HISTORY_EXPORT_H
#define PAGE_HISTORY_EXPORT_H

#include "page/register_export.h"

/* GET /movements/export.csv … : of one part, machine or meter, or of all; from, to. */
handler movements_csv, movements_xlsx, stops_csv, stops_xlsx, readings_csv, readings_xlsx;

handler exports_page; /* GET /exports */

/* Whole days of the plant from the query, from and to, both in it; empty: no bound.  False: none.
 */
bool history_range(struct request *, struct instant *from, struct instant *to);
/*
 * Adds csv_href, xlsx_href, plain_href and all_href for partial/downloads: the history's addresses
 * with the query of the page, and name=value where the page's own address says that; or NULL.
 */
void downloads_show(struct request *, const struct history *, const char *name, const char *value);

#endif
