/*
 * import_azure.c: the predictive maintenance data set: machines, failures, errors, replacements.
 *
 * A failure is a corrective work order with a stop; the replacement of that component in that hour
 * is its part.  An error, with which the machine kept running, is an inspection without a stop.  A
 * replacement without a failure is preventive.  The files know whole hours and no zone: times are
 * read as UTC, and a failure stands for the one hour that it is known by.
 */
#include <stdlib.h>
#include <string.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

enum { COMPONENTS = 4, FAULTS = 5, YEAR = 2015 };

struct line {
	const char *key; /* 12:2015-01-05T06:00:00Z:comp4, and :2 for the second such line */
	const struct import_machine *machine;
	struct instant at;
	int which; /* component or error, from 0 */
	const char *file;
	int64_t line;
	bool used; /* a replacement that belongs to a failure */
};

struct lines {
	struct line *at;
	size_t count, room;
};

struct azure {
	struct import *im;
	const char *folder;
	struct import_machine *machines;
	size_t machine_count, machine_room;
	struct lines failures, errors, replacements;
	struct import_code component[COMPONENTS], fault[FAULTS], replace;
	struct import_part part[COMPONENTS];
	struct past *past;
	size_t count;
};

static void
read_machine(struct azure *az, struct sheet *s, struct import_machine *m)
{
	struct arena *a = az->im->arena;
	const char *id = sheet_limited(s, 0, "machineID", 1, 12), *age = sheet_text(s, 2);
	char *end;
	long years = strtol(age, &end, 10), n = strtol(id, NULL, 10);

	*m = (struct import_machine){ .file = s->file, .line = s->row.line };
	if (*age == '\0' || *end != '\0' || years < 0 || years > 200)
		import_error(
		    az->im, s->file, s->row.line, "age is \"%s\", not a number of years", age);
	if (n < 1 || strspn(id, "0123456789") != strlen(id))
		import_error(az->im, s->file, s->row.line, "machineID is \"%s\", not a number", id);
	m->number = arena_print(a, "AZ-%03ld", n);
	m->name = arena_print(a, "Machine %ld", n);
	m->department_name = "Predictive maintenance data";
	m->location = m->manufacturer = m->serial_number = "";
	m->model = sheet_limited(s, 1, "model", 1, 80);
	m->installed_on = day_of(YEAR - (int)years, 1, 1);
	m->criticality = "MEDIUM";
	m->source_key = arena_print(a, "azure:machine:%ld", n);
}

static void
read_machines(struct azure *az)
{
	static const char *const names[] = { "machineID", "model", "age" };
	const char *file = arena_print(az->im->arena, "%s/PdM_machines.csv", az->folder);
	struct sheet s;

	if (!sheet_open(&s, az->im, file, names, COUNT(names)))
		return;
	while (sheet_next(&s)) {
		az->machines = import_room(az->im, az->machines, az->machine_count,
		    &az->machine_room, sizeof(*az->machines));
		read_machine(az, &s, &az->machines[az->machine_count++]);
	}
}

static const struct import_machine *
machine_of(const struct azure *az, const char *id)
{
	const char *key = arena_print(az->im->arena, "azure:machine:%s", id);

	for (size_t i = 0; i < az->machine_count; i++)
		if (strcmp(az->machines[i].source_key, key) == 0)
			return &az->machines[i];
	return NULL;
}

/* "comp3" is 2; -1 for none of them. */
static int
which_of(const char *text, const char *word, int most)
{
	size_t len = strlen(word);

	if (strncmp(text, word, len) != 0 || text[len] < '1' || text[len] >= '1' + most ||
	    text[len + 1] != '\0')
		return -1;
	return text[len] - '1';
}

static void
read_line(struct azure *az, struct sheet *s, const char *word, int most, struct line *l)
{
	struct arena *a = az->im->arena;
	const char *time = sheet_text(s, 0), *id = sheet_text(s, 1), *what = sheet_text(s, 2);

	*l = (struct line){ .file = s->file, .line = s->row.line };
	l->at = instant_parse(time);
	l->machine = machine_of(az, id);
	l->which = which_of(what, word, most);
	if (!l->at.known)
		import_error(az->im, s->file, s->row.line, "datetime is \"%s\", not a time", time);
	if (l->machine == NULL)
		import_error(az->im, s->file, s->row.line, "there is no machine %s", id);
	if (l->which < 0)
		import_error(az->im, s->file, s->row.line, "\"%s\" is none of %s1 to %s%d", what,
		    word, word, most);
	l->key = arena_print(a, "%s:%s:%s", id, l->at.known ? instant_iso(a, l->at) : "", what);
}

static int
by_key(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

/* Of two lists, after each line has a key of its own. */
static int
by_key_only(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

/* The same line again is another event: it gets a number. */
static void
number_again(struct azure *az, struct lines *list)
{
	const char *same = NULL;
	int n = 1;

	qsort(list->at, list->count, sizeof(*list->at), by_key);
	for (size_t i = 0; i < list->count; i++) {
		struct line *l = &list->at[i];

		n = text_same(same, l->key) ? n + 1 : 1;
		same = l->key;
		if (n > 1)
			l->key = arena_print(az->im->arena, "%s:%d", l->key, n);
	}
	qsort(list->at, list->count, sizeof(*list->at), by_key);
}

static void
read_lines(struct azure *az, struct lines *list, const char *name, const char *column,
    const char *word, int most)
{
	const char *const names[] = { "datetime", "machineID", column };
	const char *file = arena_print(az->im->arena, "%s/%s", az->folder, name);
	struct sheet s;

	if (!sheet_open(&s, az->im, file, names, COUNT(names)))
		return;
	while (sheet_next(&s)) {
		list->at =
		    import_room(az->im, list->at, list->count, &list->room, sizeof(*list->at));
		read_line(az, &s, word, most, &list->at[list->count++]);
	}
	if (list->count > 0)
		number_again(az, list);
}

static struct past *
add(struct azure *az, const struct line *l, enum what what, const char *kind, const char *priority)
{
	static const char *const words[WHATS] = {
		[FAILURES] = "failure", [ERRORS] = "error", [SERVICES] = "replacement"
	};
	struct past *p = &az->past[az->count++];

	*p = (struct past){ .what = what,
		.key = arena_print(az->im->arena, "azure:%s:%s", words[what], l->key),
		.file = l->file,
		.line = l->line,
		.machine = l->machine,
		.kind = kind,
		.priority = priority,
		.reported = l->at,
		.completed = l->at,
		.other_cost = decimal(0) };
	return p;
}

static void
add_part(struct azure *az, struct past *p, struct line *replacement)
{
	replacement->used = true;
	p->remedy = &az->replace;
	p->part = &az->part[replacement->which];
	p->issue_key = arena_print(az->im->arena, "azure:part:%s", replacement->key);
}

static void
gather(struct azure *az)
{
	struct arena *a = az->im->arena;
	size_t most = az->failures.count + az->errors.count + az->replacements.count;

	az->past = NEW_ARRAY(a, struct past, most + 1);
	for (size_t i = 0; i < az->failures.count; i++) {
		const struct line *l = &az->failures.at[i];
		struct past *p = add(az, l, FAILURES, "CORRECTIVE", "HIGH");
		struct line *with = az->replacements.count == 0
					? NULL
					: bsearch(l, az->replacements.at, az->replacements.count,
					      sizeof(*l), by_key_only);

		p->stop = true;
		p->completed = instant_add(l->at, HOUR);
		p->problem = &az->component[l->which];
		p->description = arena_print(a, "comp%d failed", l->which + 1);
		if (with != NULL)
			add_part(az, p, with);
	}
	for (size_t i = 0; i < az->errors.count; i++) {
		const struct line *l = &az->errors.at[i];
		struct past *p = add(az, l, ERRORS, "INSPECTION", "LOW");

		p->problem = &az->fault[l->which];
		p->description = arena_print(a, "error%d, the machine kept running", l->which + 1);
	}
	for (size_t i = 0; i < az->replacements.count; i++) {
		struct line *l = &az->replacements.at[i];
		struct past *p;

		if (l->used)
			continue;
		p = add(az, l, SERVICES, "PREVENTIVE", "MEDIUM");
		p->description = arena_print(a, "comp%d replaced", l->which + 1);
		add_part(az, p, l);
	}
}

static void
name_all(struct azure *az)
{
	struct arena *a = az->im->arena;

	for (int i = 0; i < COMPONENTS; i++) {
		az->component[i] = (struct import_code){ "PROBLEM", arena_print(a, "COMP%d", i + 1),
			arena_print(a, "Component %d failed", i + 1),
			arena_print(a, "Défaillance du composant %d", i + 1), 0 };
		az->part[i] = (struct import_part){ .number = arena_print(a, "comp%d", i + 1),
			.name = arena_print(a, "Component %d", i + 1),
			.group = "Predictive maintenance data" };
	}
	for (int i = 0; i < FAULTS; i++)
		az->fault[i] = (struct import_code){ "PROBLEM", arena_print(a, "ERROR%d", i + 1),
			arena_print(a, "Error %d", i + 1), arena_print(a, "Erreur %d", i + 1), 0 };
	az->replace = (struct import_code){ "REMEDY", "REPLACE", "Replace", "Remplacer", 0 };
}

static enum status
make_registers(struct import *im, void *with)
{
	struct azure *az = with;
	enum status e = import_code(im, &az->replace);

	for (int i = 0; !e && i < COMPONENTS; i++)
		e = import_code(im, &az->component[i]);
	for (int i = 0; !e && i < COMPONENTS; i++)
		e = import_part(im, &az->part[i]);
	for (int i = 0; !e && i < FAULTS; i++)
		e = import_code(im, &az->fault[i]);
	return e;
}

enum status
import_azure(struct import *im, const char *folder)
{
	struct azure *az = NEW(im->arena, struct azure);
	enum status e;

	az->im = im;
	az->folder = folder;
	name_all(az);
	read_machines(az);
	read_lines(az, &az->failures, "PdM_failures.csv", "failure", "comp", COMPONENTS);
	read_lines(az, &az->errors, "PdM_errors.csv", "errorID", "error", FAULTS);
	read_lines(az, &az->replacements, "PdM_maint.csv", "comp", "comp", COMPONENTS);
	e = import_machines_look(im, az->machines, az->machine_count);
	if (e || im->errors > 0)
		return e;
	gather(az);
	e = import_history_look(im, az->past, az->count, "azure:");
	if (e || im->errors > 0 || im->dry)
		return e;
	e = import_machines_write(im, az->machines, az->machine_count);
	if (!e)
		e = import_transaction(im, make_registers, az);
	return e ? e : import_history_write(im, az->past, az->count);
}
