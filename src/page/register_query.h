/*
 * register_query.h: what a list is asked for: the address says all of it, and the person's setting
 * what the address leaves open.
 *
 *	?search=press&status=DOWN&status=MAINTENANCE&department=3&installed_on_from=2020-01-01
 *	&tag=12&custom_7=RAL+5010	the plant's own: tags and custom fields
 *	&sort=-name&columns=number,name,status&density=compact&archived=1&after=17&view=4
 *
 * List, export and acts on many records read it here, so that they mean the same records.
 */
#ifndef PAGE_REGISTER_QUERY_H
#define PAGE_REGISTER_QUERY_H

#include "http/request.h"
#include "model/extra.h"
#include "model/list_around.h"
#include "register/register.h"

struct view;

enum { LIST_COLUMNS = 64, LIST_SHOWN = 50, LIST_NARROWS = 4 };

/* A column that a list can have. */
struct list_column {
	const char *name;
	const char *header;          /* for people */
	const struct reg_column *of; /* NULL: a custom field, or the tags */
	size_t extra;                /* its member of the extras */
	bool usual;
};

struct list_columns {
	struct list_column at[LIST_COLUMNS];
	size_t count;
};

struct list {
	const struct reg *reg;
	const struct pairs *query;
	struct reg_query ask;
	struct extra extra; /* the register's custom fields */
	struct extra_narrow narrow[LIST_NARROWS];
	const char *narrowed[LIST_NARROWS]; /* each one's name in the query */
	struct rows options[REG_FILTERS];   /* struct option; of those that were needed */
	struct rows views;                  /* struct list_view */
	struct rows tags;                   /* struct option: all of the plant */
	const struct list_view *setting;    /* of the person, or NULL */
	const struct list_view *view;       /* the tab that is open, or NULL */
	struct list_columns columns;        /* shown, in order */
	bool compact;
	struct view *filters, *more, *chips; /* of the page: register_filter.c */
	size_t filter_count;
	bool more_on; /* one of `more` is set */
};

enum status list_read(
    struct request *, const struct reg *, const struct pairs *, struct list *) MUST_CHECK;
/* A choice of more than these is typed. */
enum { LIST_OPTIONS = 100 };

/* Every column that the register has, the usual ones first. */
void list_all_columns(
    const struct request *, const struct reg *, const struct extra *, struct list_columns *);
/* "number,name" into columns, the one that names the record always among them. */
void list_choose_columns(const struct list_columns *all, const char *names, struct list_columns *);
/* "number,name": what list_choose_columns() reads. */
const char *list_column_names(struct arena *, const struct list_columns *);

/*
 * A query without that value of name (NULL: without name at all), and without the place in the
 * list; then with add, when that is not empty.  Without "?" in front.
 */
const char *list_query(
    struct arena *, const struct pairs *, const char *name, const char *value, const char *add);
/* The text of "?…" in an address: base, or base?query. */
const char *list_href(struct arena *, const char *base, const char *query);

#endif
