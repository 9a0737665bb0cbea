/* merge_kinds.c: which registers can be merged, and what refers to their records. */
#include "db/db.h"
#include "model/actor.h"
#include "model/failure_code.h"
#include "model/location.h"
#include "model/merge.h"
#include "model/part.h"
#include "model/stock.h"

#include <string.h>

static const char *const number_and_name[] = { "number", "name", NULL };
static const char *const code_and_name[] = { "code", "name", NULL };
static const char *const name_only[] = { "name", NULL };

/* Movements stay: the ledger is never changed.  What is on hand moves by a pair of transfers. */
static const struct reg_reference part_references[] = {
	{ "parts_request_line", "part_id", "Lines of parts requests", "parts_request_id", NULL,
	    MERGE_LEAVE },
	{ "machine_part", "part_id", "Machines’ parts lists", "machine_id",
	    "k.quantity = k.quantity + o.quantity", MERGE_DROP },
	{ "machine_model_part", "part_id", "Models’ parts lists", "machine_model_id",
	    "k.quantity = k.quantity + o.quantity", MERGE_DROP },
	{ "part_vendor", "part_id", "Vendors", "vendor_id", NULL, MERGE_DROP },
};

static enum status
part_check(const struct actor *by, const void *from, const void *into, const char **why)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM parts_request_line o"
	    " JOIN parts_request_line k ON k.parts_request_id = o.parts_request_id"
	    " JOIN parts_request q ON q.id = o.parts_request_id"
	    " WHERE o.part_id = ? AND k.part_id = ? AND (o.closed = FALSE OR k.closed = FALSE)"
	    " AND q.state IN ('REQUESTED','APPROVED','PARTLY_ISSUED'))";
	const struct part *a = from, *b = into;
	int64_t both = 0;
	enum status e = db_int(by->db, sql, ARGS(ARG(a->id), ARG(b->id)), &both);

	if (both != 0)
		*why = "A parts request that is still open asks for both. Finish it first.";
	else if (strcmp(a->unit, b->unit) != 0)
		*why = "They are counted in different units.";
	return e;
}

static enum status
part_finish(const struct actor *by, const void *from, const void *into)
{
	return stock_merge(by, ((const struct part *)from)->id, ((const struct part *)into)->id);
}

const struct reg_merge part_merge = {
	.references = part_references,
	.count = COUNT(part_references),
	.names = number_and_name,
	.check = part_check,
	.finish = part_finish,
};

static const struct reg_reference vendor_references[] = {
	{ "machine", "vendor_id", "Machines", NULL, NULL, MERGE_DROP },
	{ "machine_model", "vendor_id", "Machine models", NULL, NULL, MERGE_DROP },
	{ "part_vendor", "vendor_id", "Spare parts", "part_id", NULL, MERGE_DROP },
};

const struct reg_merge vendor_merge = {
	.references = vendor_references,
	.count = COUNT(vendor_references),
	.names = name_only,
};

static const struct reg_reference code_references[] = {
	{ "work_order", "problem_code_id", "Work orders", NULL, NULL, MERGE_DROP },
	{ "work_order", "cause_code_id", "Work orders", NULL, NULL, MERGE_DROP },
	{ "work_order", "remedy_code_id", "Work orders", NULL, NULL, MERGE_DROP },
	{ "failure_code_class", "failure_code_id", "Machine classes", "machine_class_id", NULL,
	    MERGE_DROP },
	{ "machine_model_code", "failure_code_id", "Machine models", "machine_model_id", NULL,
	    MERGE_DROP },
};

static enum status
code_check(const struct actor *by, const void *from, const void *into, const char **why)
{
	const struct failure_code *a = from, *b = into;

	(void)by;
	if (strcmp(a->kind, b->kind) != 0)
		*why = "They are of different kinds.";
	return OK;
}

const struct reg_merge failure_code_merge = {
	.references = code_references,
	.count = COUNT(code_references),
	.names = code_and_name,
	.check = code_check,
};

static const struct reg_reference model_references[] = {
	{ "machine", "machine_model_id", "Machines", NULL, NULL, MERGE_DROP },
	{ "machine_model_part", "machine_model_id", "Spare parts", "part_id", NULL, MERGE_DROP },
	{ "machine_model_code", "machine_model_id", "Failure codes", "failure_code_id", NULL,
	    MERGE_DROP },
};

const struct reg_merge machine_model_merge = {
	.references = model_references,
	.count = COUNT(model_references),
	.names = name_only,
};

static const struct reg_reference location_references[] = {
	{ "machine", "location_id", "Machines", NULL, NULL, MERGE_DROP },
	{ "location", "parent_id", "Locations", NULL, NULL, MERGE_DROP },
};

static enum status
location_check(const struct actor *by, const void *from, const void *into, const char **why)
{
	const struct location *a = from, *b = into;

	(void)by;
	if (strncmp(b->tree, a->tree, strlen(a->tree)) == 0)
		*why = "The one that is kept lies in the other. Merge them the other way round.";
	return OK;
}

static enum status
location_finish(const struct actor *by, const void *from, const void *into)
{
	/* Spots are places on one picture: on another they mean nothing. */
	static const char spots[] = "DELETE FROM location_spot WHERE location_id = ?"
				    " OR (is_machine = FALSE AND record_id = ?)";
	const int64_t id = ((const struct location *)from)->id;
	enum status e = db_change(by->db, spots, ARGS(ARG(id), ARG(id)), NULL);

	return e ? e : location_keep_below(by, ((const struct location *)into)->id);
}

const struct reg_merge location_merge = {
	.references = location_references,
	.count = COUNT(location_references),
	.names = number_and_name,
	.check = location_check,
	.finish = location_finish,
};
