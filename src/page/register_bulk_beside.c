/* register_bulk_beside.c: see register_bulk_beside.h. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/tag.h"
#include "page/register_bulk_beside.h"

enum { TEXT_LONGEST = 400, TAGS_LONGEST = 800 };

bool
bulk_beside_may(const struct custom_field *f)
{
	return strcmp(f->type, "TEXT") == 0 || strcmp(f->type, "CHOICE") == 0;
}

static void
of_tags(struct bulk_beside *b, bool takes)
{
	b->tags = true;
	b->takes = takes;
	b->at = b->extra.fields.count;
	b->label = "Tags";
	b->rule =
	    (struct rule){ .field = { takes ? "tags_remove" : "tags_add", TYPE_TEXT, 0, NULL },
		    .kind = RULE_PLAIN,
		    .label = takes ? "Tags to take away" : "Tags to add",
		    .hint = "Words that group records; commas between them.",
		    .required = true,
		    .most = TAGS_LONGEST };
}

static enum status
of_field(struct bulk_beside *b, const char *what)
{
	for (size_t i = 0; i < b->extra.fields.count; i++) {
		const struct custom_field *f = row_at(&b->extra.fields, i);
		const struct field *member = &b->extra.shape->fields[i];

		if (strcmp(member->name, what) != 0 || !bulk_beside_may(f))
			continue;
		b->at = i;
		b->label = f->label;
		b->rule = (struct rule){ .field = { member->name, TYPE_TEXT, 0, member->words },
			.kind = member->words != NULL ? RULE_CHOICE : RULE_PLAIN,
			.label = f->label,
			.required = f->required,
			.most = TEXT_LONGEST };
		return OK;
	}
	return NOT_FOUND;
}

enum status
bulk_beside(struct request *rq, const struct reg *reg, const char *what, struct bulk_beside *b)
{
	const bool adds = strcmp(what, "tags_add") == 0, takes = strcmp(what, "tags_remove") == 0;
	enum status e = NOT_FOUND;

	*b = (struct bulk_beside){ 0 };
	if ((adds || takes || text_starts(what, "custom_")) &&
	    word_index(&custom_kind_words, reg->table->name) >= 0)
		e = extra_of(rq->by, reg->table->name, &b->extra);
	if (e)
		return e;
	if (!adds && !takes)
		return of_field(b, what);
	of_tags(b, takes);
	return OK;
}

/* Is the name one of "Critical, pump"? */
static bool
is_among(struct arena *arena, const char *name, const char *names)
{
	while (*names != '\0') {
		const size_t len = strcspn(names, ",");

		if (strcasecmp(name, text_trim(arena, arena_text(arena, names, len))) == 0)
			return true;
		names += len + (names[len] == ',');
	}
	return false;
}

/* The tags without those; or with them, which extra_set() puts into order. */
static const char *
tags_after(const struct actor *by, const char *now, const char *typed, bool takes)
{
	struct buf left = { .arena = by->arena };

	if (!takes)
		return arena_print(by->arena, "%s, %s", now, typed);
	buf_text(&left, "");
	while (*now != '\0') {
		const size_t len = strcspn(now, ",");
		const char *one = text_trim(by->arena, arena_text(by->arena, now, len));

		if (!is_among(by->arena, one, typed))
			buf_print(&left, "%s,", one);
		now += len + (now[len] == ',');
	}
	return left.text;
}

enum status
bulk_beside_set(const struct actor *by, struct bulk_beside *b, int64_t record_id, const char *typed,
    const char **why)
{
	enum status e = extra_find(by, &b->extra, record_id);

	if (e)
		return e;
	if (b->tags)
		typed = tags_after(
		    by, extra_text(by, &b->extra, b->extra.values, b->at), typed, b->takes);
	*why = extra_set(by, &b->extra, b->at, typed);
	return OK;
}
