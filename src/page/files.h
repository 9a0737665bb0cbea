/*
 * files.h: the files of a record, on its page.
 *
 * A page of any record shows them with two lines: page_files(rq, "machine", id) in its handler, and
 * {{>file/section}} in its template, once.  The record's kind is "work_order" or a register's
 * (its table's name); the generic page of registers (templates/register/show.html) does so already.
 */
#ifndef PAGE_FILES_H
#define PAGE_FILES_H

#include "http/request.h"

struct view;
struct attachment;

/*
 * Adds the group {{attached}}: the files of a record that the caller has found, as
 * templates/file/section.html wants it, and what this person may do with them.  One query.
 */
enum status page_files(struct request *, const char *kind, int64_t id) MUST_CHECK;
/* What was typed into the form that is shown again. */
struct files_typed {
	int64_t replaces; /* the file that it is a new version of, or 0 */
	const char *title;
	bool manual;
	const char *back; /* where to go when all is sent; NULL: the page stays */
};
/* Likewise for the form only: without the files, no query. */
void page_files_form(struct request *, const char *kind, int64_t id, const struct files_typed *);

/* Adds a file as the templates in templates/file want it. */
void page_file(struct request *, struct view *, const struct attachment *);

handler file_add_page;     /* GET /files/add?kind=…&record=…[&replaces=…] */
handler file_add_post;     /* POST /files/add */
handler file_view_page;    /* GET /files/:id/view */
handler file_change_post;  /* POST /files/:id/change */
handler file_remove_post;  /* POST /files/:id/remove */
handler file_restore_post; /* POST /files/:id/restore */

#endif
