/* part.c: see part.h. */
#include "model/part.h"
#include "base/arena.h"
#include "base/text.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/merge.h"
#include "model/register.h"
#include "rule/number.h"
#include "rule/parts_request.h"

static const struct field fields[] = {
	FIELD(struct part, id),
	FIELD(struct part, code),
	FIELD(struct part, number),
	FIELD(struct part, name),
	FIELD(struct part, description),
	FIELD(struct part, group_name),
	FIELD(struct part, unit),
	FIELD(struct part, place),
	FIELD(struct part, on_hand),
	FIELD(struct part, reserved),
	FIELD(struct part, available),
	FIELD(struct part, minimum),
	FIELD(struct part, average_cost),
	FIELD(struct part, value),
	FIELD(struct part, below_minimum),
	FIELD(struct part, version),
	FIELD(struct part, archived_at),
};

const struct shape part_shape = SHAPE(struct part, fields);

/* What lies in the store is labelled, too. */
static void
fill(const struct actor *by, void *record)
{
	((struct part *)record)->code = code_fresh(by);
}

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	struct part *p = record;

	(void)by;
	(void)before;
	(void)refused;
	if (!p->minimum.known)
		p->minimum = (struct decimal){ true, 0 };
	if (text_empty(p->unit))
		p->unit = "pc";
	return OK;
}

static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	(void)by;
	if (((const struct part *)record)->on_hand.units != 0)
		*why = "Some are still on hand. Book them out first.";
	return OK;
}

static const struct reg_use uses[] = {
	{ "SELECT EXISTS (SELECT 1 FROM parts_request_line l"
	  " JOIN parts_request q ON q.id = l.parts_request_id"
	  " WHERE l.part_id = ? AND l.closed = FALSE"
	  " AND q.state IN ('REQUESTED','APPROVED','PARTLY_ISSUED'))",
	    "Parts requests still wait for it." },
	{ 0 },
};

/* Quantities change by movements, which tell of themselves. */
static const char *const stored[] = { "number", "name", "description", "group_name", "unit",
	"place", "minimum", NULL };
static const char *const given[] = { "code", NULL };
static const char *const like[] = { "number", "name", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, false },
	{ "number", { "number" }, true },
};
static const struct reg_filter filters[] = {
	{ "below", "below_minimum", REG_FLAG, NULL },
	{ "vendor", "id", REG_REF, "SELECT part_id AS id FROM part_vendor WHERE vendor_id" },
};

const struct reg_table part_table = {
	.name = "part",
	.shape = &part_shape,
	.columns = "r.id, r.code, r.number, r.name, r.description, r.group_name, r.unit, r.place,"
		   " r.on_hand,"
		   " r.reserved, r.on_hand - r.reserved AS available, r.minimum, r.average_cost,"
		   " CAST(LEAST(r.on_hand * r.average_cost, 9999999999.9999)"
		   " AS DECIMAL(18,4)) AS value, r.below_minimum,"
		   " r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.given = given,
	.title = "number",
	.words = "r.number, r.name, r.group_name",
	.like = like,
	.elsewhere = "SELECT part_id AS id, '' AS name FROM part_vendor WHERE number LIKE ?"
		     " LIMIT 100",
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.fill = fill,
	.check = check,
	.archivable = archivable,
	.uses = uses,
	.merge = &part_merge,
};

enum status
part_find(const struct actor *by, int64_t id, struct part *out)
{
	return reg_find(by, &part_table, id, out);
}

enum status
part_find_by_number(const struct actor *by, const char *number, struct part *out)
{
	enum status e = reg_find_by(by, &part_table, "number", number, out);
	const char *code = e == NOT_FOUND ? code_in(by->arena, number) : NULL;

	return code != NULL ? reg_find_by(by, &part_table, "code", code, out) : e;
}

static const struct field waiting_fields[] = {
	FIELD(struct part_waiting, parts_request_id),
	FIELD_WORD(struct part_waiting, state, &pr_state_words),
	FIELD(struct part_waiting, work_order_number),
	FIELD(struct part_waiting, work_order_id),
	FIELD(struct part_waiting, requested_name),
	FIELD(struct part_waiting, requested_at),
	FIELD(struct part_waiting, asked),
	FIELD(struct part_waiting, approved),
	FIELD(struct part_waiting, issued),
};

const struct shape part_waiting_shape = SHAPE(struct part_waiting, waiting_fields);
