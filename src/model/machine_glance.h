/* machine_glance.h: what a machine's page shows of everything around it, in one query. */
#ifndef MODEL_MACHINE_GLANCE_H
#define MODEL_MACHINE_GLANCE_H

#include "base/shape.h"

struct actor;

/* Sections, in their order. */
enum glance_section {
	GLANCE_STOP,  /* at: since when it stands; none while it runs */
	GLANCE_PLACE, /* name: the path of its location */
	GLANCE_PHOTO, /* id: of the attachment; its first picture */
	GLANCE_FILE,  /* name; of its model */
	GLANCE_PART, /* number, name, unit, place; quantity in it, available; flag: below minimum */
	GLANCE_METER, /* name, unit, word: its kind; quantity: last reading, at */
	GLANCE_BELOW, /* number, name, word: its status; flag: in series */
	GLANCE_YEAR,  /* since `year`: count of failures, quantity: cost */
	GLANCE_FIELD, /* a custom field: name, word: text, quantity or at; flag: in use */
	GLANCE_TAG,   /* name */
	GLANCE_SECTIONS
};

struct glance {
	int64_t section; /* enum glance_section */
	int64_t id;
	const char *number;
	const char *name;
	const char *word;
	const char *unit;
	const char *place;
	struct decimal quantity;
	struct decimal available;
	struct instant at;
	bool flag;
	int64_t count;
};

extern const struct shape glance_shape;

enum { GLANCE_FILES = 8, GLANCE_PARTS = 12, GLANCE_BELOWS = 20 };

/* Of each kind one more than its limit says, so that a page knows that there are more. */
enum status machine_glance(
    const struct actor *, int64_t id, struct instant year, struct rows *) MUST_CHECK;
/* Those of one section. */
struct rows glance_of(const struct rows *, enum glance_section);

#endif
