/* catalogue.c: see catalogue.h.  A hash table in the arena, filled once and only read after. */
#include <dirent.h>
#include <gettext-po.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "view/catalogue.h"

enum { FORMS = 6 }; /* Arabic has six, nobody more */

struct entry {
	const char *context; /* NULL for none */
	const char *msgid;   /* NULL: the place is free */
	const char **form;
	int forms;
};

struct catalogue {
	bool english;
	struct entry *entries; /* open addressing; at least half of the places are free */
	size_t mask;
};

static size_t
hash(const char *context, const char *msgid)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; context != NULL && *context != '\0'; context++)
		h = (h ^ (unsigned char)*context) * UINT64_C(1099511628211);
	for (; *msgid != '\0'; msgid++)
		h = (h ^ (unsigned char)*msgid) * UINT64_C(1099511628211);
	return (size_t)(h ^ (h >> 32));
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The entry, or the free place where it would stand. */
static struct entry *
place(const struct catalogue *c, const char *context, const char *msgid)
{
	size_t i = hash(context, msgid) & c->mask;

	while (c->entries[i].msgid != NULL &&
	       (strcmp(c->entries[i].msgid, msgid) != 0 || !same(c->entries[i].context, context)))
		i = (i + 1) & c->mask;
	return &c->entries[i];
}

static const struct entry *
look_up(const struct catalogue *c, const char *context, const char *msgid)
{
	const struct entry *e;

	if (c == NULL || c->english || c->entries == NULL)
		return NULL;
	e = place(c, context, msgid);
	return e->msgid == NULL ? NULL : e;
}

static void
say(int severity, const char *file, size_t line, const char *text)
{
	if (severity == PO_SEVERITY_WARNING)
		return;
	if (file == NULL || line == (size_t)-1)
		die("%s: %s", file == NULL ? "catalogue" : file, text);
	die("%s:%zu: %s", file, line, text);
}

static void
on_error(int severity, po_message_t message, const char *file, size_t line, size_t column,
    int multiline, const char *text)
{
	(void)message, (void)column, (void)multiline;
	say(severity, file, line, text);
}

static void
on_error2(int severity, po_message_t m1, const char *file1, size_t line1, size_t column1,
    int multiline1, const char *text1, po_message_t m2, const char *file2, size_t line2,
    size_t column2, int multiline2, const char *text2)
{
	(void)m1, (void)column1, (void)multiline1, (void)m2, (void)file2, (void)line2;
	(void)column2, (void)multiline2, (void)text2;
	say(severity, file1, line1, text1);
}

static bool
is_usable(po_message_t m)
{
	const char *text = po_message_msgid_plural(m) == NULL ? po_message_msgstr(m)
							      : po_message_msgstr_plural(m, 0);

	return !po_message_is_obsolete(m) && !po_message_is_fuzzy(m) &&
	       *po_message_msgid(m) != '\0' && text != NULL && *text != '\0';
}

static const char *
keep(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_text(arena, text, strlen(text));
}

static void
entry_add(struct catalogue *c, struct arena *arena, po_message_t m)
{
	const char *text;
	struct entry *e = place(c, po_message_msgctxt(m), po_message_msgid(m));

	e->context = keep(arena, po_message_msgctxt(m));
	e->msgid = keep(arena, po_message_msgid(m));
	if (po_message_msgid_plural(m) == NULL) {
		e->form = NEW_ARRAY(arena, const char *, 1);
		e->form[e->forms++] = keep(arena, po_message_msgstr(m));
		return;
	}
	e->form = NEW_ARRAY(arena, const char *, FORMS);
	for (; e->forms < FORMS; e->forms++) {
		text = po_message_msgstr_plural(m, e->forms);
		if (text == NULL || *text == '\0')
			return;
		e->form[e->forms] = keep(arena, text);
	}
}

static size_t
count(po_file_t file)
{
	po_message_iterator_t at = po_message_iterator(file, NULL);
	size_t n = 0;

	while (po_next_message(at) != NULL)
		n++;
	po_message_iterator_free(at);
	return n;
}

static void
entries_add(struct catalogue *c, struct arena *arena, po_file_t file, const char *path)
{
	po_message_iterator_t at = po_message_iterator(file, NULL);

	for (po_message_t m; (m = po_next_message(at)) != NULL;) {
		if (!is_usable(m))
			continue;
		if (place(c, po_message_msgctxt(m), po_message_msgid(m))->msgid != NULL)
			die("%s: \"%s\" stands in another file, too", path, po_message_msgid(m));
		entry_add(c, arena, m);
	}
	po_message_iterator_free(at);
}

static int
is_po(const struct dirent *e)
{
	return text_ends(e->d_name, ".po");
}

static po_file_t
file_read(const char *path)
{
	static const struct po_xerror_handler handler = { on_error, on_error2 };
	po_file_t file = po_file_read(path, &handler);

	if (file == NULL)
		die("%s: cannot be read", path);
	return file;
}

/* Room for all is made before the first is added: a table that is being filled cannot move. */
static void
read_files(struct catalogue *c, struct arena *arena, const char **paths, int n)
{
	po_file_t *files = NEW_ARRAY(arena, po_file_t, (size_t)n);
	size_t room = 16, entries = 0;

	for (int i = 0; i < n; i++) {
		files[i] = file_read(paths[i]);
		entries += count(files[i]);
	}
	while (room < 2 * entries)
		room *= 2;
	c->entries = NEW_ARRAY(arena, struct entry, room);
	c->mask = room - 1;
	for (int i = 0; i < n; i++) {
		entries_add(c, arena, files[i], paths[i]);
		po_file_free(files[i]);
	}
}

struct catalogue *
catalogue_read(struct arena *arena, const char *dir, const char *language)
{
	struct catalogue *c = NEW(arena, struct catalogue);
	const char *folder = arena_print(arena, "%s/%s", dir, language);
	struct dirent **found;
	const char **paths;
	int n;

	c->english = strcmp(language, "en") == 0;
	n = c->english ? -1 : scandir(folder, &found, is_po, alphasort);
	if (n < 0)
		return c;
	paths = NEW_ARRAY(arena, const char *, (size_t)n);
	for (int i = 0; i < n; i++) {
		paths[i] = arena_print(arena, "%s/%s", folder, found[i]->d_name);
		free(found[i]);
	}
	free(found);
	read_files(c, arena, paths, n);
	return c;
}

const char *
catalogue_text(const struct catalogue *c, const char *msgid)
{
	return catalogue_context(c, NULL, msgid);
}

const char *
catalogue_context(const struct catalogue *c, const char *context, const char *msgid)
{
	const struct entry *e = look_up(c, context, msgid);

	return e == NULL ? msgid : e->form[0];
}

const char *
catalogue_plural(const struct catalogue *c, const char *one, const char *many, int form)
{
	const struct entry *e = look_up(c, NULL, one);

	/* Without a plural in the catalogue, an entry of the same msgid has no say. */
	if (e == NULL || (e->forms == 1 && form > 0 && strcmp(one, many) != 0))
		return form == 0 ? one : many;
	return e->form[form < e->forms ? form : e->forms - 1];
}

int
catalogue_has(const struct catalogue *c, const char *msgid)
{
	return c == NULL || c->english || look_up(c, NULL, msgid) != NULL;
}
