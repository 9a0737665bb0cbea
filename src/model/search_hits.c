/* search_hits.c: see search_hits.h. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "model/actor.h"
#include "model/scope.h"
#include "model/search_hits.h"
#include "model/search_tokens.h"
#include "rule/number.h"

enum { NUMBERS = 20, YEARS = 10, MOST_DIGITS = 10, LEAST_NUMBER = 4 };
enum { FEW = 16, MOST_FIRST = 16 }; /* ids of a kind; arguments before them */

/* Where the hits go: by the places of their ids. */
struct sorting {
	const struct search_ids *ids;
	struct search_hit *hits[SEARCH_KINDS];
};

static enum status
sort_in(void *with, const void *record)
{
	struct sorting *s = with;
	const struct search_hit *hit = record;
	const struct search_ids *ids = &s->ids[hit->kind];

	for (size_t i = 0; i < ids->count; i++)
		if (ids->at[i] == hit->id)
			s->hits[hit->kind][i] = *hit;
	return OK;
}

/* The kinds of records, but work orders, whose documents the actor may see: "machine,part". */
static const char *
places_of(const struct actor *by)
{
	struct buf out = { .arena = by->arena };

	buf_text(&out, "");
	for (int i = 0; i < SEARCH_PLACES; i++)
		if (i != PLACE_WORK_ORDER &&
		    permission_reach(by->role, search_places[i].view) != REACH_NONE)
			buf_print(&out, "%s%s", out.len > 0 ? "," : "", search_places[i].kind);
	return out.text;
}

/* What stands before the ids in the statement of a kind; args: room for them. */
static size_t
put_first(const struct actor *by, int kind, const struct search_tokens *tokens, struct arg *args)
{
	const struct scope s = scope_of(by, WORK_ORDER_VIEW);
	const char *word =
	    tokens->count > 0 && tokens->at[0].count > 0 ? tokens->at[0].at[0].word.word : "";
	const struct args first = kind == SEARCH_WORK_ORDER ? ARGS(LANGUAGE(by), SCOPE_ARGS(s))
				  : kind == SEARCH_DOCUMENT
				      ? ARGS(ARG(word), SCOPE_ARGS(s), ARG(places_of(by)))
				      : NO_ARGS;

	for (size_t i = 0; i < first.count; i++)
		args[i] = first.at[i];
	return first.count;
}

/* A few of each kind, in one statement. */
static enum status
read_few(const struct actor *by, const struct search_tokens *tokens, struct sorting *sorting)
{
	const char *marks = search_marks(by, FEW);
	struct buf sql = { .arena = by->arena };
	struct arg args[SEARCH_KINDS * (FEW + MOST_FIRST)];
	struct rows rows = { .shape = &search_hit_shape };
	size_t n = 0;
	enum status e;

	for (int k = 1; k < SEARCH_KINDS; k++) {
		const struct search_ids *ids = &sorting->ids[k];

		if (ids->count == 0)
			continue;
		buf_print(
		    &sql, "%s%s IN (%s)", n > 0 ? " UNION ALL " : "", search_tables[k].hits, marks);
		n += put_first(by, k, tokens, &args[n]);
		for (size_t i = 0; i < FEW; i++)
			args[n++] = ARG(ids->at[i < ids->count ? i : 0]);
	}
	if (n == 0)
		return OK;
	e = db_rows(
	    by->db, by->arena, sql.text, (struct args){ args, n }, &search_hit_shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++)
		e = sort_in(sorting, row_at(&rows, i));
	return e;
}

static enum status
read_many(
    const struct actor *by, int kind, const struct search_tokens *tokens, struct sorting *sorting)
{
	const struct search_ids *ids = &sorting->ids[kind];
	struct arg first[MOST_FIRST], *args = NEW_ARRAY(by->arena, struct arg, ids->count + 1);
	const size_t n = put_first(by, kind, tokens, first);

	for (size_t i = 0; i < ids->count; i++)
		args[i] = ARG(ids->at[i]);
	return search_in(by, search_tables[kind].hits, "", (struct args){ first, n }, args,
	    ids->count, &search_hit_shape, sort_in, sorting);
}

enum status
search_hits(const struct actor *by, const struct search_ids ids[SEARCH_KINDS],
    const struct search_tokens *tokens, struct search_group out[SEARCH_KINDS])
{
	struct sorting sorting = { .ids = ids };
	bool few = true;
	enum status e = OK;

	for (int k = 1; k < SEARCH_KINDS; k++) {
		few = few && ids[k].count <= FEW;
		sorting.hits[k] = NEW_ARRAY(by->arena, struct search_hit, ids[k].count + 1);
	}
	if (few)
		e = read_few(by, tokens, &sorting);
	for (int k = 1; !e && !few && k < SEARCH_KINDS; k++)
		e = read_many(by, k, tokens, &sorting);
	for (int k = 1; k < SEARCH_KINDS; k++) {
		struct rows *hits = &out[k].hits;

		*hits = (struct rows){ &search_hit_shape, sorting.hits[k], 0 };
		for (size_t i = 0; !e && i < ids[k].count; i++)
			if (sorting.hits[k][i].id != 0)
				sorting.hits[k][hits->count++] = sorting.hits[k][i];
	}
	return e;
}

struct one {
	int64_t id;
};

static const struct field one_fields[] = { FIELD(struct one, id) };
static const struct shape one_shape = SHAPE(struct one, one_fields);

/* The number as typed and as the program writes it, of each of the last years. */
static enum status
by_digits(const struct actor *by, const char *digits, struct rows *out)
{
	const struct scope s = scope_of(by, WORK_ORDER_VIEW);
	const char *sql = arena_print(by->arena,
	    "SELECT w.id FROM work_order w WHERE " SCOPE
	    " AND w.number IN (%s) ORDER BY w.id DESC LIMIT 20",
	    search_marks(by, (size_t)YEARS * 2));
	const struct args scope = ARGS(SCOPE_ARGS(s));
	struct arg args[2 * YEARS + 8];
	const int year = civil_of(by->now).year;
	size_t n = 0;

	for (; n < scope.count; n++)
		args[n] = scope.at[n];
	for (int y = year; y > year - YEARS; y--) {
		args[n++] = ARG(work_order_number(by->arena, y, strtoll(digits, NULL, 10)));
		args[n++] = ARG(arena_print(by->arena, "WO-%d-%s", y, digits));
	}
	return db_rows(by->db, by->arena, sql, (struct args){ args, n }, &one_shape, out);
}

static enum status
by_beginning(const struct actor *by, const char *typed, struct rows *out)
{
	static const char sql[] = "SELECT w.id FROM work_order w WHERE " SCOPE
				  " AND w.number LIKE ? ORDER BY w.number DESC LIMIT ?";
	const struct scope s = scope_of(by, WORK_ORDER_VIEW);

	return db_rows(by->db, by->arena, sql,
	    ARGS(SCOPE_ARGS(s), ARG(arena_print(by->arena, "%s%%", text_like(by->arena, typed))),
		ARG(NUMBERS)),
	    &one_shape, out);
}

enum status
search_numbers(const struct actor *by, const char *typed, struct search_ids *out)
{
	const char *number = text_trim(by->arena, typed);
	const size_t digits = strspn(number, "0123456789");
	struct rows rows = { .shape = &one_shape };
	enum status e = OK;

	if (digits > 0 && digits <= MOST_DIGITS && number[digits] == '\0')
		e = by_digits(by, number, &rows);
	else if (text_starts(text_lower(by->arena, number), "wo-") &&
		 strlen(number) >= LEAST_NUMBER && strlen(number) <= 20)
		e = by_beginning(by, number, &rows);
	out->at = NEW_ARRAY(by->arena, int64_t, rows.count + 1);
	for (out->count = 0; !e && out->count < rows.count; out->count++)
		out->at[out->count] = ((struct one *)row_at(&rows, out->count))->id;
	return e;
}

struct exact {
	const char *path;
};

static const struct field exact_fields[] = { FIELD(struct exact, path) };
static const struct shape exact_shape = SHAPE(struct exact, exact_fields);

enum status
search_exact(const struct actor *by, const char *typed, const char **path)
{
	static const char sql[] =
	    "SELECT CONCAT('/machines/', m.id) AS path FROM machine m WHERE m.number = ?"
	    " UNION SELECT CONCAT('/machines/', m.id) FROM machine m WHERE m.code = ?"
	    " UNION SELECT CONCAT('/parts/', COALESCE(p.merged_into_id, p.id)) FROM part p"
	    " WHERE p.number = ? AND ?"
	    " UNION SELECT CONCAT('/parts/', COALESCE(p.merged_into_id, p.id)) FROM part p"
	    " WHERE p.code = ? AND ?"
	    " UNION SELECT CONCAT('/locations/', COALESCE(l.merged_into_id, l.id)) FROM location l"
	    " WHERE l.code = ?"
	    " UNION SELECT CONCAT('/work-orders/', w.id) FROM work_order w WHERE w.number = ?"
	    " AND " SCOPE " LIMIT 2";
	const struct scope s = scope_of(by, WORK_ORDER_VIEW);
	const char *number = text_trim(by->arena, typed), *code = code_in(by->arena, number);
	const bool parts = permission_reach(by->role, PART_VIEW) != REACH_NONE;
	struct rows rows;
	enum status e;

	if (text_length(number) > 40)
		number = code;
	if (text_empty(number))
		return NOT_FOUND;
	code = code != NULL ? code : "";
	e = db_rows(by->db, by->arena, sql,
	    ARGS(ARG(number), ARG(code), ARG(number), ARG(parts), ARG(code), ARG(parts), ARG(code),
		ARG(number), SCOPE_ARGS(s)),
	    &exact_shape, &rows);
	if (!e && rows.count != 1)
		e = NOT_FOUND;
	if (!e)
		*path = ((struct exact *)row_at(&rows, 0))->path;
	return e;
}
