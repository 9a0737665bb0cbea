/* view_texts_test.c: every text for people stands in one file of templates/fr, and nothing else
 * does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <gettext-po.h>
#include <glob.h>

#include "view_texts.h"

#define NARROW "\xE2\x80\xAF" /* U+202F, the narrow no-break space */

/* The tests also run with a leak checker; libgettextpo keeps the name of each file that it read. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libgettextpo\n";
}

enum { MOST_FILES = 64, MOST_MESSAGES = 8000 };

struct message {
	const char *file;
	po_message_t m;
};

struct world {
	struct texts texts;
	struct arena *arena;
	glob_t paths; /* of the files of texts */
	po_file_t files[MOST_FILES];
	size_t count;
	struct message messages[MOST_MESSAGES];
	int wrong;
};

/* ftw() hands its callback nothing of ours. */
static struct texts *gathered;

static char *
read_whole(struct arena *arena, const char *path)
{
	FILE *f = fopen(path, "r");
	struct stat st;
	char *text;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	text = arena_alloc(arena, (size_t)st.st_size + 1, 1);
	assert_int_equal(fread(text, 1, (size_t)st.st_size, f), st.st_size);
	fclose(f);
	return text;
}

static int
on_file(const char *path, const struct stat *st, int kind)
{
	(void)st;
	if (kind == FTW_F && text_ends(path, ".c"))
		texts_of_source(gathered, path, read_whole(gathered->arena, path));
	return 0;
}

static void
on_error(int severity, po_message_t m, const char *file, size_t line, size_t column, int lines,
    const char *text)
{
	(void)m, (void)column, (void)lines;
	if (severity != PO_SEVERITY_WARNING)
		fail_msg("%s:%zu: %s", file, line, text);
}

static void
on_error2(int severity, po_message_t m, const char *file, size_t line, size_t column, int lines,
    const char *text, po_message_t m2, const char *file2, size_t line2, size_t column2, int lines2,
    const char *text2)
{
	(void)m2, (void)file2, (void)line2, (void)column2, (void)lines2, (void)text2;
	on_error(severity, m, file, line, column, lines, text);
}

/* Obsolete ones and the header are none. */
static void
messages_of(struct world *w, const char *path, po_file_t file)
{
	po_message_iterator_t at = po_message_iterator(file, NULL);

	for (po_message_t m; (m = po_next_message(at)) != NULL;) {
		if (po_message_is_obsolete(m) || *po_message_msgid(m) == '\0')
			continue;
		assert_true(w->count < MOST_MESSAGES);
		w->messages[w->count++] = (struct message){ path, m };
	}
	po_message_iterator_free(at);
}

static int
set_up(void **state)
{
	/* Console programs speak English; of src/app visitors read only what refuse.c says. */
	static const char *const places[] = { "src/rule", "src/model", "src/http", "src/register",
		"src/page", "src/view", "src/job", "src/app/refuse.c", "src/base/csv_file.c" };
	static const struct po_xerror_handler handler = { on_error, on_error2 };
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->arena = w->texts.arena = arena_new();
	gathered = &w->texts;
	templates_texts("templates", texts_of_template, &w->texts);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		assert_int_equal(ftw(places[i], on_file, 16), 0);
	assert_int_equal(glob("templates/fr/*.po", 0, NULL, &w->paths), 0);
	assert_true(w->paths.gl_pathc <= MOST_FILES);
	for (size_t i = 0; i < w->paths.gl_pathc; i++) {
		w->files[i] = po_file_read(w->paths.gl_pathv[i], &handler);
		assert_non_null(w->files[i]);
		messages_of(w, w->paths.gl_pathv[i], w->files[i]);
	}
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < w->paths.gl_pathc; i++)
		po_file_free(w->files[i]);
	globfree(&w->paths);
	arena_free(w->arena);
	free(w);
	return 0;
}

static void
complain(struct world *w, const char *where, const char *what, const char *text)
{
	w->wrong++;
	print_error("%s: %s: \"%s\"\n", where, what, text);
}

/* The entry of a msgid, or NULL; fuzzy and empty ones are as good as none. */
static po_message_t
entry(const struct world *w, const char *one)
{
	for (size_t i = 0; i < w->count; i++)
		if (strcmp(po_message_msgid(w->messages[i].m), one) == 0)
			return w->messages[i].m;
	return NULL;
}

static bool
is_translated(po_message_t m)
{
	const char *text;

	if (m == NULL || po_message_is_fuzzy(m))
		return false;
	if (po_message_msgid_plural(m) == NULL)
		return *po_message_msgstr(m) != '\0';
	for (int i = 0; i < 2; i++) {
		text = po_message_msgstr_plural(m, i);
		if (text == NULL || *text == '\0')
			return false;
	}
	return true;
}

static void
test_finds_the_texts(void **state)
{
	struct world *w = *state;
	static const char source[] = "f(\"Hand \" /* \"No\" */\n  \"saw\"); log_warn(\"Nobody\");\n"
				     "char c = '\"'; page_text(rq, \"yes\"); // \"Neither\"\n"
				     "g(\"SELECT a FROM b\", \"wrench\", \"E-mail \\\"x\\\"\");";
	static const char *const people[] = { "Hand saw", "yes", "E-mail \"x\"" };
	struct texts *t = calloc(1, sizeof(*t));
	size_t n = 0;

	assert_non_null(t);
	t->arena = w->arena;
	texts_of_source(t, "src/page/x.c", source);
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].people)
			assert_string_equal(t->at[i].one, people[n++]);
	assert_int_equal(n, 3);
	assert_int_equal(t->count, 6);
	free(t);
	assert_true(w->texts.count < TEXTS_MOST);
	for (size_t i = 0; i < sizeof(spared) / sizeof(spared[0]); i++)
		assert_non_null(spared[i].why);
}

static void
test_every_text_is_translated(void **state)
{
	struct world *w = *state;

	w->wrong = 0;
	for (size_t i = 0; i < w->texts.count; i++) {
		const struct found *f = &w->texts.at[i];
		const po_message_t m = f->people ? entry(w, f->one) : NULL;

		if (!f->people || *f->one == '\0')
			continue;
		if (!is_translated(m))
			complain(w, f->where, "not in templates/fr/", f->one);
		else if (f->many != NULL && (po_message_msgid_plural(m) == NULL ||
						strcmp(po_message_msgid_plural(m), f->many) != 0))
			complain(w, f->where, "not this plural in templates/fr/", f->many);
	}
	assert_int_equal(w->wrong, 0);
}

static void
test_every_translation_is_used(void **state)
{
	struct world *w = *state;

	w->wrong = 0;
	for (size_t i = 0; i < w->count; i++) {
		const char *one = po_message_msgid(w->messages[i].m);

		if (texts_find(&w->texts, one) == NULL)
			complain(w, w->messages[i].file, "nobody uses", one);
		if (entry(w, one) != w->messages[i].m)
			complain(w, w->messages[i].file, "stands twice", one);
	}
	assert_int_equal(w->wrong, 0);
}

/* The length of the placeholder that begins here: %1, %2, %s, {{name}}; 0 for none. */
static size_t
placeholder(const char *c)
{
	const char *end;

	if (c[0] == '%' && (c[1] == '1' || c[1] == '2' || c[1] == 's'))
		return 2;
	end = strncmp(c, "{{", 2) == 0 ? strstr(c, "}}") : NULL;
	return end == NULL ? 0 : (size_t)(end - c) + 2;
}

/* Every placeholder of `of` stands in `in`, too. */
static bool
has_placeholders(struct arena *arena, const char *of, const char *in)
{
	for (size_t n; *of != '\0'; of += n > 0 ? n : 1) {
		n = placeholder(of);
		if (n > 0 && strstr(in, arena_text(arena, of, n)) == NULL)
			return false;
	}
	return true;
}

static void
check_placeholders(struct world *w, const char *file, const char *msgid, const char *text)
{
	if (!has_placeholders(w->arena, msgid, text) || !has_placeholders(w->arena, text, msgid))
		complain(w, file, "other placeholders than in English", text);
}

static void
test_placeholders_are_the_same(void **state)
{
	struct world *w = *state;

	w->wrong = 0;
	for (size_t n = 0; n < w->count; n++) {
		const char *file = w->messages[n].file;
		const po_message_t m = w->messages[n].m;
		const char *many = po_message_msgid_plural(m);

		if (many == NULL) {
			check_placeholders(w, file, po_message_msgid(m), po_message_msgstr(m));
			continue;
		}
		/* "One part" may be "{{n}} pièce": French counts 0 as one. */
		for (int i = 0; i < 2; i++)
			check_placeholders(w, file, many, po_message_msgstr_plural(m, i));
	}
	assert_int_equal(w->wrong, 0);
}

/* True where French wants the narrow space before c; not in 14:05, https: or {{name}}. */
static bool
wants_space(const char *start, const char *c)
{
	if (strchr(";!?", *c) != NULL)
		return c > start;
	return *c == ':' && (c[1] == '\0' || isspace((unsigned char)c[1]));
}

static void
check_spaces(struct world *w, const char *file, const char *text)
{
	const size_t n = strlen(NARROW);

	for (const char *c = text; *c != '\0'; c++) {
		if (wants_space(text, c) &&
		    ((size_t)(c - text) < n || strncmp(c - n, NARROW, n) != 0))
			complain(w, file, "no narrow space before ; : ! ?", text);
		if (strncmp(c, "«", 2) == 0 && strncmp(c + 2, NARROW, n) != 0)
			complain(w, file, "no narrow space in « »", text);
		if (strncmp(c, "»", 2) == 0 &&
		    ((size_t)(c - text) < n || strncmp(c - n, NARROW, n) != 0))
			complain(w, file, "no narrow space in « »", text);
		if (*c == '\'')
			complain(w, file, "an apostrophe is ’", text);
	}
}

static void
test_french_spaces(void **state)
{
	struct world *w = *state;

	w->wrong = 0;
	for (size_t n = 0; n < w->count; n++) {
		const char *file = w->messages[n].file;
		const po_message_t m = w->messages[n].m;

		if (po_message_msgid_plural(m) == NULL) {
			check_spaces(w, file, po_message_msgstr(m));
			continue;
		}
		for (int i = 0; i < 2; i++)
			check_spaces(w, file, po_message_msgstr_plural(m, i));
	}
	assert_int_equal(w->wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finds_the_texts),
		cmocka_unit_test(test_every_text_is_translated),
		cmocka_unit_test(test_every_translation_is_used),
		cmocka_unit_test(test_placeholders_are_the_same),
		cmocka_unit_test(test_french_spaces),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
