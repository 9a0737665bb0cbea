/*
 * search_sets.c: see search_sets.h.
 *
 * Sets of 4096 records, a bit each: a record is found when it is, for each token, in the set of one
 * of its alternatives, and in a set of what the actor may see.  A million work orders are 245 sets
 * a word, so that all that fits is known and counted before the first record is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/actor.h"
#include "model/scope.h"
#include "model/search_sets.h"
#include "model/search_tokens.h"

enum { TITLE_BEGINS = 3, TITLE = 2, BEGINS = 1, SOMEHOW = 0, QUALITIES, STEPS = MOST_USES + 1 };

struct posting {
	int64_t kind, term, chunk;
	const char *members;
};

static const struct field fields[] = {
	FIELD(struct posting, kind),
	FIELD(struct posting, term),
	FIELD(struct posting, chunk),
	FIELD(struct posting, members),
};

static const struct shape shape = SHAPE(struct posting, fields);

/* Which token a term belongs to. */
struct mention {
	int64_t term;
	size_t token;
	bool begins;
};

struct finding {
	const struct actor *by;
	const struct search_tokens *tokens;
	const bool *kinds;
	struct scope scope;
	struct mention *roles;
	size_t role_count;
	struct arg *terms;
	size_t term_count;
	const struct posting **rows;
	size_t row_count, row_room;
	struct search_sets *out;
};

/* The sets of one chunk while they are put together. */
struct desk {
	struct chunk quality[MOST_TOKENS][4]; /* by TITLE_BEGINS … */
	struct chunk mine, orders, others, archived;
	struct chunk uses[STEPS];
};

static int
by_term(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;

	return (x->term > y->term) - (x->term < y->term);
}

static void
want(struct finding *f, enum search_class class, int64_t value)
{
	f->terms[f->term_count++] = ARG(TERM(class, value));
}

static void
want_words(struct finding *f)
{
	for (size_t t = 0; t < f->tokens->count; t++)
		for (size_t i = 0; i < f->tokens->at[t].count; i++) {
			const struct search_alternative *a = &f->tokens->at[t].at[i];

			f->roles[f->role_count++] =
			    (struct mention){ TERM(TERM_WORD, a->word.id), t, a->begins };
			f->roles[f->role_count++] =
			    (struct mention){ TERM(TERM_TITLE, a->word.id), t, a->begins };
			want(f, TERM_WORD, a->word.id);
			want(f, TERM_TITLE, a->word.id);
		}
	qsort(f->roles, f->role_count, sizeof(*f->roles), by_term);
}

static void
want_scope(struct finding *f)
{
	const struct actor *by = f->by;
	const struct scope *s = &f->scope;

	for (size_t i = 0; !s->all && i < by->department_count; i++) {
		if (s->departments[0] != '\0')
			want(f, TERM_DEPARTMENT, by->department[i]);
		if (s->free_in[0] != '\0')
			want(f, TERM_FREE, by->department[i]);
	}
	if (s->assignee != 0)
		want(f, TERM_ASSIGNEE, s->assignee);
	if (s->reporter != 0)
		want(f, TERM_REPORTER, s->reporter);
	for (int n = 1; n <= MOST_USES; n++)
		want(f, TERM_USES, n);
	want(f, TERM_ARCHIVED, 0);
	for (int i = 0; i < SEARCH_PLACES; i++)
		if (permission_reach(by->role, search_places[i].view) != REACH_NONE)
			want(f, TERM_OF, i);
}

static enum status
keep(void *with, const void *record)
{
	struct finding *f = with;

	if (f->row_count == f->row_room) {
		const size_t room = f->row_room > 0 ? f->row_room * 2 : 1024;
		const struct posting **more = NEW_ARRAY(f->by->arena, const struct posting *, room);

		if (f->row_count > 0)
			memcpy(more, f->rows, f->row_count * sizeof(*more));
		f->rows = more;
		f->row_room = room;
	}
	f->rows[f->row_count++] = record;
	return OK;
}

static int
by_chunk(const void *a, const void *b)
{
	const struct posting *x = *(const struct posting *const *)a;
	const struct posting *y = *(const struct posting *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->chunk < y->chunk) - (x->chunk > y->chunk);
}

static void
put_word(const struct finding *f, struct desk *d, const struct posting *p)
{
	const bool title = p->term >= TERM(TERM_TITLE, 0);
	const struct mention key = { .term = p->term };
	const struct mention *r =
	    bsearch(&key, f->roles, f->role_count, sizeof(*f->roles), by_term);
	struct chunk set = { 0 };

	if (r == NULL)
		return;
	chunk_add(&set, p->members);
	while (r > f->roles && r[-1].term == p->term)
		r--;
	for (; r < f->roles + f->role_count && r->term == p->term; r++) {
		struct chunk *of = d->quality[r->token];

		chunk_or(&of[title ? TITLE : SOMEHOW], &set);
		if (r->begins)
			chunk_or(&of[title ? TITLE_BEGINS : BEGINS], &set);
	}
}

static void
put(const struct finding *f, struct desk *d, const struct posting *p)
{
	const int64_t value = p->term & UINT32_MAX;

	switch ((enum search_class)(p->term >> 32)) {
	case TERM_WORD:
	case TERM_TITLE:
		put_word(f, d, p);
		break;
	case TERM_DEPARTMENT:
	case TERM_ASSIGNEE:
	case TERM_REPORTER:
	case TERM_FREE:
		chunk_add(&d->mine, p->members);
		break;
	case TERM_USES:
		if (value < STEPS)
			chunk_add(&d->uses[value], p->members);
		break;
	case TERM_ARCHIVED:
		chunk_add(&d->archived, p->members);
		break;
	case TERM_OF:
		chunk_add(value == PLACE_WORK_ORDER ? &d->orders : &d->others, p->members);
		break;
	}
}

static struct chunk
all_of(const struct finding *f, const struct desk *d, int quality)
{
	struct chunk set = d->quality[0][quality];

	for (size_t t = 1; t < f->tokens->count; t++)
		chunk_and(&set, &d->quality[t][quality]);
	return set;
}

/* Leaves in the set only what the actor may see. */
static void
narrow(const struct finding *f, struct desk *d, enum search_kind kind, struct chunk *set)
{
	if (kind == SEARCH_WORK_ORDER && !f->scope.all)
		chunk_and(set, &d->mine);
	if (kind != SEARCH_DOCUMENT)
		return;
	if (!f->scope.all)
		chunk_and(&d->orders, &d->mine);
	chunk_or(&d->others, &d->orders);
	chunk_and(set, &d->others);
}

static void
add_tier(struct finding *f, enum search_kind kind, int rank, int64_t chunk, const struct chunk *set)
{
	struct search_tiers *t = &f->out->tiers[kind];

	if (chunk_count(set) == 0)
		return;
	if (t->count == t->room) {
		const size_t room = t->room > 0 ? t->room * 2 : 64;
		struct search_tier *more = NEW_ARRAY(f->by->arena, struct search_tier, room);

		if (t->count > 0)
			memcpy(more, t->at, t->count * sizeof(*more));
		t->at = more;
		t->room = room;
	}
	t->at[t->count++] = (struct search_tier){ rank, chunk, *set };
}

/* The records of a quality by how much they are used; takes them out of what is left. */
static void
rank_all(struct finding *f, struct desk *d, enum search_kind kind, int64_t chunk, int quality,
    struct chunk *left)
{
	struct chunk set = all_of(f, d, quality), rest;

	chunk_and(&set, left);
	chunk_less(left, &set);
	rest = set;
	for (int u = STEPS - 1; u > 0; u--) {
		struct chunk step = rest;

		chunk_and(&step, &d->uses[u]);
		chunk_less(&rest, &step);
		add_tier(f, kind, quality * STEPS + u + 1, chunk, &step);
	}
	add_tier(f, kind, quality * STEPS + 1, chunk, &rest);
}

static void
chunk_done(struct finding *f, struct desk *d, enum search_kind kind, int64_t chunk)
{
	struct chunk left = all_of(f, d, SOMEHOW), old;

	narrow(f, d, kind, &left);
	f->out->counts[kind] += chunk_count(&left);
	old = left;
	chunk_and(&old, &d->archived);
	chunk_less(&left, &old);
	for (int q = kind == SEARCH_WORK_ORDER ? BEGINS : TITLE_BEGINS; q >= SOMEHOW; q--)
		rank_all(f, d, kind, chunk, q, &left);
	add_tier(f, kind, 0, chunk, &old);
}

/* Best rank first, newest first. */
static int
by_rank(const void *a, const void *b)
{
	const struct search_tier *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return (x->chunk < y->chunk) - (x->chunk > y->chunk);
}

static enum status
find_sets(struct finding *f)
{
	static const char head[] = "SELECT kind, term, chunk, members FROM search_posting"
				   " WHERE kind IN (?, ?, ?, ?, ?) AND term";
	struct desk *d = NEW(f->by->arena, struct desk);
	struct arg kinds[SEARCH_KINDS - 1];
	enum status e;

	for (int k = 1; k < SEARCH_KINDS; k++)
		kinds[k - 1] = ARG(f->kinds[k] ? k : 0);
	e = search_in(f->by, head, "", (struct args){ kinds, COUNT(kinds) }, f->terms,
	    f->term_count, &shape, keep, f);
	if (e || f->row_count == 0)
		return e;
	qsort(f->rows, f->row_count, sizeof(const struct posting *), by_chunk);
	for (size_t i = 0; i < f->row_count;) {
		const struct posting *first = f->rows[i];

		memset(d, 0, sizeof(*d));
		for (; i < f->row_count && by_chunk(&first, &f->rows[i]) == 0; i++)
			put(f, d, f->rows[i]);
		chunk_done(f, d, (enum search_kind)first->kind, first->chunk);
	}
	for (int k = 1; k < SEARCH_KINDS; k++)
		if (f->out->tiers[k].count > 0)
			qsort(f->out->tiers[k].at, f->out->tiers[k].count,
			    sizeof(struct search_tier), by_rank);
	return OK;
}

enum status
search_sets_find(const struct actor *by, const struct search_tokens *tokens,
    const bool kinds[SEARCH_KINDS], struct search_sets *out)
{
	const size_t words = MOST_TOKENS * MOST_ALTERNATIVES * 2;
	const size_t others = 2 * by->department_count + MOST_USES + SEARCH_PLACES + 4;
	struct finding f = { .by = by,
		.tokens = tokens,
		.kinds = kinds,
		.scope = scope_of(by, WORK_ORDER_VIEW),
		.out = out };

	*out = (struct search_sets){ 0 };
	for (size_t t = 0; t < tokens->count; t++)
		if (tokens->at[t].count == 0)
			return OK;
	if (tokens->count == 0)
		return OK;
	f.roles = NEW_ARRAY(by->arena, struct mention, words);
	f.terms = NEW_ARRAY(by->arena, struct arg, words + others);
	want_words(&f);
	want_scope(&f);
	return find_sets(&f);
}

bool
search_sets_have(const struct search_tiers *t, int64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].chunk == id / CHUNK_SIZE && chunk_has(&t->at[i].set, id % CHUNK_SIZE))
			return true;
	return false;
}

void
search_sets_choose(const struct search_tiers *t, int64_t after, int most, struct search_ids *out)
{
	const size_t numbers = out->count;
	bool seen = after == 0 || !search_sets_have(t, after);

	for (size_t i = 0; i < t->count && (int)out->count < most; i++)
		for (int64_t m = chunk_last(&t->at[i].set, CHUNK_SIZE);
		     m >= 0 && (int)out->count < most; m = chunk_last(&t->at[i].set, m)) {
			const int64_t id = t->at[i].chunk * CHUNK_SIZE + m;
			bool there = false;

			for (size_t n = 0; n < numbers; n++)
				there |= out->at[n] == id;
			if (seen && !there)
				out->at[out->count++] = id;
			seen |= id == after;
		}
}
