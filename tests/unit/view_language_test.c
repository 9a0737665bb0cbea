/* view_language_test.c: {{#t}} and {{#tn}} in English and French, and templates from files. */
#include "view_world.h"

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
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_plurals),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
