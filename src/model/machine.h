/* machine.h: what is maintained: a tree of machines and their assemblies. */
#ifndef MODEL_MACHINE_H
#define MODEL_MACHINE_H

#include "base/shape.h"
#include "rule/work_order.h" /* machine_status_words */

struct actor;
struct reg_table;

struct machine {
	int64_t id;
	const char *code;   /* on its label: "K7QP-2M4C" */
	const char *number; /* the plant's own */
	const char *name;
	int64_t department_id;
	const char *department_name;
	struct number parent_id;
	const char *parent_number; /* NULL: it stands by itself */
	const char *parent_name;
	struct number location_id;
	const char *location_path; /* NULL: no place of the register */
	const char *location;      /* where exactly, in words */
	struct number machine_model_id;
	const char *machine_model_name; /* NULL: none; else manufacturer and model follow it */
	const char *manufacturer;
	const char *model;
	const char *serial_number;
	struct date installed_on;
	const char *criticality; /* LOW … CRITICAL */
	const char *status;      /* a word: machine_status_words */
	struct number vendor_id; /* who is called when it breaks */
	const char *vendor_name;
	struct number shift_calendar_id; /* not known: it is asked to run always */
	const char *shift_calendar_name;
	struct decimal replacement_value;
	struct decimal stop_cost; /* of an hour in which it stands */
	struct date warranty_until;
	const char *stop_rule;   /* a word: machine_stop_rule_words */
	const char *tree;        /* ids from the root down: /3/17/42/ (model/tree.h) */
	const char *open_report; /* a word: machine_open_words */
	int64_t version;
	struct instant archived_at;
};

/* What a stop of an assembly means for the machine that it is a part of: NONE, SERIES. */
extern const struct words machine_stop_rule_words;

extern const struct words machine_criticality_words;
/* May people without an account report here?  As the site has it, always, never. */
extern const struct words machine_open_words;
extern const struct shape machine_shape;
extern const struct reg_table machine_table;

/* Archived ones too. */
enum status machine_find(const struct actor *, int64_t id, struct machine *) MUST_CHECK;
/* By the code of its label, as code_normal() of rule/number.h writes it. */
enum status machine_find_by_code(
    const struct actor *, const char *code, struct machine *) MUST_CHECK;
/* Or by the code of its label. */
enum status machine_find_by_number(
    const struct actor *, const char *number, struct machine *) MUST_CHECK;
/* Its assemblies that are not archived, by name; struct machine rows. */
enum status machine_children(const struct actor *, int64_t id, int most, struct rows *) MUST_CHECK;

#endif
