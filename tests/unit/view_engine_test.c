/* view_engine_test.c: what the template engine adds to mustache: texts, plurals, facets,
 * strictness. */
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

static void
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

static void
begin(struct world *w, const char *language)
{
	snprintf(w->folder, sizeof(w->folder), "/tmp/view-engine-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	write_file(w->folder, "fr.po", french_po);
	w->arena = arena_new();
	w->locale = locale_open(language, "Europe/Paris", "EUR");
	w->catalogue = catalogue_read(w->arena, w->folder, language);
	w->templates = templates_new(w->catalogue);
	w->view = view_new(w->arena);
	w->render = (struct render){ .locale = w->locale, .catalogue = w->catalogue };
	w->render.now = instant_add(press.at, 5 * MINUTE);
}

static void
end(struct world *w)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/fr.po", w->folder);
	unlink(path);
	rmdir(w->folder);
	templates_free(w->templates);
	locale_close(w->locale);
	arena_free(w->arena);
}

static const char *
render(struct world *w, const char *source, enum status wanted)
{
	struct buf out = { .arena = w->arena };

	assert_true(templates_add(w->templates, "main", source));
	assert_int_equal(template_render(w->templates, "main", w->view, &w->render, &out), wanted);
	return out.text == NULL ? "" : out.text;
}

#define RENDERS(w, source, expected) assert_string_equal(render((w), (source), OK), (expected))

static void
test_facets(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "en");
	w.render.strict = true;
	view_record(w.view, "o", &order_shape, &press);
	RENDERS(&w, "{{o.name}}", "Press &lt;1&gt; &amp; &quot;co&quot;");
	RENDERS(&w, "{{{o.name}}}|{{&o.name}}", "Press <1> & \"co\"|Press <1> & \"co\"");
	RENDERS(&w, "{{o.id}} {{o.id.plain}} {{o.machine}}", "12,345 12345 7");
	RENDERS(&w, "{{o.state}} {{o.state.label}}", "open Open");
	RENDERS(&w, "{{o.cost}} {{o.cost.money}} {{o.cost.plain}}", "12.5 €12.50 12.5");
	RENDERS(&w, "{{o.at}} / {{o.at.day}} / {{o.at.clock}}",
	    "21 Nov 2026, 14:05 / 21 Nov 2026 / 14:05");
	RENDERS(&w, "{{o.at.iso}} {{o.at.input}}", "2026-11-21T13:05:00Z 2026-11-21T14:05");
	RENDERS(&w, "{{o.at.ago}}", "5 min ago");
	RENDERS(&w, "{{o.due}} {{o.due.iso}} {{o.due.input}}", "21 Nov 2026 2026-11-21 2026-11-21");
	RENDERS(&w, "{{o.seconds.duration}} {{o.urgent}}", "2 h 05 min true");
	RENDERS(&w, "{{#o.at}}{{.}} {{.iso}}{{/o.at}}", "21 Nov 2026, 14:05 2026-11-21T13:05:00Z");
	RENDERS(&w, "{{#o}}{{#at}}{{name}}{{.clock}}{{/at}}{{/o}}",
	    "Press &lt;1&gt; &amp; &quot;co&quot;14:05");
	end(&w);
}

static void
test_not_known(void **state)
{
	const struct order none = { 0 };
	struct world w;

	(void)state;
	begin(&w, "en");
	w.render.strict = true;
	view_record(w.view, "o", &order_shape, &none);
	view_record(w.view, "nobody", &order_shape, NULL);
	RENDERS(&w,
	    "{{o.name}}{{o.state.label}}{{o.machine}}{{o.machine.plain}}{{o.cost}}{{o.cost.money}}"
	    "{{o.cost.plain}}{{o.at}}{{o.at.iso}}{{o.at.ago}}{{o.at.input}}{{o.due}}{{o.due.iso}}",
	    "");
	RENDERS(&w,
	    "{{#o.id}}a{{/o.id}}{{#o.name}}b{{/o.name}}{{#o.machine}}c{{/o.machine}}"
	    "{{#o.cost}}d{{/o.cost}}{{#o.at}}e{{/o.at}}{{#o.due}}f{{/o.due}}{{#o.urgent}}g{{/o.urgent}}",
	    "");
	RENDERS(&w, "{{nobody.name}}{{#nobody}}x{{/nobody}}{{^nobody}}none{{/nobody}}", "none");
	RENDERS(&w, "{{^o.at}}never{{/o.at}} {{o.urgent}}", "never false");
	end(&w);
}

static void
test_texts(void **state)
{
	static const char source[] = "<p>{{#t}}\n  {{who}} sent\n  {{what}}\n{{/t}}</p>";
	struct world w;

	(void)state;
	begin(&w, "en");
	view_text(w.view, "who", "Ann");
	view_text(w.view, "what", "a <report>");
	RENDERS(&w, source, "<p>Ann sent a &lt;report&gt;</p>");
	end(&w);

	begin(&w, "fr");
	view_text(w.view, "who", "Ann");
	view_text(w.view, "what", "un rapport");
	view_word(w.view, "state", &states, "open");
	view_word(w.view, "other", &states, "done");
	RENDERS(&w, source, "<p>un rapport : envoi de Ann</p>");
	RENDERS(&w, "{{#t}}Not translated{{/t}}", "Not translated");
	RENDERS(&w, "{{state.label}} {{state}} {{other.label}}", "Ouvert open Done");
	RENDERS(&w, "{{=<% %>=}}<%#t%>Open<%/t%>", "Ouvert");
	RENDERS(&w, "  {{#t}}Open{{/t}}\n{{#t}}Open{{/t}}\n", "  Ouvert\nOuvert\n");
	end(&w);
}

static const char *
parts(struct world *w, int64_t n)
{
	w->view = view_new(w->arena);
	view_int(w->view, "n", n);
	return render(w, "{{#tn n}}one part|{{n}} parts{{/tn}}.", OK);
}

static void
test_plurals(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "en");
	assert_string_equal(parts(&w, 0), "0 parts.");
	assert_string_equal(parts(&w, 1), "one part.");
	assert_string_equal(parts(&w, 1234), "1,234 parts.");
	end(&w);
	begin(&w, "fr");
	assert_string_equal(parts(&w, 0), "0 pièce.");
	assert_string_equal(parts(&w, 1), "1 pièce.");
	assert_string_equal(parts(&w, 2), "2 pièces.");
	RENDERS(&w, "{{#tn n}}a {{#n}}day{{/n}}|{{n}} days{{/tn}}", "2 days");
	RENDERS(&w, "{{#n}}{{#tn .}}one part|{{n}} parts{{/tn}}{{/n}}", "2 pièces");
	end(&w);
}

static void
test_strict(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "en");
	view_record(w.view, "o", &order_shape, &press);
	view_group(w.view, "group");
	RENDERS(&w, "[{{nothing}}{{o.nothing}}{{o.name.money}}{{>nothing}}{{group}}]", "[]");
	w.render.strict = true;
	render(&w, "{{nothing}}", FAILED);
	render(&w, "{{{nothing}}}", FAILED);
	render(&w, "{{o.nothing}}", FAILED);
	render(&w, "{{o.name.money}}", FAILED);
	render(&w, "{{o.name.label}}", FAILED);
	render(&w, "{{o.at.iso.iso}}", FAILED);
	render(&w, "{{#nothing}}{{/nothing}}", FAILED);
	render(&w, "{{^nothing}}{{/nothing}}", FAILED);
	render(&w, "{{>nothing}}", FAILED);
	render(&w, "{{#tn nothing}}a|b{{/tn}}", FAILED);
	render(&w, "{{group}}", FAILED);
	render(&w, "{{#group}}{{o.id}}{{/group}}", OK);
	end(&w);
}

static void
test_not_there(void **state)
{
	struct buf out = { 0 };
	struct world w;

	(void)state;
	begin(&w, "en");
	out.arena = w.arena;
	assert_int_equal(
	    template_render(w.templates, "missing", w.view, &w.render, &out), NOT_FOUND);
	end(&w);
}

static void
test_malformed(void **state)
{
	static const char *const sources[] = { "{{name", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{}}",
		"{{a..b}}", "{{a.}}", "{{a b}}", "{{=x=}}", "{{=a b c=}}", "{{#t}}text",
		"{{#tn n}}one{{/tn}}", "{{#t}}{{#a}}{{/t}}", "{{#a}}{{#t}}{{/a}}{{/t}}", "{{{a}}",
		"{{<a}}{{$b}}{{/a}}{{/b}}" };
	struct world w;
	char *deep;

	(void)state;
	begin(&w, "en");
	for (size_t i = 0; i < COUNT(sources); i++)
		assert_false(templates_add(w.templates, "bad", sources[i]));
	deep = arena_alloc(w.arena, 8 * 65 + 1, 1);
	for (size_t i = 0; i < 65; i++)
		memcpy(deep + 8 * i, "{{#abc}}", 8);
	assert_false(templates_add(w.templates, "bad", deep));
	end(&w);
}

static void
test_recursion(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "en");
	assert_true(templates_add(w.templates, "self", "x{{>self}}"));
	assert_true(templates_add(w.templates, "one", "{{<two}}{{$b}}{{>one}}{{/b}}{{/two}}"));
	assert_true(templates_add(w.templates, "two", "{{$b}}{{/b}}"));
	render(&w, "{{>self}}", FAILED);
	render(&w, "{{>one}}", FAILED);
	end(&w);
}

/* A card inside the page's content keeps its own title. */
static void
test_arguments(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "en");
	assert_true(templates_add(w.templates, "layout",
	    "<title>{{$title}}?{{/title}}</title>\n<main>\n  {{$content}}\n  {{/content}}\n</main>\n"));
	assert_true(templates_add(w.templates, "card",
	    "<div>\n  <h2>{{$title}}none{{/title}}</h2>\n  {{$content}}{{/content}}\n</div>\n"));
	RENDERS(&w,
	    "{{<layout}}\n{{$title}}Page{{/title}}\n{{$content}}\n    {{<card}}{{/card}}\n"
	    "    {{<card}}\n    {{$title}}A{{/title}}\n    {{$content}}<p>\n</p>{{/content}}\n    {{/card}}\n"
	    "{{/content}}\n{{/layout}}\n",
	    "<title>Page</title>\n<main>\n  <div>\n    <h2>none</h2>\n    \n  </div>\n"
	    "  <div>\n    <h2>A</h2>\n    <p>\n    </p>\n  </div>\n</main>\n");
	end(&w);
}

static void
test_many_rows(void **state)
{
	enum { ROWS = 10000 };
	struct order *orders;
	struct world w;
	const char *text;
	size_t lines = 0;

	(void)state;
	begin(&w, "en");
	orders = NEW_ARRAY(w.arena, struct order, ROWS);
	for (int64_t i = 0; i < ROWS; i++) {
		orders[i] = press;
		orders[i].id = i;
		orders[i].at = instant_add(press.at, i * MINUTE);
	}
	view_rows(w.view, "orders", (struct rows){ &order_shape, orders, ROWS });
	text =
	    render(&w, "{{#orders}}{{id.plain}} {{name}} {{at}} {{cost.money}}\n{{/orders}}", OK);
	assert_int_equal(strncmp(text, "0 Press ", 8), 0);
	for (; *text != '\0'; text++)
		lines += *text == '\n';
	assert_int_equal(lines, ROWS);
	end(&w);
}

static void
count_text(void *with, const char *file, const char *one, const char *many)
{
	int *seen = with;

	assert_non_null(strstr(file, "page.html"));
	if (strcmp(one, "Hello {{name}}") == 0 && many == NULL)
		seen[0]++;
	else if (strcmp(one, "one part") == 0 && strcmp(many, "{{n}} parts") == 0)
		seen[1]++;
	else
		fail();
}

static void
test_files(void **state)
{
	struct templates *loaded;
	struct buf out = { 0 };
	struct world w;
	char path[128];
	int seen[2] = { 0 };

	(void)state;
	begin(&w, "fr");
	snprintf(path, sizeof(path), "%s/sub", w.folder);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(path, "page.html",
	    "{{#t}}Hello\n {{name}}{{/t}} {{#tn n}}one part|{{n}} parts{{/tn}}\n");
	templates_texts(w.folder, count_text, seen);
	assert_int_equal(seen[0], 1);
	assert_int_equal(seen[1], 1);
	loaded = templates_load(w.folder, w.catalogue);
	view_text(w.view, "name", "Zoé");
	view_int(w.view, "n", 3);
	out.arena = w.arena;
	assert_int_equal(template_render(loaded, "sub/page", w.view, &w.render, &out), OK);
	assert_string_equal(out.text, "Hello Zoé 3 pièces\n");
	templates_free(loaded);
	snprintf(path, sizeof(path), "%s/sub/page.html", w.folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/sub", w.folder);
	rmdir(path);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facets),
		cmocka_unit_test(test_not_known),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_plurals),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_recursion),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
