/* import_inside.h: what the parts of the import know of each other. */
#ifndef APP_IMPORT_INSIDE_H
#define APP_IMPORT_INSIDE_H

#include "app/import_bulk.h"
#include "base/csv.h"
#include "model/actor.h"

/* What became of the records of one kind. */
enum what {
	MACHINES,
	FAILURES,
	ERRORS,
	SERVICES, /* replacements without a failure */
	ORDERS,   /* work orders of other kinds */
	ISSUES,   /* parts used: all replacements */
	WHATS
};

struct tally {
	int64_t read, fresh, same, changed;
};

struct import {
	struct db *db;
	struct arena *arena; /* of the whole run */
	struct actor actor;  /* the program itself */
	bool dry;
	int64_t errors;
	struct tally tally[WHATS];
	struct decimal cost; /* of the work orders read */
};

/* ---- import.c ---- */

/* Lists it and counts it. */
void import_error(struct import *, const char *file, int64_t line, const char *fmt, ...)
    PRINTF(4, 5);
/* The list, or a longer copy when count has reached *room. */
void *import_room(struct import *, void *list, size_t count, size_t *room, size_t size);
/* In capitals. */
const char *import_upper(struct import *, const char *);
/* Lists it only. */
void import_note(const char *file, int64_t line, const char *fmt, ...) PRINTF(3, 4);

/* ---- import_file.c: a file with a first row of names ---- */

struct sheet {
	struct import *im;
	const char *file;
	struct csv csv;
	size_t columns; /* of the first row */
	size_t count;
	size_t at[16]; /* where each of the wanted columns stands; columns: nowhere */
	bool repair;   /* the caller mends rows with too few or too many fields */
	struct csv_row row;
};

/*
 * Reads the file and its first row.  Each of `names` that is not marked by a ? in front must be
 * there.  False, and listed as an error, when that fails.
 */
bool sheet_open(struct sheet *, struct import *, const char *file, const char *const *names,
    size_t count) MUST_CHECK;
/* The next row that can be used; what is wrong with others is listed. */
bool sheet_next(struct sheet *) MUST_CHECK;
/* Column i of names, without blanks around; "" when the row or the file does not have it. */
const char *sheet_text(const struct sheet *, size_t i);
/* The same, and an error when it is longer (characters) or shorter than allowed. */
const char *sheet_limited(struct sheet *, size_t i, const char *name, size_t least, size_t most);

/* ---- import_register.c: what the history hangs on ---- */

/* Each is found by its name or made, with its event; call them within a transaction. */
enum status import_department(struct import *, const char *name, int64_t *id) MUST_CHECK;

struct import_code {
	const char *kind, *code, *name, *name_fr;
	int64_t id;
};

enum status import_code(struct import *, struct import_code *) MUST_CHECK;

struct import_part {
	const char *number, *name, *group;
	int64_t id;
	/* Of one batch. */
	struct decimal on_hand, average;
	int64_t used;
};

enum status import_part(struct import *, struct import_part *) MUST_CHECK;

/* ---- import_machine.c ---- */

struct import_machine {
	int64_t id; /* 0 while the site does not have it */
	const char *number, *name;
	const char *department_name;
	int64_t department_id; /* once it is there */
	const char *location, *manufacturer, *model, *serial_number;
	struct date installed_on;
	const char *criticality;
	const char *source_key; /* NULL: its number says which it is */
	const char *file;
	int64_t line;
};

/* Sets the ids of those that are there, counts, lists what cannot be. */
enum status import_machines_look(struct import *, struct import_machine *, size_t) MUST_CHECK;
/* Makes the others. */
enum status import_machines_write(struct import *, struct import_machine *, size_t) MUST_CHECK;

/* ---- import_history.c, import_history_write.c: closed work orders ---- */

struct past {
	enum what what;
	const char *key;
	const char *file;
	int64_t line;
	const struct import_machine *machine;
	const char *kind, *priority, *description, *resolution;
	const struct import_code *problem, *remedy; /* or NULL */
	struct instant reported, completed;
	bool stop; /* the machine stood from one to the other */
	struct decimal other_cost;
	/* The part that was used, and the key of its movement; NULL for none. */
	struct import_part *part;
	const char *issue_key;
	/* In the site. */
	bool known, issue_known;
	int64_t id;
	const char *number;
	struct decimal parts_cost;
};

/* prefix: what the keys begin with, as "azure:".  Sorts them by time. */
enum status import_history_look(
    struct import *, struct past *, size_t, const char *prefix) MUST_CHECK;
enum status import_history_write(struct import *, struct past *, size_t) MUST_CHECK;

/* ---- import.c ---- */

/* Calls do_it in a transaction, again when that was rolled back. */
enum status import_transaction(
    struct import *, enum status (*do_it)(struct import *, void *), void *with) MUST_CHECK;

/* ---- the kinds ---- */

enum status import_machines_file(struct import *, const char *file) MUST_CHECK;
enum status import_azure(struct import *, const char *folder) MUST_CHECK;
enum status import_excavator(struct import *, const char *file) MUST_CHECK;

#endif
