/* view_world.h: one record, a French catalogue and all that rendering needs; for view_*_test.c. */
#ifndef TEST_VIEW_WORLD_H
#define TEST_VIEW_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "view/catalogue.h"
#include "view/locale.h"
#include "view/template.h"
#include "view/view.h"

/* The tests also run with a leak checker; libgettextpo keeps the name of each file that it read. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libgettextpo\n";
}

struct order {
	int64_t id;
	const char *name;
	const char *state;
	struct number machine;
	struct decimal cost;
	struct instant at;
	struct date due;
	int64_t seconds;
	bool urgent;
};

static const struct word state_list[] = { { "open", "Open" }, { "done", "Done" } };
static const struct words states = WORDS(state_list);
static const struct field order_fields[] = {
	FIELD(struct order, id),
	FIELD(struct order, name),
	FIELD_WORD(struct order, state, &states),
	FIELD(struct order, machine),
	FIELD(struct order, cost),
	FIELD(struct order, at),
	FIELD(struct order, due),
	FIELD(struct order, seconds),
	FIELD(struct order, urgent),
};
static const struct shape order_shape = SHAPE(struct order, order_fields);

static const struct order press = {
	.id = 12345,
	.name = "Press <1> & \"co\"",
	.state = "open",
	.machine = { true, 7 },
	.cost = { true, 125000 },
	.at = { true, INT64_C(1795266300000000) }, /* 2026-11-21T13:05:00Z */
	.due = { true, 20778 },                    /* 2026-11-21 */
	.seconds = 7500,
	.urgent = true,
};

static const char french_po[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Plural-Forms: nplurals=2; plural=n>1;\\n\"\n\n"
    "msgid \"{{who}} sent {{what}}\"\nmsgstr \"{{what}} : envoi de {{who}}\"\n\n"
    "msgid \"Open\"\nmsgstr \"Ouvert\"\n\n"
    "msgid \"one part\"\nmsgid_plural \"{{n}} parts\"\n"
    "msgstr[0] \"{{n}} pièce\"\nmsgstr[1] \"{{n}} pièces\"\n";

struct world {
	char folder[64];
	struct arena *arena;
	struct locale *locale;
	struct catalogue *catalogue;
	struct templates *templates;
	struct view *view;
	struct render render;
};

static inline void
write_file(const char *folder, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static inline void
begin(struct world *w, const char *language)
{
	char path[128];

	snprintf(w->folder, sizeof(w->folder), "/tmp/view-engine-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	snprintf(path, sizeof(path), "%s/fr", w->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(path, "all.po", french_po);
	w->arena = arena_new();
	w->locale = locale_open(language, "Europe/Paris", "EUR");
	w->catalogue = catalogue_read(w->arena, w->folder, language);
	w->templates = templates_new(w->catalogue);
	w->view = view_new(w->arena);
	w->render = (struct render){ .locale = w->locale, .catalogue = w->catalogue };
	w->render.now = instant_add(press.at, 5 * MINUTE);
}

static inline void
end(struct world *w)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/fr/all.po", w->folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/fr", w->folder);
	rmdir(path);
	rmdir(w->folder);
	templates_free(w->templates);
	locale_close(w->locale);
	arena_free(w->arena);
}

static inline const char *
render(struct world *w, const char *source, enum status wanted)
{
	struct buf out = { .arena = w->arena };

	assert_true(templates_add(w->templates, "main", source));
	assert_int_equal(template_render(w->templates, "main", w->view, &w->render, &out), wanted);
	return out.text == NULL ? "" : out.text;
}

#define RENDERS(w, source, expected) assert_string_equal(render((w), (source), OK), (expected))

#endif
