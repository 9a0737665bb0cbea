/*
 * register.h: the pages of a register: one const table a register, one piece of code for all.
 *
 * A handler finds its register by the first segment of the path, in the table of page/registers.c.
 * (`register` is a word of C; the structs are therefore called reg.)
 */
#ifndef PAGE_REGISTER_H
#define PAGE_REGISTER_H

#include "http/form.h"
#include "http/request.h"
#include "model/register.h"
#include "rule/permission.h"

struct view;

enum reg_cell {
	CELL_PLAIN, /* by the member's type */
	CELL_LINK,  /* names the record, and leads to it */
	CELL_BADGE, /* a word, with its colour */
	CELL_MARK,  /* a word with its icon, without ground */
	CELL_MONEY,
	CELL_LINES, /* text of several lines; on the record's page only */
};

struct reg_column {
	const char *member;
	const char *header; /* msgid */
	const char *sort;   /* the name of the order in the model's table, or NULL */
	enum reg_cell cell;
};

/* struct option rows: the choices of a member; current is one that must be among them, or 0. */
typedef enum status reg_choices(const struct actor *, int64_t current, struct rows *);

struct reg_choice {
	const char *member; /* of the form; RULE_REF */
	reg_choices *rows;
};

/* How people see a filter of the model's table; in the same order. */
struct reg_filter_text {
	const char *label;         /* msgid */
	const struct words *words; /* REG_WORD */
	reg_choices *rows;         /* REG_REF */
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
	const char *list;               /* template; NULL: register/list */
	const char *show;               /* template; NULL: register/show */
	const char *edit_form;          /* template; NULL: register/form */
	void (*defaults)(void *record); /* of a new one; may be NULL */
	enum status (*more)(
	    struct request *, const void *record); /* for its own show template; may be NULL */
};

extern const struct reg *const registers[];
extern const size_t register_count;

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

/* For the other files of this mechanism. */
/* Adds {{reg.…}}: base, texts and what this person may. */
void register_texts(struct request *, const struct reg *);
/* Adds a cell: label, value, and a flag that says how it is shown. */
void register_cell(struct view *cell, const struct request *, const struct reg *,
    const struct reg_column *, const void *record);
/* Shows the record's page with the code that rq->response has. */
enum status register_show(struct request *, const struct reg *, const void *record) MUST_CHECK;

#endif
