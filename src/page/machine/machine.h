/* machine.h: pages of a machine: itself, its stops, figures, history, meters and parts. */
#ifndef PAGE_MACHINE_MACHINE_H
#define PAGE_MACHINE_MACHINE_H

#include "http/request.h"
#include "rule/permission.h"

struct machine;
struct rows;
struct view;

handler machine_page; /* GET /machines/:id */
handler machine_code_page;
handler machine_label_page;
handler machine_history_page;
handler machine_history_csv;
handler machine_figures_page;
handler machine_costs_page;
handler machine_stops_page;
handler machine_stop_new_page;
handler machine_stop_new_post;
handler machine_stop_edit_page; /* /stops/:id */
handler machine_stop_edit_post;
handler machine_parts_page;
handler machine_part_post;
handler machine_part_remove_post;
handler machine_meter_new_page;
handler machine_meter_new_post;
handler meter_page; /* /meters/:id */
handler meter_read_post;
handler meter_edit_page;
handler meter_edit_post;
handler meter_archive_post;
handler meter_restore_post;
handler reading_page; /* /readings/:id */
handler reading_post;

/* Does the right reach machines of that department? */
bool machine_reached(const struct request *, enum permission, int64_t department_id);
/* NOT_FOUND when the right does not reach it. */
enum status machine_for(struct request *, enum permission, int64_t id, struct machine *) MUST_CHECK;

/* A period of whole days of the plant, from the query: from, to; else the last twelve months. */
struct period_shown {
	struct date from_day, to_day; /* both are in it */
	struct instant from, to;      /* [from, to) */
	bool below;                   /* with all that is below the machine */
};

/*
 * The machine with what is below it, in one query: only id, number, name, status and department_id
 * of *m are set.  NOT_FOUND when the right does not reach it.
 */
enum status machine_below(
    struct request *, enum permission, int64_t id, struct machine *m, struct rows *tree) MUST_CHECK;

/* The last twelve months, today in them. */
void period_usual(const struct request *, struct period_shown *);
/* False: a day that is none, or an end before the beginning. */
bool period_read(const struct request *, struct period_shown *) MUST_CHECK;
/* Adds the group `period`: from, to (days), below, query ("from=…&to=…&below=…"), presets [{text,
 * query, current}]. */
void period_show(struct request *, const struct period_shown *);
/* The plant's clock at that minute of the day; DAY_MINUTES of rule/shift.h is its end. */
struct instant plant_clock(void *locale, struct date, int minute);

/* "1763730000000000-123": where a page of a list ended; false for what none of ours ends with. */
bool after_read(const struct request *, struct instant *at, int64_t *id) MUST_CHECK;
const char *after_text(const struct request *, struct instant at, int64_t id);

#endif
