/* search_index.c: the records of a batch, into the index; see search_index.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/actor.h"
#include "model/search_index.h"
#include "model/search_index_inside.h"
#include "model/search_terms.h"
#include "rule/chunk.h"

/* A record comes to a term, or leaves it. */
struct change {
	int64_t term, chunk, member;
	bool in;
};

/* The set of a term and chunk. */
struct posting {
	int64_t term, chunk;
	const char *members;
	struct chunk set;
};

static const struct field posting_fields[] = {
	FIELD(struct posting, term),
	FIELD(struct posting, chunk),
	FIELD(struct posting, members),
};

static const struct shape posting_shape = SHAPE(struct posting, posting_fields);

struct known {
	int64_t record_id;
	const char *terms;
};

static const struct field known_fields[] = {
	FIELD(struct known, record_id),
	FIELD(struct known, terms),
};

static const struct shape known_shape = SHAPE(struct known, known_fields);

struct batch {
	const struct actor *by;
	enum search_kind kind;
	struct search_terms *before; /* of each id: what it was found by */
	const int64_t *ids;          /* ascending */
	size_t count;
	struct change *changes;
	size_t change_count, change_room;
	struct posting *postings;
	size_t posting_count;
};

static int
by_id(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static enum status
take_known(void *with, const void *record)
{
	struct batch *b = with;
	const struct known *k = record;
	const int64_t *at = bsearch(&k->record_id, b->ids, b->count, sizeof(*b->ids), by_id);

	if (at != NULL)
		b->before[at - b->ids] = search_terms_read(b->by, k->terms);
	return OK;
}

static void
change(struct batch *b, int64_t id, int64_t term, bool in)
{
	if (b->change_count == b->change_room) {
		const size_t room = b->change_room > 0 ? b->change_room * 2 : 256;
		struct change *more = NEW_ARRAY(b->by->arena, struct change, room);

		if (b->change_count > 0)
			memcpy(more, b->changes, b->change_count * sizeof(*more));
		b->changes = more;
		b->change_room = room;
	}
	b->changes[b->change_count++] =
	    (struct change){ term, id / CHUNK_SIZE, id % CHUNK_SIZE, in };
}

/* What is in one list and not in the other; answers whether there is anything. */
static bool
compare(struct batch *b, int64_t id, const struct search_terms *was, const struct search_terms *is)
{
	const size_t before = b->change_count;
	size_t w = 0, i = 0;

	while (w < was->count || i < is->count) {
		if (i == is->count || (w < was->count && was->at[w] < is->at[i]))
			change(b, id, was->at[w++], false);
		else if (w == was->count || is->at[i] < was->at[w])
			change(b, id, is->at[i++], true);
		else
			w++, i++;
	}
	return b->change_count > before;
}

static int
by_place(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	return (x->chunk > y->chunk) - (x->chunk < y->chunk);
}

static struct posting *
posting_of(struct batch *b, int64_t term, int64_t chunk)
{
	size_t low = 0, high = b->posting_count;

	while (low < high) {
		const size_t mid = (low + high) / 2;
		const struct posting *p = &b->postings[mid];

		if (p->term < term || (p->term == term && p->chunk < chunk))
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->posting_count && b->postings[low].term == term &&
		       b->postings[low].chunk == chunk
		   ? &b->postings[low]
		   : NULL;
}

static enum status
take_posting(void *with, const void *record)
{
	const struct posting *row = record;
	struct posting *p = posting_of(with, row->term, row->chunk);

	if (p != NULL)
		chunk_add(&p->set, row->members);
	return OK;
}

/* The sets that change, as they are. */
static enum status
read_postings(struct batch *b)
{
	static const char head[] = "SELECT term, chunk, members FROM search_posting"
				   " WHERE kind = ? AND chunk = ? AND term";
	struct arg *terms = NEW_ARRAY(b->by->arena, struct arg, b->change_count + 1);
	enum status e = OK;

	b->postings = NEW_ARRAY(b->by->arena, struct posting, b->change_count + 1);
	for (size_t i = 0; i < b->change_count; i++) {
		const struct change *c = &b->changes[i];

		if (i == 0 || by_place(c - 1, c) != 0) {
			b->postings[b->posting_count].term = c->term;
			b->postings[b->posting_count++].chunk = c->chunk;
		}
	}
	for (int64_t chunk = b->ids[0] / CHUNK_SIZE;
	     !e && chunk <= b->ids[b->count - 1] / CHUNK_SIZE; chunk++) {
		size_t n = 0;

		for (size_t i = 0; i < b->posting_count; i++)
			if (b->postings[i].chunk == chunk)
				terms[n++] = ARG(b->postings[i].term);
		e = search_in(b->by, head, "", ARGS(ARG((int)b->kind), ARG(chunk)), terms, n,
		    &posting_shape, take_posting, b);
	}
	return e;
}

static enum status
write_postings(struct batch *b)
{
	enum { WIDTH = 4 };
	struct arena *a = b->by->arena;
	struct arg *args = NEW_ARRAY(a, struct arg, b->posting_count * WIDTH + 1);
	char text[CHUNK_TEXT + 1];

	for (size_t i = 0; i < b->change_count; i++) {
		const struct change *c = &b->changes[i];

		chunk_put(&posting_of(b, c->term, c->chunk)->set, c->member, c->in);
	}
	for (size_t i = 0; i < b->posting_count; i++) {
		struct arg *row = &args[i * WIDTH];

		chunk_text(&b->postings[i].set, text);
		row[0] = ARG((int)b->kind);
		row[1] = ARG(b->postings[i].term);
		row[2] = ARG(b->postings[i].chunk);
		row[3] = ARG(arena_text(a, text, strlen(text)));
	}
	return search_lots(b->by, "INSERT INTO search_posting (kind, term, chunk, members) VALUES",
	    WIDTH, "ON DUPLICATE KEY UPDATE members = VALUES(members)", args, b->posting_count);
}

/* Words are counted so that of many that fit the usual ones are taken. */
static enum status
count_words(struct batch *b)
{
	enum { WIDTH = 3 };
	struct arg *args = NEW_ARRAY(b->by->arena, struct arg, b->change_count * WIDTH + 1);
	size_t rows = 0;

	for (size_t i = 0; i < b->change_count;) {
		const int64_t term = b->changes[i].term;
		int64_t uses = 0;

		for (; i < b->change_count && b->changes[i].term == term; i++)
			uses += b->changes[i].in ? 1 : -1;
		if (term >= TERM(TERM_TITLE, 0) || uses == 0)
			continue;
		args[rows * WIDTH] = ARG(term);
		/* The row is there: this one only has to differ from any word. */
		args[rows * WIDTH + 1] = ARG("");
		args[rows++ * WIDTH + 2] = ARG(uses);
	}
	return search_lots(b->by, "INSERT INTO search_word (id, word, uses) VALUES", WIDTH,
	    "ON DUPLICATE KEY UPDATE uses = GREATEST(0, uses + VALUES(uses))", args, rows);
}

/* Compares each record with what it was; *is: the terms of each id, none of one that is gone. */
static enum status
write_records(struct batch *b, const struct search_terms *is)
{
	enum { WIDTH = 3 };
	struct arg *args = NEW_ARRAY(b->by->arena, struct arg, b->count * WIDTH + 1);
	size_t rows = 0;

	for (size_t i = 0; i < b->count; i++)
		if (compare(b, b->ids[i], &b->before[i], &is[i])) {
			args[rows * WIDTH] = ARG((int)b->kind);
			args[rows * WIDTH + 1] = ARG(b->ids[i]);
			args[rows++ * WIDTH + 2] = ARG(search_terms_text(b->by, &is[i]));
		}
	return search_lots(b->by, "INSERT INTO search_record (kind, record_id, terms) VALUES",
	    WIDTH, "ON DUPLICATE KEY UPDATE terms = VALUES(terms)", args, rows);
}

/* The terms by the ids; sources may be fewer. */
static struct search_terms *
by_ids(const struct batch *b, const struct rows *sources, const struct search_terms *terms)
{
	struct search_terms *is = NEW_ARRAY(b->by->arena, struct search_terms, b->count);

	for (size_t i = 0; i < sources->count; i++) {
		const struct search_source *s = row_at(sources, i);
		const int64_t *at = bsearch(&s->id, b->ids, b->count, sizeof(*b->ids), by_id);

		if (at != NULL)
			is[at - b->ids] = terms[i];
	}
	return is;
}

enum status
search_index(const struct actor *by, enum search_kind kind, const int64_t *ids, size_t count,
    const struct rows *sources)
{
	static const char known[] = "SELECT record_id, terms FROM search_record"
				    " WHERE kind = ? AND record_id";
	struct search_terms *terms = NEW_ARRAY(by->arena, struct search_terms, sources->count + 1);
	struct arg *args = NEW_ARRAY(by->arena, struct arg, count + 1);
	struct batch b = { .by = by, .kind = kind, .ids = ids, .count = count };
	enum status e;

	if (count == 0)
		return OK;
	b.before = NEW_ARRAY(by->arena, struct search_terms, count);
	for (size_t i = 0; i < count; i++)
		args[i] = ARG(ids[i]);
	e = search_terms(by, sources, terms);
	if (!e)
		e = search_in(
		    by, known, "", ARGS(ARG((int)kind)), args, count, &known_shape, take_known, &b);
	if (!e)
		e = write_records(&b, by_ids(&b, sources, terms));
	if (e || b.change_count == 0)
		return e;
	qsort(b.changes, b.change_count, sizeof(*b.changes), by_place);
	e = read_postings(&b);
	if (!e)
		e = write_postings(&b);
	return e ? e : count_words(&b);
}
