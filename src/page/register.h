/*
 * register.h: the pages of every register: one piece of code for all (register/register.h has the
 * tables).
 *
 * A handler finds its register by the first segment of the path.
 */
#ifndef PAGE_REGISTER_H
#define PAGE_REGISTER_H

#include "http/request.h"
#include "register/register.h"

struct view;

/* What a register's pages have that others have not. */
struct reg_page {
	const struct reg *reg;
	const char *list;      /* template; NULL: register/list */
	const char *show;      /* template; NULL: register/show */
	const char *edit_form; /* template; NULL: register/form */
	/* After a new one was saved, in its transaction: flashes what it did.  May be NULL. */
	enum status (*created)(struct request *, const void *record);
	bool no_history; /* its page only leads there: it shows enough already */
	enum status (*more)(
	    struct request *, const void *record); /* for its own show template; may be NULL */
};

/* Never NULL: a register without a line in page/registers.c has the usual pages. */
const struct reg_page *register_page_of(const struct reg *);

/* By the first segment of the path; NULL when it is none. */
const struct reg *register_of(const struct request *);

handler register_list_page;    /* GET base */
handler register_show_page;    /* GET base/:id */
handler register_new_page;     /* GET base/new */
handler register_create_post;  /* POST base/new */
handler register_edit_page;    /* GET base/:id/edit */
handler register_change_post;  /* POST base/:id/edit */
handler register_archive_post; /* POST base/:id/archive */
handler register_restore_post; /* POST base/:id/restore */
handler register_undo_post;    /* POST base/:id/undo */
handler register_history_page; /* GET base/:id/history */
handler register_merge_page;   /* GET base/:id/merge */
handler register_merge_post;   /* POST base/:id/merge */
handler register_suggest_page; /* GET base/suggest, for script */

handler registers_page; /* GET /registers: all of them */

handler register_columns_post; /* POST base/columns: which ones, in what order, how dense */
handler register_views_post;   /* POST base/views: keeps a list as a view */
handler register_view_post;    /* POST base/views/:id */
handler register_bulk_page;    /* GET base/bulk: what an act on many will do */
handler register_bulk_post;    /* POST base/bulk */
handler register_bulk_done;    /* GET base/bulk/:id: what it did */
handler register_bulk_undo;    /* POST base/bulk/:id/undo */
handler register_export_csv;   /* GET base/export.csv */
handler register_export_xlsx;  /* GET base/export.xlsx */

/* For the other files of this mechanism. */
/* Adds {{reg.…}}: base, texts and what this person may. */
void register_texts(struct request *, const struct reg *);
/* Adds a cell: label, value, and a flag that says how it is shown. */
void register_cell(struct view *cell, const struct request *, const struct reg *,
    const struct reg_column *, const void *record);
/*
 * What a record has beside its columns: custom fields are added to details (a list of cells; NULL:
 * not shown), {{tags}} (tag, tag_href) with has_tags, {{aliases}} (the names of records that were
 * merged into it) with has_aliases, {{merged}} (into_title, into_href of the one that it was merged
 * into, or nothing); templates/register/beside.html shows tags and aliases.  One query; before
 * page_history(), it also names the custom fields of the history.
 */
enum status register_beside(
    struct request *, const struct reg *, int64_t id, struct view *details) MUST_CHECK;
/* The same of rows (struct beside_row) that another query has read. */
void register_beside_show(
    struct request *, const struct reg *, const struct rows *, struct view *details);
/* Shows the record's page with the code that rq->response has. */
enum status register_show(struct request *, const struct reg *, const void *record) MUST_CHECK;

#endif
