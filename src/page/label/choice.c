/* choice.c: see choice.h. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "model/site.h"
#include "page/label/choice.h"
#include "page/page.h"
#include "view/label_format.h"

const struct label_kind label_kinds[] = {
	{ "machine", "Machines", "machines", MACHINE_VIEW, "Scan to report a problem",
	    "Number or code of a machine" },
	{ "location", "Locations", "places", LOCATION_VIEW, "Scan to see what stands here",
	    "Number or code of a location" },
	{ "part", "Spare parts", "parts", PART_VIEW, "Scan to ask for it or to issue it",
	    "Number or code of a part" },
	{ "user", "People", "users", USER_VIEW, NULL, "E-mail or badge code of a person" },
};

const size_t label_kind_count = COUNT(label_kinds);

const char *const choice_lines[LINES] = { "name", "number", "place", "hint", "site" };
const char *const choice_fields[] = { "kind", "ids", "format", "start", "copies", "level",
	"printer", "set", "name", "number", "place", "hint", "site", NULL };

static int64_t
number_of(const struct pairs *from, const char *name, int64_t least, int64_t most)
{
	const char *text = pairs_get(from, name);
	int64_t n = text != NULL ? strtoll(text, NULL, 10) : least;

	return n < least ? least : n > most ? most : n;
}

static bool
has(const struct choice *c, int64_t id)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->ids[i] == id)
			return true;
	return false;
}

static void
ids_read(struct choice *c, const char *text)
{
	while (text != NULL && *text != '\0' && c->count < LABEL_RECORDS) {
		char *end;
		int64_t id = strtoll(text, &end, 10);

		if (id > 0 && !has(c, id))
			c->ids[c->count++] = id;
		text = end + (*end != '\0');
	}
}

static const struct label_kind *
kind_read(const char *code)
{
	for (size_t i = 0; i < COUNT(label_kinds); i++)
		if (text_same(label_kinds[i].code, code))
			return &label_kinds[i];
	return &label_kinds[0];
}

static enum status
records_read(struct request *rq, struct choice *c)
{
	enum status e = label_records(rq->by, c->kind->code,
	    arena_print(rq->arena, "[%s]", choice_ids(rq, c, 0, 0)), &c->records);

	if (!e)
		e = printer_list(rq->by, &c->printers);
	for (size_t i = 0; !e && i < c->printers.count; i++) {
		const struct printer *p = row_at(&c->printers, i);

		if (p->id == c->printer_id)
			c->printer = p;
	}
	return e;
}

static int64_t
copies_most(const struct choice *c)
{
	const int64_t most = c->count > 0 ? MOST_LABELS / (int64_t)c->count : MOST_COPIES;

	return most < MOST_COPIES ? most : MOST_COPIES;
}

enum status
choice_read(struct request *rq, const struct pairs *from, struct choice *c)
{
	const bool set = pairs_get(from, "set") != NULL;

	*c = (struct choice){ .kind = kind_read(pairs_get(from, "kind")),
		.format = label_format_of(pairs_get(from, "format")),
		.level = text_same(pairs_get(from, "level"), "M") ? QR_MEDIUM : QR_QUARTILE };
	if (permission_reach(rq->by->role, c->kind->view) == REACH_NONE)
		return FORBIDDEN;
	ids_read(c, pairs_get(from, "ids"));
	c->start = number_of(from, "start", 1, label_format_places(c->format));
	c->copies = number_of(from, "copies", 1, copies_most(c));
	c->printer_id = number_of(from, "printer", 0, INT64_MAX);
	for (int i = 0; i < LINES; i++)
		c->line[i] = set ? !text_empty(pairs_get(from, choice_lines[i])) : i != LINE_SITE;
	return records_read(rq, c);
}

const char *
choice_ids(struct request *rq, const struct choice *c, int64_t without, int64_t with)
{
	struct buf b = { .arena = rq->arena };

	buf_text(&b, "");
	for (size_t i = 0; i < c->count; i++)
		if (c->ids[i] != without)
			buf_print(&b, "%s%" PRId64, b.len > 0 ? "," : "", c->ids[i]);
	if (with != 0 && !has(c, with))
		buf_print(&b, "%s%" PRId64, b.len > 0 ? "," : "", with);
	return b.text;
}

const char *
choice_query(struct request *rq, const struct choice *c, const char *ids)
{
	struct buf b = { .arena = rq->arena };

	buf_print(&b,
	    "kind=%s&ids=%s&format=%s&start=%" PRId64 "&copies=%" PRId64 "&level=%s&set=1",
	    c->kind->code, ids != NULL ? ids : choice_ids(rq, c, 0, 0), c->format->code, c->start,
	    c->copies, c->level == QR_MEDIUM ? "M" : "Q");
	if (c->printer_id != 0)
		buf_print(&b, "&printer=%" PRId64, c->printer_id);
	for (int i = 0; i < LINES; i++)
		if (c->line[i])
			buf_print(&b, "&%s=1", choice_lines[i]);
	return b.text;
}

struct label *
choice_labels(struct request *rq, const struct choice *c, int64_t copies, size_t *count)
{
	struct label *list = NEW_ARRAY(rq->arena, struct label, c->records.count * (size_t)copies);
	const char *hint = c->kind->hint != NULL ? page_text(rq, c->kind->hint) : NULL;

	*count = 0;
	for (size_t i = 0; i < c->records.count; i++) {
		const struct label_record *r = row_at(&c->records, i);
		const struct label l = {
			.url = arena_print(rq->arena, "%s/q/%s", rq->kit->base_url, r->code),
			.code = r->code,
			.name = c->line[LINE_NAME] ? r->name : NULL,
			.number = c->line[LINE_NUMBER] ? r->number : NULL,
			.place = c->line[LINE_PLACE] ? r->place : NULL,
			.hint = c->line[LINE_HINT] ? hint : NULL,
			.site = c->line[LINE_SITE] ? rq->site->title : NULL,
		};

		for (int64_t j = 0; j < copies; j++)
			list[(*count)++] = l;
	}
	return list;
}

static double
number_in(struct decimal d)
{
	return d.known ? (double)d.units / (double)DECIMAL_ONE : 0;
}

struct label_print
choice_print(const struct choice *c)
{
	struct label_print how = {
		.format = c->format, .start = (int)c->start - 1, .level = c->level, .scale = 1
	};

	if (c->printer != NULL) {
		how.offset_x = number_in(c->printer->offset_x);
		how.offset_y = number_in(c->printer->offset_y);
		how.scale = number_in(c->printer->scale) / 100;
	}
	return how;
}
