/*
 * register_export.h: a list as a file: the rows, columns and order of the screen, of all pages; of
 * a register, or of a history.
 *
 * With plain=1 it is what an import reads: the members of the register's form and its custom
 * fields, named as they are; codes, and the names of the records that others refer to.  Records are
 * read by 1000, each lot in memory that is forgotten after it.
 */
#ifndef PAGE_REGISTER_EXPORT_H
#define PAGE_REGISTER_EXPORT_H

#include "page/page.h"
#include "page/register_list.h"
#include "register/history.h"

enum { EXPORT_LOT = 1000, EXPORT_COLUMNS = 2 * LIST_COLUMNS };

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DAY, CELL_TIME };

/* What stands in a cell; text in any case. */
struct export_cell {
	enum cell_kind kind;
	const char *text;
	int64_t
	    n; /* CELL_DAY: days since 1970; CELL_TIME: seconds since then on the plant's clock */
};

/* The records that a member may refer to, by id. */
struct export_choice {
	const char *member;
	struct option *at;
	size_t count;
};

struct export
{
	struct stream stream; /* must be first */
	struct request rq;    /* a copy: each lot has its arena */
	struct actor by;
	struct list list;              /* its reg is NULL of a history */
	const struct history *history; /* NULL: of a register */
	const void *filter;            /* the history's */
	const char *headers[EXPORT_COLUMNS];
	size_t column_count;
	bool plain;
	struct export_choice *names; /* plain only: one a choice of the register */
	struct rows lot, values;     /* records, and what they have in custom fields */
	void *last;                  /* of a history: the last record of the lot, without texts */
	size_t at;                   /* in lot */
	int64_t sent;
	bool begun, ended, locked;
	struct arena *home; /* the request's */
	const char *query;
	struct book *book; /* Excel only, as are these */
	int file;
};

/* Reads the query and the first lot.  NULL with OK: another long one is running; answered. */
enum status export_begin(struct request *, struct export **) MUST_CHECK;
/* The same of a history, by its own filter; who may is the caller's to check. */
enum status export_history_begin(
    struct request *, const struct history *, const void *filter, struct export **) MUST_CHECK;
const char *export_title(const struct export *); /* msgid */
const char *export_base(const struct export *);
/* Answers with the file.  NULL: answered already. */
enum status export_csv(struct request *, struct export *) MUST_CHECK;
enum status export_xlsx(struct request *, struct export *) MUST_CHECK;
/* The next record; NULL at the end.  A lot's memory is arena's. */
enum status export_next(struct export *, struct arena *, const void **record) MUST_CHECK;
/* Is the next record of another lot? */
bool export_at_lot(const struct export *);
struct export_cell export_cell(const struct export *, size_t column, const void *record);
/* For an import: what the register's members refer to is read once, and named. */
enum status export_names(struct request *, struct export *) MUST_CHECK;
const char *export_name(const struct export *, const char *member, int64_t id, const void *record);
/* Tells it in the log. */
void export_end(struct export *);

#endif
