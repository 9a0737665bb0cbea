/* search_find.c: see search.h. */
#include <string.h>

#include "base/arena.h"
#include "model/actor.h"
#include "model/search_sets.h"
#include "model/search_tokens.h"

struct finding {
	const struct actor *by;
	const struct search_tokens *tokens;
	bool kinds[SEARCH_KINDS];
	struct search_sets sets;
};

static int64_t
found(const struct finding *f)
{
	int64_t n = 0;

	for (int k = 1; k < SEARCH_KINDS; k++)
		n += f->sets.counts[k];
	return n;
}

/* How many there are, and which of them are shown. */
static struct search_ids
choose(const struct finding *f, const struct search_query *q, enum search_kind kind,
    const struct search_ids *numbers, struct search_group *out)
{
	const bool asked = q->kind == SEARCH_ALL || q->kind == kind;
	const int most = asked ? q->most : 0;
	struct search_ids ids = {
		NEW_ARRAY(f->by->arena, int64_t, (size_t)most + numbers->count + 1), 0
	};

	out->count = f->sets.counts[kind];
	out->at_least = f->tokens->cut && out->count > 0;
	for (size_t i = 0; kind == SEARCH_WORK_ORDER && i < numbers->count; i++) {
		out->count += !search_sets_have(&f->sets.tiers[kind], numbers->at[i]);
		if (q->after == 0)
			ids.at[ids.count++] = numbers->at[i];
	}
	search_sets_choose(&f->sets.tiers[kind], q->after, most + 1, &ids);
	out->more = (int)ids.count > most;
	if (out->more)
		ids.count = (size_t)most;
	return ids;
}

static void
tell_words(const struct finding *f, struct search_found *out)
{
	const struct search_tokens *tokens = f->tokens;
	struct search_word *w =
	    NEW_ARRAY(f->by->arena, struct search_word, MOST_TOKENS * MOST_ALTERNATIVES);

	out->words = (struct rows){ &search_word_shape, w, 0 };
	for (size_t t = 0; t < tokens->count; t++)
		for (size_t i = 0; i < tokens->at[t].count; i++)
			w[out->words.count++] = tokens->at[t].at[i].word;
	out->meant = tokens->meant;
}

/* The words as typed; then, when nothing has them all, with a letter wrong. */
static enum status
find_all(struct finding *f, const char *typed, struct search_tokens *tokens, bool numbers)
{
	bool more;
	enum status e =
	    search_tokens_read(f->by, numbers && strchr(typed, '-') != NULL ? "" : typed, tokens);

	f->tokens = tokens;
	if (!e && !numbers)
		e = search_tokens_correct(f->by, tokens, false, &more);
	if (!e)
		e = search_sets_find(f->by, tokens, f->kinds, &f->sets);
	if (e || numbers || tokens->count == 0 || found(f) > 0)
		return e;
	e = search_tokens_correct(f->by, tokens, true, &more);
	return e || !more ? e : search_sets_find(f->by, tokens, f->kinds, &f->sets);
}

enum status
search_find(const struct actor *by, const struct search_query *q, struct search_found *out)
{
	struct finding f = { .by = by };
	struct search_tokens tokens;
	struct search_ids numbers = { 0 }, ids[SEARCH_KINDS] = { 0 };
	enum status e = OK;

	*out = (struct search_found){ .words = { .shape = &search_word_shape } };
	for (int k = 1; k < SEARCH_KINDS; k++) {
		f.kinds[k] = permission_reach(by->role, search_tables[k].view) != REACH_NONE;
		out->groups[k].hits.shape = &search_hit_shape;
	}
	if (f.kinds[SEARCH_WORK_ORDER])
		e = search_numbers(by, q->typed, &numbers);
	if (!e)
		e = find_all(&f, q->typed, &tokens, numbers.count > 0);
	for (int k = 1; k < SEARCH_KINDS && !e; k++) {
		ids[k] = choose(&f, q, (enum search_kind)k, &numbers, &out->groups[k]);
		out->count += out->groups[k].count;
	}
	if (!e)
		e = search_hits(by, ids, &tokens, out->groups);
	if (e)
		return e;
	tell_words(&f, out);
	out->sole = out->count == 1 && !out->meant &&
		    (numbers.count == 1 || (tokens.code && strcmp(tokens.at[0].at[0].word.word,
							       tokens.at[0].typed) == 0));
	return OK;
}
