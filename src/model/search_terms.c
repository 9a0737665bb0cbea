/* search_terms.c: see search_terms.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/actor.h"
#include "model/search_terms.h"
#include "rule/spelling.h"

enum { BUCKETS = 8192, MOST_WORDS = 200000, OTHER_TERMS = 8 };

/* A word of this batch. */
struct entry {
	const char *word;
	int64_t id; /* 0 until it is known */
	struct entry *next;
};

struct dictionary {
	const struct actor *by;
	struct entry *buckets[BUCKETS];
	struct arg *words; /* of every entry */
	size_t count, room;
};

/* What a record's words became: the entry, and whether it stands in the title. */
struct mention {
	const struct entry *entry;
	bool title;
};

struct mentions {
	struct mention *at;
	size_t count;
};

static struct entry **
place(struct dictionary *d, const char *word)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	struct entry **e;

	for (const char *p = word; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
	e = &d->buckets[hash % BUCKETS];
	while (*e != NULL && strcmp((*e)->word, word) != 0)
		e = &(*e)->next;
	return e;
}

static const struct entry *
enter(struct dictionary *d, const char *word)
{
	struct entry **e = place(d, word);

	if (*e != NULL)
		return *e;
	*e = NEW(d->by->arena, struct entry);
	(*e)->word = word;
	if (d->count == d->room) {
		const size_t room = d->room > 0 ? d->room * 2 : 256;
		struct arg *more = NEW_ARRAY(d->by->arena, struct arg, room);

		if (d->count > 0)
			memcpy(more, d->words, d->count * sizeof(*more));
		d->words = more;
		d->room = room;
	}
	d->words[d->count++] = ARG(word);
	return *e;
}

static struct mentions
read_record(struct dictionary *d, const struct search_source *s)
{
	struct arena *a = d->by->arena;
	const struct spellings title = spelling_read(a, s->title, MOST_WORDS);
	const struct spellings words = spelling_read(a, s->words, MOST_WORDS);
	struct mentions m = { NEW_ARRAY(a, struct mention, title.count + words.count + 1), 0 };

	for (size_t i = 0; i < title.count; i++)
		m.at[m.count++] = (struct mention){ enter(d, title.at[i].word), true };
	for (size_t i = 0; i < words.count; i++)
		m.at[m.count++] = (struct mention){ enter(d, words.at[i].word), false };
	return m;
}

static enum status
know(void *with, const void *record)
{
	struct dictionary *d = with;
	const struct search_word *w = record;
	struct entry *e = *place(d, w->word);

	if (e != NULL)
		e->id = w->id;
	return OK;
}

static enum status
look_up(struct dictionary *d, const struct arg *words, size_t count)
{
	return search_in(d->by, "SELECT id, word, uses FROM search_word WHERE word", "", NO_ARGS,
	    words, count, &search_word_shape, know, d);
}

struct pairs_of {
	struct arg *at;
	size_t count, room;
};

static void
add_pair(struct arena *a, struct pairs_of *p, const char *text, int64_t id)
{
	if (p->count + 2 > p->room) {
		const size_t room = p->room > 0 ? p->room * 2 : 256;
		struct arg *more = NEW_ARRAY(a, struct arg, room);

		if (p->count > 0)
			memcpy(more, p->at, p->count * sizeof(*more));
		p->at = more;
		p->room = room;
	}
	p->at[p->count++] = ARG(text);
	p->at[p->count++] = ARG(id);
}

static int
by_text(const void *a, const void *b)
{
	const struct arg *x = a, *y = b;

	return strcmp(x->as.text, y->as.text);
}

/* In the order of the table's key: that many rows go into few pages. */
static enum status
write_pairs(const struct dictionary *d, const char *head, struct pairs_of *p)
{
	if (p->count > 0)
		qsort(p->at, p->count / 2, 2 * sizeof(*p->at), by_text);
	return search_lots(d->by, head, 2, "", p->at, p->count / 2);
}

/* "aring", "ring", "ing" of "bearing". */
static void
add_endings(struct arena *a, struct pairs_of *p, const struct entry *e)
{
	const char *end = e->word + strlen(e->word), *last = end;

	for (int n = 0; n < ENDING_CHARS && last > e->word; n++)
		do
			last--;
		while (last > e->word && ((unsigned char)*last & 0xc0) == 0x80);
	for (const char *from = e->word + 1; from <= last; from++)
		if (((unsigned char)*from & 0xc0) != 0x80)
			add_pair(a, p, from, e->id);
}

/* By what else new words are found. */
static enum status
spread(struct dictionary *d, const struct arg *fresh, size_t count)
{
	struct arena *a = d->by->arena;
	struct pairs_of endings = { 0 }, typos = { 0 };
	enum status e;

	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = *place(d, fresh[i].as.text);
		const struct spellings s = spelling_typos(a, entry->word);

		add_endings(a, &endings, entry);
		for (size_t t = 0; strlen(entry->word) >= ENDING_CHARS && t < s.count; t++)
			add_pair(a, &typos, s.at[t].word, entry->id);
	}
	e = write_pairs(d, "INSERT IGNORE INTO search_ending (ending, word_id) VALUES", &endings);
	if (e)
		return e;
	return write_pairs(d, "INSERT IGNORE INTO search_typo (typo, word_id) VALUES", &typos);
}

static enum status
resolve(struct dictionary *d)
{
	struct arg *fresh = NEW_ARRAY(d->by->arena, struct arg, d->count + 1);
	size_t n = 0;
	enum status e = look_up(d, d->words, d->count);

	for (size_t i = 0; !e && i < d->count; i++)
		if ((*place(d, d->words[i].as.text))->id == 0)
			fresh[n++] = d->words[i];
	if (e || n == 0)
		return e;
	e = search_lots(d->by, "INSERT INTO search_word (word) VALUES", 1, "", fresh, n);
	if (!e)
		e = look_up(d, fresh, n);
	return e ? e : spread(d, fresh, n);
}

static int
by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void
search_terms_sort(struct search_terms *t)
{
	size_t n = 0;

	if (t->count == 0)
		return;
	qsort(t->at, t->count, sizeof(*t->at), by_value);
	for (size_t i = 0; i < t->count; i++)
		if (n == 0 || t->at[n - 1] != t->at[i])
			t->at[n++] = t->at[i];
	t->count = n;
}

static int64_t
digits_of(int64_t uses)
{
	int64_t n = 0;

	for (; uses > 0 && n < MOST_USES; uses /= 2)
		n++;
	return n;
}

/* Whose it is, how much it is used, where it lies. */
static void
add_others(struct search_terms *t, const struct search_source *s)
{
	const int64_t uses = digits_of(s->uses);

	if (s->department_id.known)
		t->at[t->count++] = TERM(TERM_DEPARTMENT, s->department_id.n);
	if (s->assignee_id.known)
		t->at[t->count++] = TERM(TERM_ASSIGNEE, s->assignee_id.n);
	if (s->reporter_id.known)
		t->at[t->count++] = TERM(TERM_REPORTER, s->reporter_id.n);
	if (s->free && s->department_id.known)
		t->at[t->count++] = TERM(TERM_FREE, s->department_id.n);
	if (uses > 0)
		t->at[t->count++] = TERM(TERM_USES, uses);
	if (s->archived)
		t->at[t->count++] = TERM(TERM_ARCHIVED, 0);
	for (size_t i = 0; i < SEARCH_PLACES; i++)
		if (strcmp(s->place, search_places[i].kind) == 0)
			t->at[t->count++] = TERM(TERM_OF, i);
}

static struct search_terms
terms_of(const struct actor *by, const struct mentions *m, const struct search_source *s)
{
	struct search_terms t = { NEW_ARRAY(by->arena, int64_t, 2 * m->count + OTHER_TERMS), 0 };

	for (size_t i = 0; i < m->count; i++) {
		t.at[t.count++] = TERM(TERM_WORD, m->at[i].entry->id);
		if (m->at[i].title)
			t.at[t.count++] = TERM(TERM_TITLE, m->at[i].entry->id);
	}
	add_others(&t, s);
	search_terms_sort(&t);
	return t;
}

enum status
search_terms(const struct actor *by, const struct rows *sources, struct search_terms *out)
{
	struct dictionary *d = NEW(by->arena, struct dictionary);
	struct mentions *m = NEW_ARRAY(by->arena, struct mentions, sources->count + 1);
	enum status e;

	d->by = by;
	for (size_t i = 0; i < sources->count; i++)
		m[i] = read_record(d, row_at(sources, i));
	e = resolve(d);
	for (size_t i = 0; !e && i < sources->count; i++)
		out[i] = terms_of(by, &m[i], row_at(sources, i));
	return e;
}

const char *
search_terms_text(const struct actor *by, const struct search_terms *t)
{
	struct buf out = { .arena = by->arena };

	buf_text(&out, "");
	for (size_t i = 0; i < t->count; i++)
		buf_print(&out, "%s%" PRId64, i > 0 ? " " : "", t->at[i]);
	return out.text;
}

struct search_terms
search_terms_read(const struct actor *by, const char *text)
{
	struct search_terms t = { NEW_ARRAY(by->arena, int64_t, strlen(text) / 2 + 2), 0 };
	char *end;

	for (const char *p = text; *p != '\0'; p = end) {
		t.at[t.count] = strtoll(p, &end, 10);
		if (end == p)
			break;
		t.count++;
	}
	return t;
}
