/* view_engine_test.c: what the template engine adds to mustache: texts, plurals, facets, limits. */
#include "view_world.h"

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
	    "{{#o.cost}}d{{/o.cost}}{{#o.at}}e{{/o.at}}{{#o.due}}f{{/o.due}}"
	    "{{#o.urgent}}g{{/o.urgent}}",
	    "");
	RENDERS(&w, "{{nobody.name}}{{#nobody}}x{{/nobody}}{{^nobody}}none{{/nobody}}", "none");
	RENDERS(&w, "{{^o.at}}never{{/o.at}} {{o.urgent}}", "never false");
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
	    "<title>{{$title}}?{{/title}}</title>\n<main>\n"
	    "  {{$content}}\n  {{/content}}\n</main>\n"));
	assert_true(templates_add(w.templates, "card",
	    "<div>\n  <h2>{{$title}}none{{/title}}</h2>\n  {{$content}}{{/content}}\n</div>\n"));
	RENDERS(&w,
	    "{{<layout}}\n{{$title}}Page{{/title}}\n{{$content}}\n    {{<card}}{{/card}}\n"
	    "    {{<card}}\n    {{$title}}A{{/title}}\n"
	    "    {{$content}}<p>\n</p>{{/content}}\n    {{/card}}\n"
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_facets),
		cmocka_unit_test(test_not_known),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_not_there),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_recursion),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_many_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
