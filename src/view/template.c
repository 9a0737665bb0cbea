/* template.c: see template.h.  The set of templates: reading files, finding by name. */
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/log.h"
#include "view/template_inside.h"

const struct template *
template_find(const struct templates *templates, uint32_t hash, const char *name)
{
	const struct template *t = templates->buckets[hash % TEMPLATE_BUCKETS];

	while (t != NULL && (t->hash != hash || strcmp(t->name, name) != 0))
		t = t->next;
	return t;
}

struct templates *
templates_new(const struct catalogue *catalogue)
{
	struct arena *arena = arena_new();
	struct templates *t = NEW(arena, struct templates);

	t->arena = arena;
	t->catalogue = catalogue;
	return t;
}

void
templates_free(struct templates *t)
{
	if (t != NULL)
		arena_free(t->arena);
}

/* source must live as long as the templates; file is for messages. */
static bool
add(struct templates *templates, const char *name, const char *file, const char *source, size_t len,
    struct mistake *mistake)
{
	struct template *t = NEW(templates->arena, struct template);
	struct template **bucket;

	if (!template_parse(templates, t, file, source, len, mistake))
		return false;
	t->name = arena_text(templates->arena, name, strlen(name));
	t->hash = template_hash(name, strlen(name));
	bucket = &templates->buckets[t->hash % TEMPLATE_BUCKETS];
	t->next = *bucket; /* hides an older one of that name */
	*bucket = t;
	return true;
}

bool
templates_add(struct templates *t, const char *name, const char *source)
{
	struct mistake mistake = { NULL, 0 };
	const size_t len = strlen(source);

	if (add(t, name, name, arena_text(t->arena, source, len), len, &mistake))
		return true;
	log_error("template %s:%d: %s", name, mistake.line, mistake.what);
	return false;
}

static char *
read_file(struct arena *arena, const char *path, size_t size, size_t *len)
{
	char *text = arena_alloc(arena, size + 1, 1);
	FILE *f = fopen(path, "r");

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	*len = fread(text, 1, size, f);
	if (ferror(f))
		die("%s: cannot be read", path);
	fclose(f);
	return text;
}

static void
load_file(struct templates *t, const char *path, const char *name, size_t size)
{
	struct mistake mistake = { NULL, 0 };
	size_t len;
	const char *source = read_file(t->arena, path, size, &len);

	if (!add(t, name, path, source, len, &mistake))
		die("%s:%d: %s", path, mistake.line, mistake.what);
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void
load_dir(struct templates *t, const char *dir)
{
	char *const roots[] = { arena_text(t->arena, dir, strlen(dir)), NULL };
	const size_t skip = strlen(dir) + (dir[strlen(dir) - 1] == '/' ? 0 : 1);
	FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
	FTSENT *e;

	if (tree == NULL)
		die("%s: %s", dir, strerror(errno));
	while ((e = fts_read(tree)) != NULL) {
		const size_t len = e->fts_pathlen;

		if (e->fts_info == FTS_ERR || e->fts_info == FTS_DNR || e->fts_info == FTS_NS)
			die("%s: %s", e->fts_path, strerror(e->fts_errno));
		if (e->fts_info != FTS_F || len < skip + 6 ||
		    strcmp(e->fts_path + len - 5, ".html") != 0)
			continue;
		load_file(t, e->fts_path, arena_text(t->arena, e->fts_path + skip, len - skip - 5),
		    (size_t)e->fts_statp->st_size);
	}
	fts_close(tree);
}

struct templates *
templates_load(const char *dir, const struct catalogue *catalogue)
{
	struct templates *t = templates_new(catalogue);

	load_dir(t, dir);
	return t;
}

void
templates_texts(const char *dir,
    void (*each)(void *with, const char *file, const char *one, const char *many), void *with)
{
	struct templates *t = templates_new(NULL);

	t->each = each;
	t->with = with;
	load_dir(t, dir);
	templates_free(t);
}
