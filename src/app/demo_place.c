/* demo_place.c: what the demo plant's machines are described by: places, makers, models, shifts. */
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/time.h"

static const struct {
	const char *number, *name, *kind;
	int parent;       /* in this table, from 1; 0: none */
	const char *text; /* how a group's location begins that stands there */
} places[] = {
	{ "SA", "Saint-Aubin Works", "SITE", 0, NULL },
	{ "HA", "Hall A", "BUILDING", 1, NULL },
	{ "HB", "Hall B", "BUILDING", 1, NULL },
	{ "HC", "Hall C", "BUILDING", 1, NULL },
	{ "HD", "Hall D", "BUILDING", 1, NULL },
	{ "HE", "Hall E", "BUILDING", 1, NULL },
	{ "CH", "Compressor house", "BUILDING", 1, "Compressor house" },
	{ "PH", "Pump house", "BUILDING", 1, "Pump house" },
	{ "BH", "Boiler house", "BUILDING", 1, "Boiler house" },
	{ "HA-BAY", "Press bays", "LINE", 2, "Hall A, bay" },
	{ "HA-PIT", "Transfer pit", "CELL", 2, "Hall A, pit" },
	{ "HA-CEL", "Scrap cellar", "CELL", 2, "Hall A, cellar" },
	{ "HB-ROW", "Machining rows", "LINE", 3, "Hall B, row" },
	{ "HC-STA", "Assembly stations", "LINE", 4, "Hall C, station" },
	{ "HC-WLD", "Welding cells", "CELL", 4, "Hall C, cell" },
	{ "HC-LIN", "Assembly lines", "LINE", 4, "Hall C, line" },
	{ "HD-LIN", "Packing lines", "LINE", 5, "Hall D, line" },
	{ "HD-DCK", "Dispatch dock", "CELL", 5, "Hall D, dock" },
	{ "HE-LIN", "Curing line", "LINE", 6, "Hall E, line" },
	{ "HE-BTH", "Paint booths", "CELL", 6, "Hall E, booth" },
	{ "HE-MIX", "Mixing room", "CELL", 6, "Hall E, mixing room" },
};

static const struct {
	const char *code, *name;
	int calendar;      /* in calendars, from 1 */
	int value;         /* to buy one today, thousand euros */
	const char *parts; /* prefixes of shelves */
} classes[CLASSES] = {
	[PRESS] = { "PRS", "Press", 2, 640, "HYH HYV HYF SEA BRT" },
	[LATHE] = { "MCT", "Machine tool", 1, 210, "BRG ENC FLT SNS" },
	[CONVEYOR] = { "CNV", "Conveyor", 1, 38, "BLF GBX BRG SNO" },
	[PACKER] = { "PKG", "Packaging machine", 1, 120, "SUC PNC PNV SNO" },
	[COMPRESSOR] = { "CMP", "Compressor", 3, 55, "FLT OIL BLT" },
	[OVEN] = { "OVN", "Oven", 1, 180, "HTR THC FLT" },
	[PUMP] = { "PMP", "Pump", 3, 14, "MSL BRG MOT" },
	[ROBOT] = { "ROB", "Robot", 2, 95, "ENC GRS VFD" },
};

static const struct {
	const char *name, *note, *shifts;
} calendars[] = {
	{ "Two shifts", "Early and late, Monday to Friday.",
	    "mon-fri 05:30-13:30\nmon-fri 13:30-21:30" },
	{ "Three shifts", "Presses and robots run through the night.",
	    "sun-thu 21:30-05:30\nmon-fri 05:30-21:30" },
	{ "Always", "Air, water and steam.", "mon-sun 00:00-24:00" },
};

/* Of every year. */
static const struct {
	int month, day;
	const char *name;
} holidays[] = {
	{ 1, 1, "New Year’s Day" },
	{ 5, 1, "Labour Day" },
	{ 5, 8, "Victory Day" },
	{ 7, 14, "National Day" },
	{ 8, 15, "Assumption" },
	{ 11, 1, "All Saints’ Day" },
	{ 11, 11, "Armistice Day" },
	{ 12, 25, "Christmas Day" },
};

static const char *const skills[][2] = {
	{ "Low voltage",
	    "Authorised for work on live parts up to 1,000 V; renewed every three years." },
	{ "High voltage", "Substation and 20 kV line." },
	{ "Hydraulics", "Pressure accumulators included." },
	{ "Pneumatics", "" },
	{ "Welding", "TIG and MIG, steel and aluminium." },
	{ "PLC programming", "" },
	{ "Robots", "Maker’s course for Norrman controllers." },
	{ "Forklift", "Licence of the plant; medical check every year." },
	{ "Working at height", "Harness course." },
};

static const char *const types[][4] = {
	{ "Breakdown repair", "Réparation de panne", "CORRECTIVE", "" },
	{ "Planned repair", "Réparation planifiée", "CORRECTIVE",
	    "Found at an inspection, done later." },
	{ "Lubrication round", "Tournée de graissage", "PREVENTIVE", "" },
	{ "Filter change", "Changement de filtre", "PREVENTIVE", "" },
	{ "Overhaul", "Révision générale", "PREVENTIVE", "By the maker’s hours." },
	{ "Legal inspection", "Contrôle réglementaire", "INSPECTION",
	    "Presses, lifting gear, pressure vessels." },
	{ "Vibration round", "Tournée vibratoire", "INSPECTION", "" },
	{ "Energy saving", "Économie d’énergie", "IMPROVEMENT", "" },
	{ "Guard and interlock", "Protecteur et verrouillage", "SAFETY", "" },
};

/* Whom the store buys from, by group of parts. */
static const struct {
	const char *name, *contact, *email, *groups;
	int days;
} dealers[] = {
	{ "Roulements de Bourgogne", "Paul Mercier", "commandes@rdb.example",
	    "Bearings, Seals, Belts and chains", 2 },
	{ "Électro Dijon", "Nadège Colin", "ventes@electrodijon.example",
	    "Electrical, Drives, Heating", 3 },
	{ "Hydro-Services Est", "Luc Baumann", "atelier@hydroservices.example",
	    "Hydraulics, Pneumatics, Seals", 5 },
	{ "Fournitures Industrielles Côte-d’Or", "Samira Aït", "contact@fico.example",
	    "Filters, Consumables, Bearings, Electrical", 1 },
};

/* Ids of these tables begin at 1: nobody else has written to them. */
static int64_t
maker_of(const struct demo_group *group)
{
	int64_t id = (int64_t)COUNT(dealers);

	for (const struct demo_group *g = demo_groups;; g++) {
		const struct demo_group *first = demo_groups;

		while (strcmp(first->manufacturer, g->manufacturer) != 0)
			first++;
		id += first == g;
		if (strcmp(g->manufacturer, group->manufacturer) == 0)
			return id;
	}
}

static int64_t
place_of(const struct demo_group *g)
{
	for (size_t i = 0; i < COUNT(places); i++)
		if (places[i].text != NULL && strcmp(places[i].text, g->location) == 0)
			return (int64_t)i + 1;
	return 1;
}

static void
say(struct demo *d, const char *kind, int64_t id, const char *name)
{
	demo_say_created(d, kind, id, name, name);
}

static enum status
make_places(struct demo *d)
{
	struct bulk rows = bulk_of(
	    d->arena, "location", "id, number, name, kind, parent_id, tree, path, created_at");
	const char *tree[COUNT(places)], *path[COUNT(places)];

	for (size_t i = 0; i < COUNT(places); i++) {
		const int up = places[i].parent - 1;

		tree[i] = arena_print(d->arena, "%s%zu/", up < 0 ? "/" : tree[up], i + 1);
		path[i] = up < 0 ? places[i].name
				 : arena_print(d->arena, "%s › %s", path[up], places[i].name);
		bulk_add(&rows, ARGS(ARG((int64_t)i + 1), ARG(places[i].number),
				    ARG(places[i].name), ARG(places[i].kind), arg_ref(up + 1),
				    ARG(tree[i]), ARG(path[i]), ARG(d->begin)));
		demo_say_created(d, "location", (int64_t)i + 1, places[i].number, places[i].name);
	}
	return bulk_commit(&rows, d->db);
}

/* The site's plan, seen from the gate. */
static enum status
make_map(struct demo *d)
{
	static const int at[][3] = { { 2, 190, 150 }, { 3, 190, 340 }, { 4, 430, 150 },
		{ 5, 430, 340 }, { 6, 690, 150 }, { 7, 860, 340 }, { 8, 860, 470 },
		{ 9, 690, 470 } };
	struct bulk rows =
	    bulk_of(d->arena, "location_spot", "location_id, is_machine, record_id, x, y");

	for (size_t i = 0; i < COUNT(at); i++)
		bulk_add(&rows,
		    ARGS(ARG(1), ARG(false), ARG((int64_t)at[i][0]), ARG(at[i][1]), ARG(at[i][2])));
	return bulk_commit(&rows, d->db);
}

static enum status
make_vendors(struct demo *d)
{
	struct bulk rows = bulk_of(d->arena, "vendor",
	    "id, name, customer_number, contact_name, email, phone, website, address, note,"
	    " created_at");
	int64_t last = (int64_t)COUNT(dealers);

	for (size_t i = 0; i < COUNT(dealers); i++) {
		bulk_add(&rows,
		    ARGS(ARG((int64_t)i + 1), ARG(dealers[i].name),
			ARG(arena_print(d->arena, "SA-%d", 4400 + (int)demo_below(d, 500))),
			ARG(dealers[i].contact), ARG(dealers[i].email),
			ARG(arena_print(
			    d->arena, "+33 3 80 44 %02d %02d", (int)i + 10, (int)i + 71)),
			ARG(arena_print(d->arena, "https://%s", strchr(dealers[i].email, '@') + 1)),
			ARG("ZAE Cap Nord\n21000 Dijon"), ARG(dealers[i].groups), ARG(d->begin)));
		say(d, "vendor", (int64_t)i + 1, dealers[i].name);
	}
	for (const struct demo_group *g = demo_groups; g->count > 0; g++) {
		if (maker_of(g) != last + 1)
			continue;
		last++;
		bulk_add(&rows,
		    ARGS(ARG(last), ARG(g->manufacturer),
			ARG(arena_print(d->arena, "FR-%d", 20000 + (int)demo_below(d, 9000))),
			ARG("After-sales service"),
			ARG(arena_print(d->arena, "service@maker%d.example", (int)last)),
			ARG(arena_print(
			    d->arena, "+33 1 70 55 %02d %02d", (int)last, (int)last + 20)),
			ARG(""), ARG(""), ARG("24 h hotline with the serial number at hand."),
			ARG(d->begin)));
		say(d, "vendor", last, g->manufacturer);
	}
	return bulk_commit(&rows, d->db);
}

static enum status
make_models(struct demo *d)
{
	struct bulk kinds = bulk_of(d->arena, "machine_class", "id, code, name, created_at");
	struct bulk rows = bulk_of(d->arena, "machine_model",
	    "id, name, manufacturer, machine_class_id, vendor_id, note, created_at");
	enum status e;

	for (int i = 0; i < CLASSES; i++) {
		bulk_add(&kinds, ARGS(ARG((int64_t)i + 1), ARG(classes[i].code),
				     ARG(classes[i].name), ARG(d->begin)));
		say(d, "machine_class", i + 1, classes[i].name);
	}
	for (const struct demo_group *g = demo_groups; g->count > 0; g++) {
		const int64_t id = g - demo_groups + 1;

		bulk_add(&rows,
		    ARGS(ARG(id), ARG(g->model), ARG(g->manufacturer), ARG((int64_t)g->class + 1),
			ARG(maker_of(g)), ARG(g->name), ARG(d->begin)));
		say(d, "machine_model", id, g->model);
	}
	e = bulk_commit(&kinds, d->db);
	return e ? e : bulk_commit(&rows, d->db);
}

static enum status
make_times(struct demo *d)
{
	struct bulk rows =
	    bulk_of(d->arena, "shift_calendar", "id, name, note, shifts, created_at");
	struct bulk days = bulk_of(d->arena, "holiday", "day, name, created_at");
	const int year = civil_of(d->now).year;
	enum status e;

	for (size_t i = 0; i < COUNT(calendars); i++) {
		bulk_add(
		    &rows, ARGS(ARG((int64_t)i + 1), ARG(calendars[i].name), ARG(calendars[i].note),
			       ARG(calendars[i].shifts), ARG(d->begin)));
		say(d, "shift_calendar", (int64_t)i + 1, calendars[i].name);
	}
	for (int y = year - 1; y <= year + 1; y++)
		for (size_t i = 0; i < COUNT(holidays); i++)
			bulk_add(&days, ARGS(ARG(day_of(y, holidays[i].month, holidays[i].day)),
					    ARG(holidays[i].name), ARG(d->begin)));
	e = bulk_commit(&rows, d->db);
	return e ? e : bulk_commit(&days, d->db);
}

static enum status
make_kinds(struct demo *d)
{
	struct bulk rows =
	    bulk_of(d->arena, "maintenance_type", "id, name, name_fr, kind, note, created_at");
	struct bulk can = bulk_of(d->arena, "skill", "id, name, note, created_at");
	struct bulk who = bulk_of(d->arena, "user_skill", "user_id, skill_id");
	enum status e;

	for (size_t i = 0; i < COUNT(types); i++)
		bulk_add(&rows, ARGS(ARG((int64_t)i + 1), ARG(types[i][0]), ARG(types[i][1]),
				    ARG(types[i][2]), ARG(types[i][3]), ARG(d->begin)));
	for (size_t i = 0; i < COUNT(skills); i++)
		bulk_add(&can,
		    ARGS(ARG((int64_t)i + 1), ARG(skills[i][0]), ARG(skills[i][1]), ARG(d->begin)));
	for (int i = 0; demo_people[i].name != NULL; i++)
		for (size_t s = 0; s < COUNT(skills); s++)
			if (strcmp(demo_people[i].role, "TECHNICIAN") == 0 && demo_percent(d, 40))
				bulk_add(&who, ARGS(ARG(d->user + i), ARG((int64_t)s + 1)));
	e = bulk_commit(&rows, d->db);
	if (!e)
		e = bulk_commit(&can, d->db);
	return e ? e : bulk_commit(&who, d->db);
}

enum status
demo_places(struct demo *d)
{
	enum status e = make_places(d);

	if (!e)
		e = make_map(d);
	if (!e)
		e = make_vendors(d);
	if (!e)
		e = make_models(d);
	if (!e)
		e = make_times(d);
	return e ? e : make_kinds(d);
}

struct demo_standing
demo_standing_of(const struct demo_group *g)
{
	return (struct demo_standing){ place_of(g), g - demo_groups + 1, maker_of(g),
		classes[g->class].calendar, classes[g->class].value };
}

/* What each model wears out; whom the store buys each part from. */
enum status
demo_parts_of_models(struct demo *d)
{
	struct bulk lines =
	    bulk_of(d->arena, "machine_model_part", "machine_model_id, part_id, quantity");
	struct bulk from =
	    bulk_of(d->arena, "part_vendor", "part_id, vendor_id, number, price, lead_days");
	enum status e;

	for (const struct demo_group *g = demo_groups; g->count > 0; g++)
		for (size_t i = 0; i < d->part_count; i++)
			if (strstr(classes[g->class].parts, d->parts[i].shelf->prefix) != NULL &&
			    (d->parts[i].id + (g - demo_groups)) % 3 == 0)
				bulk_add(&lines,
				    ARGS(ARG(g - demo_groups + INT64_C(1)), ARG(d->parts[i].id),
					ARG(decimal((1 + d->parts[i].id % 4) * 10000))));
	for (size_t i = 0; i < d->part_count; i++)
		for (size_t v = 0; v < COUNT(dealers); v++)
			if (strstr(dealers[v].groups, d->parts[i].shelf->group) != NULL)
				bulk_add(&from, ARGS(ARG(d->parts[i].id), ARG((int64_t)v + 1),
						    ARG(arena_print(d->arena, "%d-%05d", (int)v + 1,
							(int)demo_below(d, 99999))),
						    ARG(decimal(d->parts[i].price.units / 100 *
								(96 + (int64_t)v * 3))),
						    ARG((int64_t)dealers[v].days)));
	e = bulk_commit(&lines, d->db);
	return e ? e : bulk_commit(&from, d->db);
}
