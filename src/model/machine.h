/* machine.h: what is maintained: a tree of machines and their assemblies. */
#ifndef MODEL_MACHINE_H
#define MODEL_MACHINE_H

#include "base/shape.h"
#include "rule/work_order.h" /* machine_status_words */

struct actor;
struct reg_table;

struct machine {
	int64_t id;
	const char *code;   /* on its label: XXXX-XXXX */
	const char *number; /* the plant's own */
	const char *name;
	int64_t department_id;
	const char *department_name;
	struct number parent_id;
	const char *parent_number; /* NULL: it stands by itself */
	const char *parent_name;
	const char *location;
	const char *manufacturer;
	const char *model;
	const char *serial_number;
	struct date installed_on;
	const char *criticality; /* LOW … CRITICAL */
	const char *status;      /* a word: machine_status_words */
	int64_t version;
	struct instant archived_at;
};

extern const struct words machine_criticality_words;
extern const struct shape machine_shape;
extern const struct reg_table machine_table;

/* Archived ones too. */
enum status machine_find(const struct actor *, int64_t id, struct machine *) MUST_CHECK;
/* By the code of its label, as code_normal() of rule/number.h writes it. */
enum status machine_find_by_code(
    const struct actor *, const char *code, struct machine *) MUST_CHECK;
enum status machine_find_by_number(
    const struct actor *, const char *number, struct machine *) MUST_CHECK;
/* Its assemblies that are not archived, by name; struct machine rows. */
enum status machine_children(const struct actor *, int64_t id, int most, struct rows *) MUST_CHECK;

#endif
