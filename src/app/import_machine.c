/* import_machine.c: machines, from any file. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/time.h"
#include "model/event.h"
#include "model/machine.h"
#include "rule/number.h"

static const struct field fields[] = {
	FIELD(struct import_machine, id),
	FIELD(struct import_machine, department_id),
	FIELD(struct import_machine, number),
	FIELD(struct import_machine, name),
	FIELD(struct import_machine, department_name),
	FIELD(struct import_machine, location),
	FIELD(struct import_machine, manufacturer),
	FIELD(struct import_machine, model),
	FIELD(struct import_machine, serial_number),
	FIELD(struct import_machine, installed_on),
	FIELD_WORD(struct import_machine, criticality, &machine_criticality_words),
	FIELD(struct import_machine, source_key),
};

static const struct shape shape = SHAPE(struct import_machine, fields);
/* What a file says of a machine: without ids and key. */
static const struct shape said_shape = { fields + 2, COUNT(fields) - 3,
	sizeof(struct import_machine) };

/* The database does not tell capitals apart, nor may we. */
static int
by_number(const void *a, const void *b)
{
	const struct import_machine *x = *(const struct import_machine *const *)a;
	const struct import_machine *y = *(const struct import_machine *const *)b;

	return strcasecmp(x->number, y->number);
}

static int
by_key(const void *a, const void *b)
{
	const struct import_machine *x = *(const struct import_machine *const *)a;
	const struct import_machine *y = *(const struct import_machine *const *)b;

	return strcasecmp(
	    x->source_key != NULL ? x->source_key : "", y->source_key != NULL ? y->source_key : "");
}

static const struct import_machine **
sorted(struct import *im, const struct import_machine *list, size_t count,
    int (*by)(const void *, const void *))
{
	const struct import_machine **out =
	    NEW_ARRAY(im->arena, const struct import_machine *, count + 1);

	for (size_t i = 0; i < count; i++)
		out[i] = &list[i];
	qsort(out, count, sizeof(*out), by);
	return out;
}

static const struct import_machine *
find(const struct import_machine **list, size_t count, const struct import_machine *m,
    int (*by)(const void *, const void *))
{
	const struct import_machine **at = bsearch(&m, list, count, sizeof(*list), by);

	return at != NULL ? *at : NULL;
}

static void
refuse_twice(struct import *im, const struct import_machine *list, size_t count)
{
	const struct import_machine **by = sorted(im, list, count, by_number);

	for (size_t i = 1; i < count; i++) {
		const struct import_machine *a = by[i - 1], *b = by[i];

		if (strcasecmp(a->number, b->number) != 0)
			continue;
		import_error(im, b->file, a->line > b->line ? a->line : b->line,
		    "machine %s is there twice, also in line %lld", b->number,
		    (long long)(a->line < b->line ? a->line : b->line));
	}
}

static void
compare(struct import *im, struct import_machine *m, const struct import_machine *there)
{
	const char *changes = event_changes(&im->actor, &said_shape, there, m);

	m->id = there->id;
	m->department_id = there->department_id;
	if (changes == NULL) {
		im->tally[MACHINES].same++;
		return;
	}
	im->tally[MACHINES].changed++;
	import_note(m->file, m->line, "changed: machine %s %s", m->number, changes);
}

enum status
import_machines_look(struct import *im, struct import_machine *list, size_t count)
{
	static const char sql[] =
	    "SELECT m.id, m.department_id, m.number, m.name,"
	    " d.name AS department_name, m.location, m.manufacturer,"
	    " m.model, m.serial_number, m.installed_on, m.criticality, m.source_key"
	    " FROM machine m JOIN department d ON d.id = m.department_id";
	const struct import_machine **numbers, **keys, *there;
	struct rows rows;
	enum status e = db_rows(im->db, im->arena, sql, NO_ARGS, &shape, &rows);

	if (e)
		return e;
	refuse_twice(im, list, count);
	numbers = sorted(im, rows.at, rows.count, by_number);
	keys = sorted(im, rows.at, rows.count, by_key);
	for (size_t i = 0; i < count; i++) {
		struct import_machine *m = &list[i];

		im->tally[MACHINES].read++;
		there = m->source_key == NULL ? find(numbers, rows.count, m, by_number)
					      : find(keys, rows.count, m, by_key);
		if (there != NULL)
			compare(im, m, there);
		else if (find(numbers, rows.count, m, by_number) != NULL)
			import_error(im, m->file, m->line,
			    "another machine has the number %s already", m->number);
		else
			im->tally[MACHINES].fresh++;
	}
	return OK;
}

static enum status
create(struct import *im, struct import_machine *m)
{
	static const char sql[] =
	    "INSERT INTO machine (code, number, name, department_id, location, manufacturer, model,"
	    " serial_number, installed_on, criticality, source_key)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	unsigned char bytes[CODE_BYTES];
	int64_t department, id;
	enum status e = import_department(im, m->department_name, &department);

	random_bytes(bytes, sizeof(bytes));
	if (!e)
		e = db_insert(im->db, sql,
		    ARGS(ARG(code_from_bytes(im->arena, bytes)), ARG(m->number), ARG(m->name),
			ARG(department), ARG(m->location), ARG(m->manufacturer), ARG(m->model),
			ARG(m->serial_number), ARG(m->installed_on), ARG(m->criticality),
			ARG(m->source_key)),
		    &id);
	if (!e)
		e = db_change_one(im->db,
		    "UPDATE machine SET tree = CONCAT('/', id, '/') WHERE id = ?", ARGS(ARG(id)));
	if (e)
		return e;
	m->id = id;
	m->department_id = department;
	return event_write(
	    &im->actor, &(struct event){ .act = "machine.created",
			    .kind = "machine",
			    .record_id = id,
			    .title = m->number,
			    .machine_id = id,
			    .changes = event_changes(&im->actor, &said_shape, NULL, m) });
}

struct batch {
	struct import_machine **at;
	size_t count;
};

static enum status
create_batch(struct import *im, void *with)
{
	const struct batch *batch = with;
	enum status e = OK;

	for (size_t i = 0; !e && i < batch->count; i++)
		e = create(im, batch->at[i]);
	return e;
}

enum status
import_machines_write(struct import *im, struct import_machine *list, size_t count)
{
	enum { BATCH = BULK_ROWS / 4 }; /* machine, event and what belongs to them */
	struct import_machine **fresh = NEW_ARRAY(im->arena, struct import_machine *, count + 1);
	size_t n = 0;
	enum status e = OK;

	for (size_t i = 0; i < count; i++)
		if (list[i].id == 0)
			fresh[n++] = &list[i];
	for (size_t from = 0; !e && from < n; from += BATCH) {
		struct batch batch = { fresh + from, n - from < BATCH ? n - from : BATCH };

		e = import_transaction(im, create_batch, &batch);
	}
	return e;
}

enum column {
	NUMBER,
	NAME,
	DEPARTMENT,
	LOCATION,
	MANUFACTURER,
	MODEL,
	SERIAL,
	INSTALLED,
	CRITICALITY
};

static const char *const names[] = { "number", "name", "department", "?location", "?manufacturer",
	"?model", "?serial_number", "?installed_on", "?criticality" };

static void
read_machine(struct sheet *s, struct import_machine *m)
{
	const char *day = sheet_text(s, INSTALLED), *word = sheet_text(s, CRITICALITY);

	*m = (struct import_machine){ .file = s->file, .line = s->row.line };
	m->number = sheet_limited(s, NUMBER, "number", 1, 32);
	m->name = sheet_limited(s, NAME, "name", 1, 120);
	m->department_name = sheet_limited(s, DEPARTMENT, "department", 1, 80);
	m->location = sheet_limited(s, LOCATION, "location", 0, 120);
	m->manufacturer = sheet_limited(s, MANUFACTURER, "manufacturer", 0, 80);
	m->model = sheet_limited(s, MODEL, "model", 0, 80);
	m->serial_number = sheet_limited(s, SERIAL, "serial_number", 0, 80);
	m->installed_on = date_parse(day);
	if (*day != '\0' && !m->installed_on.known)
		import_error(s->im, s->file, s->row.line,
		    "installed_on is \"%s\", not a day as 2026-11-21", day);
	m->criticality = *word == '\0' ? "MEDIUM" : import_upper(s->im, word);
	if (word_index(&machine_criticality_words, m->criticality) < 0)
		import_error(s->im, s->file, s->row.line,
		    "criticality is \"%s\", not low, medium, high or critical", word);
}

enum status
import_machines_file(struct import *im, const char *file)
{
	struct import_machine *list = NULL;
	size_t count = 0, room = 0;
	struct sheet s;
	enum status e;

	if (!sheet_open(&s, im, file, names, COUNT(names)))
		return OK;
	while (sheet_next(&s)) {
		list = import_room(im, list, count, &room, sizeof(*list));
		read_machine(&s, &list[count++]);
	}
	e = import_machines_look(im, list, count);
	if (e || im->errors > 0 || im->dry)
		return e;
	return import_machines_write(im, list, count);
}
