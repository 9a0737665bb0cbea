/* list_around.h: all that stands around a list, by one query. */
#ifndef MODEL_LIST_AROUND_H
#define MODEL_LIST_AROUND_H

#include "model/extra.h"
#include "model/list_view.h"
#include "model/register_name.h"

struct list_around {
	struct rows views;  /* struct list_view: the person's setting first, then the views */
	struct extra extra; /* shape NULL when the register has no custom fields and tags */
	struct rows tags;   /* struct option */
};

/* asks: the choices of its filters, each at most `most`; own: has it custom fields and tags? */
enum status list_around(const struct actor *, const char *kind, bool own,
    const struct reg_ask *asks, size_t count, int most, struct list_around *) MUST_CHECK;

#endif
