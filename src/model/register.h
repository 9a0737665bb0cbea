/*
 * register.h: a register (departments, machines, failure codes, parts): one const table says what
 * SQL needs to know of it, and one piece of code then lists, finds, adds, changes, archives and
 * restores its records.
 *
 * `register` is a word of C; the structs are therefore called reg.  Every name that stands in SQL
 * comes from the table; what people type is only ever an argument.  The table's rows have id,
 * version and archived_at.  Writes run inside the transaction that serve() has begun and write
 * their event.
 */
#ifndef MODEL_REGISTER_H
#define MODEL_REGISTER_H

#include "base/shape.h"

struct actor;
struct extra;
struct reg_merge;
struct extra_narrow;

enum { REG_FILTERS = 12, REG_SORT_COLUMNS = 2 };

/* An order that an index gives: its columns (NOT NULL), then id.  The second may be NULL. */
struct reg_sort {
	const char *name;
	const char *columns[REG_SORT_COLUMNS];
	bool unique; /* the columns decide alone: id is not in the index and stays out of the order
		      */
};

enum reg_filter_kind {
	REG_WORD, /* the column is one of these texts: "DOWN,MAINTENANCE" */
	REG_REF,  /* the column is one of these ids: "3,17"; "-": none at all */
	REG_FLAG, /* the column is true; "0": false */
	REG_DATE, /* the column lies in it: "2020-01-01..2020-12-31", either end may lack; "-": none
		   */
};

struct reg_filter {
	const char *name; /* in the query string */
	const char *column;
	enum reg_filter_kind kind;
	/* REG_REF: SQL of which ids the column has when one of those is meant, up to the place of
	 * " IN (…)"; NULL: those themselves. */
	const char *through;
};

/* Why a record cannot be saved: beside which member, and a msgid. */
struct reg_refusal {
	const char *member;
	const char *text;
	const char *arg; /* replaces %s in it; may be NULL */
};

/* What a record is needed for; { 0 } ends a list of these. */
struct reg_use {
	const char *sql; /* is anything there that needs the id? */
	const char *why; /* a msgid: what is to be done first */
};

/* Records in use of that table which name it in that column. */
#define REG_USE(table, column) \
	"SELECT EXISTS (SELECT 1 FROM " table " WHERE " column " = ? AND archived_at IS NULL)"

struct reg_table {
	const char *name; /* of the SQL table, and the kind of its events */
	const struct shape *shape;
	const char *columns; /* of SELECT: one a member of the shape; `r` is the table */
	const char *joins;   /* " JOIN …", or "" */
	const char *const
	    *stored; /* NULL-ended: the members that people's edits write; texts NOT NULL */
	const char *const *given; /* NULL, or NULL-ended: written once, by the hook fill */
	const struct shape
	    *events;       /* the members that an event tells the change of; NULL: stored */
	const char *title; /* the text member that names a record */
	const char *key;   /* SQL: what files call it; NULL: its number, code or title */
	const char *words; /* the columns of its FULLTEXT index, with `r.`, or NULL */
	const char *const
	    *like; /* NULL-ended columns to search by their beginning; anywhere without words */
	/* SQL of ids (and an empty name) for one LIKE pattern: what records are called elsewhere,
	 * by their beginning; found after everything else.  Needs words.  May be NULL. */
	const char *elsewhere;
	const struct reg_sort *sorts; /* the first is the usual one */
	size_t sort_count;
	const struct reg_filter *filters; /* at most REG_FILTERS */
	size_t filter_count;
	/* Members that nobody types, for a new record; may be NULL. */
	void (*fill)(const struct actor *, void *record);
	/* Before a record is saved: completes or refuses it (INVALID).  before: NULL when new.  May
	 * be NULL. */
	enum status (*check)(
	    const struct actor *, const void *before, void *record, struct reg_refusal *);
	/* After the row was written, in the same transaction: what hangs on it, or a refusal
	 * (INVALID).  May be NULL. */
	enum status (*saved)(
	    const struct actor *, int64_t id, const void *record, struct reg_refusal *);
	/* The same for many new records at once, instead: an import's.  May be NULL. */
	enum status (*saved_many)(const struct actor *, const int64_t *ids, size_t count);
	/* *why: a msgid when it cannot be archived now.  May be NULL. */
	enum status (*archivable)(const struct actor *, const void *record, const char **why);
	const struct reg_use *uses; /* it cannot be archived while one says yes; may be NULL */
	/* The departments and machines whose history an event of it belongs to; may be NULL. */
	void (*belongs)(const void *record, int64_t *machine_id, int64_t *department_id);
	/* How two records become one (model/merge.h); NULL: they cannot.  Its table then has
	 * merged_into_id. */
	const struct reg_merge *merge;
};

struct reg_query {
	const char *search;              /* NULL or "": everything */
	const char *filter[REG_FILTERS]; /* one a filter of the table; NULL or "": any */
	const struct extra_narrow
	    *narrow; /* by tags and custom fields, see extra.h; each on its own */
	size_t narrow_count;
	const struct reg_sort *sort; /* NULL: the usual one */
	bool descending;
	bool archived; /* only those; else only the others */
	int64_t after; /* the id of the last record seen, or 0 */
};

enum status reg_find(
    const struct actor *, const struct reg_table *, int64_t id, void *record) MUST_CHECK;
/* By another unique column; for the tables' own files: column is no input. */
enum status reg_find_by(const struct actor *, const struct reg_table *, const char *column,
    const char *value, void *record) MUST_CHECK;
/*
 * At most most records, in order.  With a search those come first whose column of the order begins
 * with it, then those of which another column of `like` does, then all others; each in order.
 */
enum status reg_list(const struct actor *, const struct reg_table *, const struct reg_query *,
    int most, struct rows *) MUST_CHECK;

/* Those of these ids that there are, archived ones too, in the order of their ids. */
enum status reg_some(const struct actor *, const struct reg_table *, const int64_t *ids,
    size_t count, struct rows *) MUST_CHECK;

/* INVALID: refused says which member and why (also a key that is taken). */
enum status reg_add(const struct actor *, const struct reg_table *, void *record, int64_t *id,
    struct reg_refusal *refused) MUST_CHECK;
/*
 * Saves the stored members of record, which has its id and the version that the person saw.
 * CONFLICT: it has another version now, or is archived; *now, a record, is as it stands.  INVALID
 * as above.
 */
enum status reg_change(const struct actor *, const struct reg_table *, void *record, void *now,
    struct reg_refusal *refused) MUST_CHECK;
/*
 * The same with what the record has beside its columns (model/extra.h): values in custom fields and
 * tags, checked, saved and told in the same event.  NULL: none (add), or as they are (change).
 */
enum status reg_add_with(const struct actor *, const struct reg_table *, void *record,
    const struct extra *, int64_t *id, struct reg_refusal *refused) MUST_CHECK;
enum status reg_change_with(const struct actor *, const struct reg_table *, void *record,
    const struct extra *, void *now, struct reg_refusal *refused) MUST_CHECK;
/* Done already is OK and no event.  CONFLICT with *why, a msgid, when it cannot be archived now. */
enum status reg_archive(
    const struct actor *, const struct reg_table *, int64_t id, const char **why) MUST_CHECK;
enum status reg_restore(const struct actor *, const struct reg_table *, int64_t id) MUST_CHECK;

/* How many records of each table are not archived, up to most; one query. */
enum status reg_count(const struct actor *, const struct reg_table *const *, size_t count, int most,
    int64_t *out) MUST_CHECK;

/* For a choice in a form. */
struct option {
	int64_t id;
	const char *name;
};

extern const struct shape option_shape;

/* Small registers only: every record that is not archived, and `current`, by name. */
enum status reg_options(
    const struct actor *, const struct reg_table *, int64_t current, struct rows *) MUST_CHECK;

#endif
