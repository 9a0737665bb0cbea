/* import_inside.h: what the parts of the import's job know of each other. */
#ifndef JOB_IMPORT_INSIDE_H
#define JOB_IMPORT_INSIDE_H

#include "base/csv_file.h"
#include "model/actor.h"
#include "model/import.h"
#include "register/import.h"

struct job_turn;
struct catalogue;
struct locale;

enum { BATCH = 400, MOST_COMPLAINTS = 8, OWNER_ROOM = 60 };

/* Hashes of folded texts and a number for each; grows. */
struct hashes {
	struct arena *arena;
	uint64_t *key;
	int64_t *value;
	size_t room, count;
};

enum { AMBIGUOUS = -1, TO_BE_MADE = -2, IN_FILE = -3 };

/* 0: not there */
int64_t hashes_find(const struct hashes *, uint64_t key);
void hashes_put(struct hashes *, uint64_t key, int64_t value);

/* A member that names a record of another register, or of its own. */
struct ref {
	const struct reg *reg; /* NULL: by the choices of the form */
	bool self;
	struct hashes keys; /* what files call them */
	struct hashes ids;  /* of names, paths, and the names of merged ones */
	struct hashes away; /* keys of archived ones: a record may go on naming what it names */
};

enum verdict { V_NEW, V_CHANGED, V_SAME, V_WRONG, VERDICTS };

struct wrong {
	const char *member; /* NULL: the row as a whole */
	const char *typed;
	const char *text; /* msgid */
	const char *one, *two;
};

/* A row of the file. */
struct row {
	int64_t line;
	int64_t index; /* among the rows of data, from 0 */
	size_t count;
	const char **cell;
	const char *fault; /* of the CSV, a msgid */
	uint64_t key;      /* hash of its key; 0: none */
	enum verdict verdict;
	bool later; /* it names a row of the file that is not written yet */
	void *record;
	const void *before; /* as it was found; NULL: new */
	void *values;       /* beside the columns: of extra; NULL: not in the file */
	const void *values_before;
	struct wrong wrong[MOST_COMPLAINTS];
	size_t wrongs;
	const char *title;
};

struct load;

/* What differs between a register and the histories. */
struct load_kind {
	const char *kind; /* of a history; NULL: of registers */
	/* Finds and judges rows; what is wrong stands in them. */
	enum status (*judge)(struct load *, struct row *, size_t count);
	/* In the transaction: writes what is new or changed.  INVALID: l->failure says why. */
	enum status (*write)(struct load *, struct row *, size_t count);
	/* Sees all rows before the first is judged; may be NULL. */
	enum status (*look)(struct load *, struct row *, size_t count);
};

struct load {
	const struct job_turn *turn;
	struct import im;
	struct import_target target;
	const struct load_kind *kind;
	bool apply;

	struct arena *forever; /* of the import */
	struct arena *batch;
	struct arena *aside; /* of the second connection */
	struct actor by;     /* whose import it is, on the connection of the transaction */
	struct actor other;  /* the program, on a connection that commits at once: progress */
	const char *owner;
	struct extra extra;    /* custom fields and tags of the register */
	bool has_extra;        /* the file says something of them */
	struct hashes aliases; /* names that merged records had */

	struct catalogue *french;
	struct import_labels labels;
	struct locale *locale;
	struct form_zone zone;

	size_t column_count;
	int *member;        /* a column: index of the rule, or -1 */
	int *column;        /* a rule: its column, or -1 */
	const char **given; /* a rule: what an empty cell stands for, or NULL */
	const char **headers;
	struct ref **refs;  /* a rule: or NULL */
	bool self;          /* rows may name rows of the same file */
	struct hashes seen; /* keys of the file's rows so far, and their lines */
	struct hashes file; /* keys and names of all its rows, when `self` */

	int64_t rows, counts[VERDICTS];
	int64_t seq;            /* of import_record */
	int64_t said_at;        /* ticks() of the last progress */
	unsigned char *waiting; /* a bit a row: it names one that is not written yet */
	int64_t waits;          /* bits that are set */
	int64_t waiting_line;   /* of one of them */
	const char *failure;
	int64_t failure_line;
	/* Of histories. */
	struct hashes named;       /* machines or parts, by number and name */
	struct hashes departments; /* of machines, by id */
	struct hashes away;        /* archived ones, by id */
	struct hashes people;      /* by address and name */
	struct hashes technicians; /* by id */
	struct hashes codes;       /* by kind and code */
	struct hashes numbers;     /* a year: the highest work order of the file */
	bool known;                /* these were read */
	void *own;                 /* the kind's */
};

/* ---- import_open.c ---- */

/* Everything that is known before the first row.  INVALID: l->failure. */
enum status load_open(struct load *, const struct job_turn *, struct import *) MUST_CHECK;
void load_close(struct load *);
/* The program's second connection.  */
enum status load_aside(struct load *) MUST_CHECK;

/* ---- import_read.c ---- */

/*
 * Calls batch() with up to BATCH rows of data at a time, empty ones left out; wanted NULL, or one
 * bit a row: only those.  The batch arena is reset before each.
 */
enum status load_rows(struct load *, const unsigned char *wanted,
    enum status (*batch)(struct load *, struct row *, size_t count)) MUST_CHECK;
/* The text of a rule's column in that row, armed; NULL when no column is mapped to it. */
const char *load_cell(const struct load *, const struct row *, size_t rule);
/* The same, and what stands for an empty one. */
const char *load_text(const struct load *, const struct row *, size_t rule);
/* Puts the row's texts into the record by the form's rules, references apart. */
void load_values(struct load *, struct row *, void *record, bool fresh);
void load_wrong(struct row *, const char *member, const char *typed, const char *text,
    const char *one, const char *two);

/* ---- import_value.c ---- */

/* As the form wants it: dates of any order, thousands, words of any language, yes and no. */
const char *load_plain(struct load *, const struct rule *, const char *text);

/* ---- import_ref.c ---- */

enum status refs_open(struct load *) MUST_CHECK;
/* Puts the id of the record that the text names; complains in the row.  Makes it when wanted. */
enum status ref_read(
    struct load *, struct row *, size_t rule, const char *text, void *record) MUST_CHECK;
/* A record of the register was written: its rows may be named from now on. */
void refs_learn(struct load *, const void *record);
/* Keys and names of all rows, for `self`. */
enum status refs_of_file(struct load *) MUST_CHECK;
uint64_t ref_hash(struct arena *, const char *text);

/* Learns what the records of a table are called: id, number and name. */
enum status names_learn(struct load *, struct hashes *, const char *sql) MUST_CHECK;

/* ---- import_extra.c ---- */

/* The values of the records that are there, into the rows; of the others, none. */
enum status extra_there(struct load *, struct row *, size_t count) MUST_CHECK;
/* What the file says of custom fields and tags, over what the record has. */
void extra_read(struct load *, struct row *);

/* ---- import_judge.c, import_write.c, import_order.c, import_stock.c ---- */

enum status register_write(struct load *, struct row *, size_t count) MUST_CHECK;

extern const struct load_kind load_register, load_order, load_stock, load_movement, load_stop,
    load_reading;

/* One row of import_record. */
struct kept {
	const char *kind;
	int64_t record_id, version;
	const char *before; /* NULL: made */
};
enum status load_keep(struct load *, const struct kept *, size_t count) MUST_CHECK;

/* ---- import_note.c: the second connection ---- */

/* Verdicts of the trial. */
enum status note_lines(struct load *, const struct row *, size_t count) MUST_CHECK;
/* Once a second: renews the lease.  CONFLICT: it was stopped, or is somebody else's. */
enum status note_progress(struct load *, int64_t of_1000) MUST_CHECK;
/* Before after: a line a member that differs. */
const char *note_changes(struct load *, const struct row *);

/* ---- import_keep.c ---- */

/* The stored members of a record as text, with what is beside them (values NULL: not that). */
const char *keep_text(const struct actor *, const struct reg_table *, const void *record,
    const struct extra *, const void *values);
/* Back: into the record, and into x->values. */
bool keep_read(
    const struct actor *, const struct reg_table *, const char *text, void *record, struct extra *);

/* ---- import_undo.c ---- */

enum status load_undo(struct load *) MUST_CHECK;

#endif
