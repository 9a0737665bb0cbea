/*
 * register.h: a register for people: its form, list, filters, texts and permissions, in one const
 * table.  Pages, import, export and the API are made from it; a new register is such a table, and
 * its line in registers.c.
 *
 * (`register` is a word of C; the structs are therefore called reg.)
 */
#ifndef REGISTER_REGISTER_H
#define REGISTER_REGISTER_H

#include "http/form.h"
#include "model/register.h"
#include "rule/permission.h"

enum reg_cell {
	CELL_PLAIN, /* by the member's type */
	CELL_LINK,  /* names the record, and leads to it */
	CELL_BADGE, /* a word, with its colour */
	CELL_MARK,  /* a word with its icon, without ground */
	CELL_MONEY,
	CELL_URL,   /* an address of the web: a link when it is http or https, else plain text */
	CELL_LINES, /* text of several lines; on the record's page only */
};

struct reg_column {
	const char *member;
	const char *header; /* msgid */
	const char *sort;   /* the name of the order in the model's table, or NULL */
	enum reg_cell cell;
	bool rare;           /* of a list: only for who chooses it */
	enum permission see; /* of everything of the kind; NO_PERMISSION: who sees the record */
};

/*
 * A member whose choices are another register's records: a select while they are few, else the
 * number or name is typed (as <member>_name), with suggestions of that register's own.
 */
struct reg_choice {
	const char *member; /* of the form; RULE_REF */
	const struct reg_table *of;
};

/* A member of the form that names several records of a small register, with commas (struct rule's
 * `several`): boxes to tick; where there are many, the names are typed. */
struct reg_several {
	const char *member;
	const struct reg_table *of;
};

/* How people see a filter of the model's table; in the same order. */
struct reg_filter_text {
	const char *label;          /* msgid */
	const struct words *words;  /* REG_WORD */
	const struct reg_table *of; /* REG_REF */
};

/* msgids */
struct reg_texts {
	const char *plural;
	const char *create;
	const char *edit;
	const char *empty;      /* before the first one */
	const char *empty_help; /* what it is good for */
	const char *archived;   /* heading of the list of archived ones */
	const char *archive;    /* asks before it is done */
	bool deactivates;       /* so is archiving called of people */
};

struct reg {
	const char *base; /* "/departments" */
	const struct reg_table *table;
	const struct form *form;
	enum permission view, edit;
	const struct reg_texts *texts;
	const struct reg_column *columns; /* of the list */
	size_t column_count;
	const struct reg_column *details; /* of the record's page */
	size_t detail_count;
	const struct reg_filter_text *filters; /* one a filter of the table */
	const struct reg_choice *choices;
	size_t choice_count;
	const struct reg_several *several;
	size_t several_count;
	void (*defaults)(void *record); /* of a new one; may be NULL */
};

extern const struct reg *const registers[];
extern const size_t register_count;

/* By the kind of its events, which is its table's name; NULL when it is none. */
const struct reg *register_of_kind(const char *kind);

/* Whether a role sees the member where the records of all departments stand together. */
bool register_sees(const struct reg *, enum role, const char *member);

extern const struct reg department_register;
extern const struct reg machine_register;
extern const struct reg failure_code_register;
extern const struct reg part_register;
extern const struct reg custom_field_register;
extern const struct reg tag_register;
extern const struct reg location_register;
extern const struct reg vendor_register;
extern const struct reg machine_class_register;
extern const struct reg machine_model_register;
extern const struct reg maintenance_type_register;
extern const struct reg shift_calendar_register;
extern const struct reg holiday_register;
extern const struct reg skill_register;
extern const struct reg user_register;
extern const struct reg printer_register;

#endif
