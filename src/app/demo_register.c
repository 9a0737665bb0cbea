/* demo_register.c: departments, people, codes, machines and parts of the demo plant. */
#include <inttypes.h>
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"
#include "rule/number.h"

void
demo_say_created(struct demo *d, const char *kind, int64_t id, const char *title, const char *name)
{
	const char *changes = NULL;

	demo_change(d, &changes, strcmp(kind, "failure_code") == 0 ? "code" : "name", NULL, name);
	demo_say(d, &(struct demo_event){ .at = instant_add(d->begin, -DAY),
			.act = arena_print(d->arena, "%s.created", kind),
			.kind = kind,
			.record_id = id,
			.title = title,
			.machine_id = strcmp(kind, "machine") == 0 ? id : 0,
			.changes = changes });
}

static enum status
departments(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "department", "id, name, note, created_at");

	for (int i = 0; i < DEPARTMENTS; i++) {
		const char *name = demo_departments[i][0];

		bulk_add(&rows, ARGS(ARG(d->department + i), ARG(name), ARG(demo_departments[i][1]),
				    ARG(d->begin)));
		demo_say_created(d, "department", d->department + i, name, name);
	}
	return bulk_commit(&rows, d->db);
}

static enum status
people(struct demo *d, FILE *accounts)
{
	struct bulk rows = bulk_of(d->arena, "user",
	    "id, email, name, role, password, language, hourly_rate, phone, created_at");
	struct bulk places = bulk_of(d->arena, "user_department", "user_id, department_id");
	enum status e = OK;

	for (int i = 0; !e && demo_people[i].name != NULL; i++) {
		const struct demo_person *p = &demo_people[i];
		struct decimal rate = { p->rate > 0, p->rate * DECIMAL_ONE };
		const char *language = p->account == NULL && p->french ? "fr" : NULL;
		const char *hash;

		e = demo_password(d, p, accounts, &hash);
		if (e)
			return e;
		bulk_add(&rows,
		    ARGS(ARG(d->user + i), ARG(p->email), ARG(p->name), ARG(p->role), ARG(hash),
			ARG(language), ARG(rate),
			ARG(arena_print(d->arena, "+33 3 80 55 01 %02d", 10 + i)), ARG(d->begin)));
		for (int j = 0; j < DEPARTMENTS; j++)
			if (p->departments >> j & 1)
				bulk_add(&places, ARGS(ARG(d->user + i), ARG(d->department + j)));
		demo_say_created(d, "user", d->user + i, p->name, p->name);
		d->people++;
	}
	e = bulk_commit(&rows, d->db);
	return e ? e : bulk_commit(&places, d->db);
}

static enum status
codes(struct demo *d)
{
	struct bulk rows =
	    bulk_of(d->arena, "failure_code", "id, kind, code, name, name_fr, created_at");

	for (int i = 0; demo_codes[i].kind != NULL; i++) {
		const struct demo_code *c = &demo_codes[i];

		bulk_add(&rows, ARGS(ARG(d->code + i), ARG(c->kind), ARG(c->code), ARG(c->name),
				    ARG(c->name_fr), ARG(d->begin)));
		demo_say_created(d, "failure_code", d->code + i, c->name, c->code);
	}
	return bulk_commit(&rows, d->db);
}

/* How many machines before that one in the table have its prefix. */
static int
number_before(const struct demo_group *group)
{
	int n = 0;

	for (const struct demo_group *g = demo_groups; g != group; g++)
		if (strcmp(g->prefix, group->prefix) == 0)
			n += g->count;
	return n;
}

/* What an hour of its standing still costs, in euros. */
static struct decimal
stop_cost(const struct demo_group *g)
{
	static const struct {
		const char *criticality;
		int euros;
	} costs[] = { { "CRITICAL", 1800 }, { "HIGH", 620 }, { "MEDIUM", 140 }, { "LOW", 40 } };

	for (size_t i = 0; i < COUNT(costs); i++)
		if (strcmp(costs[i].criticality, g->criticality) == 0)
			return decimal(costs[i].euros * DECIMAL_ONE);
	return decimal(0);
}

/* The robots that feed the presses are assemblies of them: when one stands, its press does. */
static int64_t
feeds(const struct demo *d, const struct demo_machine *m, int which)
{
	return strcmp(m->group->name, "Press feeder robot") == 0 ? d->machines[which].id : 0;
}

static void
machine_row(struct demo *d, struct bulk *rows, const struct demo_machine *m, int which)
{
	const struct demo_group *g = m->group;
	unsigned char bytes[CODE_BYTES];
	struct date installed = day_of(
	    2004 + (int)demo_below(d, 20), 1 + (int)demo_below(d, 12), 1 + (int)demo_below(d, 28));
	const char *place = arena_print(d->arena, "%s %d", g->location, which + 1);
	const char *serial = arena_print(d->arena, "%c%c-%06d", g->manufacturer[0], g->model[0],
	    100000 + (int)demo_below(d, 900000));

	const struct demo_standing s = demo_standing_of(g);
	const struct date warranty = { true, installed.day + 2 * 365 };
	const int64_t above = feeds(d, m, which);

	for (int i = 0; i < CODE_BYTES; i++)
		bytes[i] = (unsigned char)demo_below(d, 256);
	bulk_add(rows,
	    ARGS(ARG(m->id), ARG(code_from_bytes(d->arena, bytes)), ARG(m->number), ARG(m->name),
		ARG(d->department + g->department), ARG(place), ARG(g->manufacturer), ARG(g->model),
		ARG(serial), ARG(installed), ARG(g->criticality), ARG(d->begin), ARG(s.place),
		ARG(s.model), ARG(s.vendor), ARG(s.calendar),
		ARG(decimal(s.value * 1000 * DECIMAL_ONE)), ARG(stop_cost(g)), ARG(warranty),
		arg_ref(above), ARG(above != 0 ? "SERIES" : "NONE"),
		ARG(arena_print(d->arena,
		    above != 0 ? "/%" PRId64 "/%" PRId64 "/" : "/%" PRId64 "/",
		    above != 0 ? above : m->id, m->id))));
	demo_say_created(d, "machine", m->id, m->number, m->name);
}

static enum status
machines(struct demo *d, int64_t first)
{
	struct bulk rows = bulk_of(d->arena, "machine",
	    "id, code, number, name, department_id, location, manufacturer, model, serial_number,"
	    " installed_on, criticality, created_at, location_id, machine_model_id, vendor_id,"
	    " shift_calendar_id, replacement_value, stop_cost, warranty_until, parent_id,"
	    " stop_rule, tree");
	size_t total = 0, n = 0;

	for (const struct demo_group *g = demo_groups; g->count > 0; g++)
		total += (size_t)g->count;
	d->machines = NEW_ARRAY(d->arena, struct demo_machine, total);
	d->machine_count = total;
	for (const struct demo_group *g = demo_groups; g->count > 0; g++)
		for (int i = 0; i < g->count; i++, n++) {
			struct demo_machine *m = &d->machines[n];

			*m = (struct demo_machine){ .id = first + (int64_t)n, .group = g };
			m->number =
			    arena_print(d->arena, "%s-%04d", g->prefix, number_before(g) + i + 1);
			m->name = g->count == 1
				      ? g->name
				      : arena_print(d->arena, "%s no. %d", g->name, i + 1);
			machine_row(d, &rows, m, i);
		}
	return bulk_commit(&rows, d->db);
}

static void
part_row(struct demo *d, struct bulk *rows, struct demo_part *p, const char *size, int which)
{
	const struct demo_shelf *s = p->shelf;

	p->number = arena_print(d->arena, "%s-%s", s->prefix, size);
	p->name = arena_print(d->arena, "%s %s", s->name, size);
	p->place = arena_print(d->arena, "%s-%02d", s->place, which + 1);
	p->minimum = s->minimum > 2 ? s->minimum - which % 3 : s->minimum;
	/* The larger, the dearer. */
	p->price = decimal((int64_t)s->cents * (100 + 35 * which) / 100 * 100);
	p->on_hand = p->reserved = p->average = decimal(0);
	bulk_add(rows,
	    ARGS(ARG(p->id), ARG(p->number), ARG(p->name), ARG(""), ARG(s->group), ARG(s->unit),
		ARG(p->place), ARG(decimal(p->minimum * DECIMAL_ONE)), ARG(d->begin)));
	demo_say_created(d, "part", p->id, p->number, p->name);
}

static enum status
parts(struct demo *d, int64_t first)
{
	enum { MOST = 400 };
	struct bulk rows = bulk_of(d->arena, "part",
	    "id, number, name, description, group_name, unit, place, minimum, created_at");

	d->parts = NEW_ARRAY(d->arena, struct demo_part, MOST);
	for (const struct demo_shelf *s = demo_shelves; s->prefix != NULL; s++) {
		const char *size = s->sizes;

		for (int i = 0; *size != '\0' && d->part_count < MOST; i++) {
			struct demo_part *p = &d->parts[d->part_count];
			size_t len = strcspn(size, " ");

			*p = (struct demo_part){ .id = first + (int64_t)d->part_count, .shelf = s };
			d->part_count++;
			part_row(d, &rows, p, arena_text(d->arena, size, len), i);
			size += len + (size[len] != '\0');
		}
	}
	return bulk_commit(&rows, d->db);
}

enum status
demo_registers(struct demo *d, FILE *accounts)
{
	int64_t machine, part;
	enum status e;

	e = db_int(d->db, "SELECT COALESCE(MAX(id), 0) + 1 FROM machine", NO_ARGS, &machine);
	if (!e)
		e = db_int(d->db, "SELECT COALESCE(MAX(id), 0) + 1 FROM part", NO_ARGS, &part);
	if (!e)
		e = departments(d);
	if (!e)
		e = people(d, accounts);
	if (!e)
		e = codes(d);
	if (!e)
		e = demo_places(d);
	if (!e)
		e = machines(d, machine);
	if (!e)
		e = parts(d, part);
	if (!e)
		e = demo_parts_of_models(d);
	return e ? e : demo_extras(d);
}

static enum status
stock_levels(struct demo *d)
{
	static const char sql[] =
	    "UPDATE part SET on_hand = ?, reserved = ?, average_cost = ? WHERE id = ?";
	enum status e = OK;

	for (size_t i = 0; !e && i < d->part_count; i++) {
		const struct demo_part *p = &d->parts[i];

		e = db_change_one(d->db, sql,
		    ARGS(ARG(p->on_hand), ARG(p->reserved), ARG(p->average), ARG(p->id)));
	}
	return e;
}

enum status
demo_registers_end(struct demo *d)
{
	static const char down[] = "UPDATE machine SET status = 'DOWN' WHERE id = ?";
	enum status e = db_begin(d->db);

	if (e)
		return e;
	e = stock_levels(d);
	for (size_t i = 0; !e && i < d->machine_count; i++)
		if (d->machines[i].down)
			e = db_change_one(d->db, down, ARGS(ARG(d->machines[i].id)));
	return db_end(d->db, e);
}
