/* demo_inside.h: what the parts of the demo plant know of each other. */
#ifndef APP_DEMO_INSIDE_H
#define APP_DEMO_INSIDE_H

#include <stdio.h>

#include "app/demo.h"
#include "app/import_bulk.h"

enum { DEPARTMENTS = 6, NOBODY = -1 };

enum class { PRESS, LATHE, CONVEYOR, PACKER, COMPRESSOR, OVEN, PUMP, ROBOT, CLASSES };

/* The tables, demo_data.c and demo_story.c.  NULL or 0 ends a list. */
struct demo_code {
	const char *kind, *code, *name, *name_fr;
};

struct demo_person {
	const char *name, *email;
	const char *role;
	const char
	    *account; /* how its line begins that tells the password; NULL: nobody signs in */
	bool french;
	int rate;             /* an hour, in euros */
	unsigned departments; /* a bit each */
};

struct demo_group { /* of machines that are alike */
	enum class class;
	int department, count;
	const char *prefix, *name, *manufacturer, *model, *location, *criticality;
};

struct demo_shelf { /* of parts that differ in size only */
	const char *prefix, *name, *group, *unit, *place;
	int minimum, cents; /* the price of the smallest */
	const char *sizes;  /* separated by blanks */
};

struct demo_story {
	enum class class; /* CLASSES: any */
	const char *problem, *cause, *remedy;
	const char *part; /* a prefix of parts, or NULL */
	int least, most;  /* minutes at work */
	int down;         /* percent of the cases in which the machine stands */
	/* A # is any digit from 1 to 6. */
	const char *text[2], *done[2]; /* English, French */
};

extern const struct demo_code demo_codes[];
extern const char *const demo_departments[DEPARTMENTS][2]; /* name, note */
extern const struct demo_person demo_people[];
extern const struct demo_group demo_groups[];
extern const struct demo_shelf demo_shelves[];
extern const struct demo_story demo_stories[], demo_care[];
extern const char *const demo_openings[2][12], *const demo_closings[2][12];
extern const char *const demo_steps[2][12], *const demo_reasons[2][6];
extern const char *const demo_words[128]; /* of passwords */

/* What is made.  Ids are given here: nobody else writes yet. */
struct demo_machine {
	int64_t id;
	const struct demo_group *group;
	const char *number, *name;
	struct instant busy_until;
	bool down;
};

struct demo_part {
	int64_t id;
	const struct demo_shelf *shelf;
	const char *number, *name, *place;
	int minimum;
	struct decimal price, on_hand, reserved, average;
	struct instant last, due; /* its last movement; a delivery */
	struct decimal due_quantity;
};

struct demo_order {
	int64_t id, stop_id, request_id, line_id;
	const char *number;
	const char *kind, *state, *priority;
	struct demo_machine *machine;
	const struct demo_story *story;
	int reporter, assignee, confirmer; /* of people, or NOBODY */
	bool french, down, planned;        /* french: the reporter's words */
	const char *description, *resolution, *reason;
	struct instant reported, accepted, completed, confirmed, cancelled;
	/* Work: logs, the last of them at the end. */
	struct instant log_at[4];
	int logs, minutes[4];
	struct decimal labour, parts;
	/* The one line of its parts request. */
	struct demo_part *part;
	const char *request_state;
	int64_t asked, issue; /* asked for, and handed out */
	bool approved;
	struct instant asked_at, decided_at, issued_at;
	struct decimal unit_cost;
};

struct demo_event {
	struct instant at;
	int64_t turn; /* of events at one time */
	int person;
	const char *act, *kind;
	int64_t record_id;
	const char *title;
	const struct demo_order *order; /* or NULL */
	int64_t machine_id, department_id;
	const char *changes;
};

struct demo {
	struct db *db;
	struct arena *arena;
	struct instant now, begin;
	uint64_t seed;
	/* The first id of each. */
	int64_t department, user, code, event, movement;
	struct demo_machine *machines;
	struct demo_part *parts;
	struct demo_order *orders;
	struct demo_event *events;
	size_t people, machine_count, part_count, order_count, event_count, event_room;
	struct bulk movements;
};

/* demo_chance.c */

uint32_t demo_below(struct demo *, uint32_t n);
int64_t demo_between(struct demo *, int64_t least, int64_t most);
bool demo_percent(struct demo *, int percent);
/* Each # a digit. */
const char *demo_fill(struct demo *, const char *);
/* A person of that role and department (NOBODY: any). */
int demo_person_of(struct demo *, const char *role, int department);
int64_t demo_code_id(const struct demo *, const char *kind, const char *code);
const char *demo_code_name(const char *kind, const char *code);

/* demo_event.c */

/* Adds "name":[before,after] to *changes; NULL is null. */
void demo_change(
    struct demo *, const char **changes, const char *name, const char *before, const char *after);
/* The same of what stands in JSON without quotes, from nothing. */
void demo_change_raw(struct demo *, const char **changes, const char *name, const char *after);
void demo_say(struct demo *, const struct demo_event *);
/* About a work order. */
void demo_say_order(struct demo *, const struct demo_order *, struct instant, int person,
    const char *act, const char *changes);
enum status demo_events_write(struct demo *) MUST_CHECK;
/* All that happened to a work order, but the issue of its parts. */
void demo_order_events(struct demo *, const struct demo_order *);

/* demo_place.c: places, vendors, models, shifts, skills: before machines and parts. */
enum status demo_places(struct demo *) MUST_CHECK;
enum status demo_extras(struct demo *) MUST_CHECK;
enum status demo_parts_of_models(struct demo *) MUST_CHECK;

struct demo_standing {
	int64_t place, model, vendor, calendar;
	int value; /* thousand euros */
};

struct demo_standing demo_standing_of(const struct demo_group *);

/* "department.created", by the administrator, before anything else happened. */
void demo_say_created(
    struct demo *, const char *kind, int64_t id, const char *title, const char *name);
/* demo_register.c: departments, people, codes, machines, parts. */
enum status demo_registers(struct demo *, FILE *accounts) MUST_CHECK;
/* What stock and stops have made of them in the meantime. */
enum status demo_registers_end(struct demo *) MUST_CHECK;

/* demo_meter.c: meters with a year of readings; parts of single machines. */
enum status demo_meters(struct demo *) MUST_CHECK;

/* demo_label.c */
enum status demo_labels(struct demo *) MUST_CHECK;

/* demo_account.c */
enum status demo_password(
    struct demo *, const struct demo_person *, FILE *accounts, const char **hash) MUST_CHECK;

/* demo_order.c, demo_open.c: the year; what is still open. */
void demo_orders(struct demo *);
void demo_open_orders(struct demo *);
/* Machine, words and people of a work order that was reported at order->reported. */
void demo_report(struct demo *, struct demo_order *, int department);
void demo_pick_part(struct demo *, struct demo_order *);

/* demo_stock.c: every receipt and issue in its order; costs of the work orders. */
void demo_stock(struct demo *);

/* demo_write.c */
enum status demo_orders_write(struct demo *) MUST_CHECK;

#endif
