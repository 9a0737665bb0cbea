/* view_catalogue_test.c: texts, contexts and plurals out of .po files, and malformed ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "view/catalogue.h"

/* The tests also run with a leak checker; libgettextpo keeps the name of each file that it read. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libgettextpo\n";
}

static const char header[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			     "\"Plural-Forms: nplurals=2; plural=n>1;\\n\"\n\n";

static const char body[] = "msgid \"Machine\"\nmsgstr \"Équipement\"\n\n"
			   "msgctxt \"verb\"\nmsgid \"Open\"\nmsgstr \"Ouvrir\"\n\n"
			   "msgid \"Open\"\nmsgstr \"Ouvert\"\n\n"
			   "#, fuzzy\nmsgid \"Stop\"\nmsgstr \"Stoppe\"\n\n"
			   "msgid \"Part\"\nmsgstr \"\"\n\n"
			   "msgid \"one part\"\nmsgid_plural \"{{n}} parts\"\n"
			   "msgstr[0] \"{{n}} pièce\"\nmsgstr[1] \"{{n}} pièces\"\n\n"
			   "msgid \"one day\"\nmsgid_plural \"{{n}} days\"\n"
			   "msgstr[0] \"\"\nmsgstr[1] \"\"\n\n"
			   "#~ msgid \"Gone\"\n#~ msgstr \"Parti\"\n";

static const char *const languages[] = { "fr", "two", "bad" };
static const char *const files[] = { "a.po", "b.po" };

struct world {
	char folder[64];
	struct arena *arena;
};

static void
write_po(const struct world *w, const char *name, const char *more)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", w->folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(header, f);
	fputs(more, f);
	fclose(f);
}

static int
begin(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	snprintf(w->folder, sizeof(w->folder), "/tmp/view-catalogue-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	w->arena = arena_new();
	for (size_t i = 0; i < COUNT(languages); i++)
		assert_int_equal(
		    mkdir(arena_print(w->arena, "%s/%s", w->folder, languages[i]), 0700), 0);
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(languages); i++) {
		const char *folder = arena_print(w->arena, "%s/%s", w->folder, languages[i]);

		for (size_t n = 0; n < COUNT(files); n++)
			unlink(arena_print(w->arena, "%s/%s", folder, files[n]));
		assert_int_equal(rmdir(folder), 0);
	}
	rmdir(w->folder);
	arena_free(w->arena);
	free(w);
	return 0;
}

static void
test_french(void **state)
{
	struct world *w = *state;
	struct catalogue *c;

	write_po(w, "fr/a.po", body);
	write_po(w, "fr/b.po", "msgid \"Vendor\"\nmsgstr \"Fournisseur\"\n");
	c = catalogue_read(w->arena, w->folder, "fr");
	assert_string_equal(catalogue_text(c, "Machine"), "Équipement");
	assert_string_equal(catalogue_text(c, "Vendor"), "Fournisseur");
	assert_string_equal(catalogue_text(c, "Open"), "Ouvert");
	assert_string_equal(catalogue_context(c, "verb", "Open"), "Ouvrir");
	assert_string_equal(catalogue_context(c, "noun", "Open"), "Open");
	assert_string_equal(catalogue_text(c, "Stop"), "Stop");
	assert_string_equal(catalogue_text(c, "Part"), "Part");
	assert_string_equal(catalogue_text(c, "Gone"), "Gone");
	assert_string_equal(catalogue_text(c, ""), "");
	assert_true(catalogue_has(c, "Machine"));
	assert_true(catalogue_has(c, "one part"));
	assert_false(catalogue_has(c, "Stop"));
	assert_string_equal(catalogue_plural(c, "one part", "{{n}} parts", 0), "{{n}} pièce");
	assert_string_equal(catalogue_plural(c, "one part", "{{n}} parts", 1), "{{n}} pièces");
	assert_string_equal(catalogue_plural(c, "one part", "{{n}} parts", 5), "{{n}} pièces");
	assert_string_equal(catalogue_plural(c, "one day", "{{n}} days", 0), "one day");
	assert_string_equal(catalogue_plural(c, "one day", "{{n}} days", 1), "{{n}} days");
}

static void
test_english(void **state)
{
	struct world *w = *state;
	const struct catalogue *en = catalogue_read(w->arena, w->folder, "en");
	const struct catalogue *none = catalogue_read(w->arena, w->folder, "de");

	assert_string_equal(catalogue_text(en, "Machine"), "Machine");
	assert_string_equal(catalogue_plural(en, "a", "b", 0), "a");
	assert_string_equal(catalogue_plural(en, "a", "b", 1), "b");
	assert_true(catalogue_has(en, "Machine"));
	assert_string_equal(catalogue_text(none, "Machine"), "Machine");
	assert_false(catalogue_has(none, "Machine"));
	assert_string_equal(catalogue_text(NULL, "Machine"), "Machine");
}

static void
test_many(void **state)
{
	enum { MANY = 3000 };
	struct world *w = *state;
	char *po = arena_alloc(w->arena, (size_t)MANY * 64, 1);
	const struct catalogue *c;
	size_t len = 0;

	for (int i = 0; i < MANY; i++)
		len += (size_t)snprintf(po + len, (size_t)MANY * 64 - len,
		    "msgid \"text %d\"\nmsgstr \"texte %d\"\n\n", i, i);
	write_po(w, "fr/a.po", po);
	c = catalogue_read(w->arena, w->folder, "fr");
	for (int i = 0; i < MANY; i++)
		assert_string_equal(catalogue_text(c, arena_print(w->arena, "text %d", i)),
		    arena_print(w->arena, "texte %d", i));
}

/* The status that reading the texts ends a program with. */
static int
status_of(const struct world *w, const char *language)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		catalogue_read(w->arena, w->folder, language);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
test_malformed(void **state)
{
	write_po(*state, "bad/a.po", "msgid \"open\nmsgstr nonsense\n");
	assert_int_equal(status_of(*state, "bad"), 1);
}

static void
test_stands_in_two_files(void **state)
{
	write_po(*state, "two/a.po", "msgid \"Open\"\nmsgstr \"Ouvert\"\n");
	assert_int_equal(status_of(*state, "two"), 0);
	write_po(*state, "two/b.po", "msgid \"Open\"\nmsgstr \"Ouvrir\"\n");
	assert_int_equal(status_of(*state, "two"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_french),
		cmocka_unit_test(test_english),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_stands_in_two_files),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
