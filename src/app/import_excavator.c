/*
 * import_excavator.c: work orders of mining excavators, as the crews typed them.
 *
 * The files know days: a work order is reported and completed at noon UTC, the same day almost
 * everywhere.  An unquoted comma in the text is mended, for behind the text stands PMnn.
 */
#include <stdlib.h>
#include <string.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

enum column { DAY_OF, ASSET, TEXT, TYPE, COST };

static const char *const names[] = { "BscStartDate", "Asset", "OriginalShorttext", "PMType",
	"Cost" };

struct excavator {
	struct import *im;
	struct import_machine *machines;
	size_t machine_count, machine_room;
	struct past *past;
	size_t *machine_at; /* of each; the list of machines still moves */
	size_t count, room, room_at;
	struct import_code replace;
};

static bool
is_type(const char *text)
{
	return strlen(text) == 4 && strncmp(text, "PM", 2) == 0 &&
	       strspn(text + 2, "0123456789") == 2;
}

/* How many fields the row has too many before its PMType; -1: there is no PMType. */
static int
shift_of(const struct sheet *s)
{
	enum { MOST = 8 };

	for (size_t i = 0; i <= MOST && s->at[TYPE] + i < s->row.count; i++)
		if (is_type(text_trim(s->im->arena, s->row.field[s->at[TYPE] + i])))
			return (int)i;
	return -1;
}

static const char *
text_of(const struct sheet *s, int shift)
{
	struct buf text = { .arena = s->im->arena };

	buf_text(&text, s->row.field[s->at[TEXT]]);
	for (int i = 1; i <= shift; i++)
		buf_print(&text, ",%s", s->row.field[s->at[TEXT] + (size_t)i]);
	return text_trim(s->im->arena, text.text);
}

static struct decimal
cost_of(struct sheet *s, int shift)
{
	size_t at = s->at[COST] + (size_t)shift;
	const char *text = at < s->row.count ? s->row.field[at] : NULL;
	struct decimal cost;

	if (text == NULL && shift > 0) {
		import_note(s->file, s->row.line,
		    "an unquoted comma was mended; the cost is cut off and counts as 0");
		return decimal(0);
	}
	if (shift > 0)
		import_note(s->file, s->row.line, "an unquoted comma was mended");
	cost = text != NULL ? decimal_parse(text) : (struct decimal){ 0 };
	if (!cost.known)
		import_error(s->im, s->file, s->row.line, "Cost is \"%s\", not an amount",
		    text != NULL ? text : "");
	return cost;
}

static size_t
machine_of(struct excavator *x, const struct sheet *s, const char *asset)
{
	struct arena *a = x->im->arena;
	const char *key = arena_print(a, "excavator:machine:%s", text_lower(a, asset));
	struct import_machine *m;

	for (size_t i = 0; i < x->machine_count; i++)
		if (strcmp(x->machines[i].source_key, key) == 0)
			return i;
	x->machines = import_room(
	    x->im, x->machines, x->machine_count, &x->machine_room, sizeof(*x->machines));
	m = &x->machines[x->machine_count];
	*m = (struct import_machine){ .number = arena_print(a, "EXC-%s", asset),
		.name = arena_print(a, "Excavator %s", asset),
		.department_name = "Mine",
		.location = "",
		.manufacturer = "",
		.model = "",
		.serial_number = "",
		.criticality = "HIGH",
		.source_key = key,
		.file = s->file,
		.line = s->row.line };
	return x->machine_count++;
}

static int
by_key(const void *a, const void *b)
{
	const struct past *x = *(struct past *const *)a, *y = *(struct past *const *)b;
	int order = strcmp(x->key, y->key);

	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

/* The n-th of its asset and day, in the order of the file. */
static void
number_keys(struct excavator *x)
{
	struct past **list = NEW_ARRAY(x->im->arena, struct past *, x->count + 1);
	const char *same = NULL;
	int n = 0;

	for (size_t i = 0; i < x->count; i++)
		list[i] = &x->past[i];
	qsort(list, x->count, sizeof(*list), by_key);
	for (size_t i = 0; i < x->count; i++) {
		n = text_same(same, list[i]->key) ? n + 1 : 1;
		same = list[i]->key;
		list[i]->key = arena_print(x->im->arena, "%s:%d", same, n);
	}
}

static void
read_order(struct excavator *x, struct sheet *s, int shift)
{
	const char *asset = sheet_limited(s, ASSET, "Asset", 1, 20);
	const char *day = sheet_limited(s, DAY_OF, "BscStartDate", 1, 20);
	const char *type = text_trim(x->im->arena, s->row.field[s->at[TYPE] + (size_t)shift]);
	struct date date = date_parse(day);
	struct past p = { .what = ORDERS, .file = s->file, .line = s->row.line };

	if (!date.known)
		import_error(x->im, s->file, s->row.line, "BscStartDate is \"%s\", not a day", day);
	p.key = arena_print(x->im->arena, "excavator:%s:%s", text_lower(x->im->arena, asset), day);
	p.description = text_of(s, shift);
	p.kind = strcmp(type, "PM01") == 0 ? "CORRECTIVE" : "PREVENTIVE";
	p.priority = "MEDIUM";
	p.resolution = type; /* not to be lost: there are more of them than kinds */
	if (strcmp(type, "PM02") == 0)
		p.remedy = &x->replace;
	p.reported = (struct instant){ date.known, date.day * DAY + 12 * HOUR };
	p.completed = p.reported;
	p.other_cost = cost_of(s, shift);
	if (text_length(p.description) > 4000)
		import_error(
		    x->im, s->file, s->row.line, "the text is longer than 4000 characters");
	x->past = import_room(x->im, x->past, x->count, &x->room, sizeof(*x->past));
	x->machine_at =
	    import_room(x->im, x->machine_at, x->count, &x->room_at, sizeof(*x->machine_at));
	x->machine_at[x->count] = machine_of(x, s, asset);
	x->past[x->count++] = p;
}

static bool
read_orders(struct excavator *x, const char *file)
{
	struct sheet s;

	if (!sheet_open(&s, x->im, file, names, COUNT(names)))
		return false;
	if (s.at[TYPE] != s.at[TEXT] + 1 || s.at[COST] != s.at[TYPE] + 1) {
		import_error(
		    x->im, file, 1, "OriginalShorttext, PMType and Cost must stand together");
		return false;
	}
	s.repair = true;
	while (sheet_next(&s)) {
		int shift = shift_of(&s);

		if (shift < 0)
			import_error(x->im, file, s.row.line, "has no PMType as PM01");
		else if (shift == 0 && s.row.count != s.columns)
			import_error(x->im, file, s.row.line, "has %zu columns, not %zu",
			    s.row.count, s.columns);
		else
			read_order(x, &s, shift);
	}
	for (size_t i = 0; i < x->count; i++)
		x->past[i].machine = &x->machines[x->machine_at[i]];
	number_keys(x);
	return true;
}

static enum status
make_registers(struct import *im, void *with)
{
	return import_code(im, &((struct excavator *)with)->replace);
}

enum status
import_excavator(struct import *im, const char *file)
{
	struct excavator *x = NEW(im->arena, struct excavator);
	enum status e;

	x->im = im;
	x->replace = (struct import_code){ "REMEDY", "REPLACE", "Replace", "Remplacer", 0 };
	if (!read_orders(x, file))
		return OK;
	e = import_machines_look(im, x->machines, x->machine_count);
	if (!e)
		e = import_history_look(im, x->past, x->count, "excavator:");
	if (e || im->errors > 0 || im->dry)
		return e;
	e = import_machines_write(im, x->machines, x->machine_count);
	if (!e)
		e = import_transaction(im, make_registers, x);
	return e ? e : import_history_write(im, x->past, x->count);
}
