/* failure_code.c: see failure_code.h. */
#include <string.h>

#include "db/db.h"
#include "model/failure_code.h"
#include "model/merge.h"
#include "model/register.h"
#include "model/scope.h"

static const struct word kinds[] = {
	{ "PROBLEM", "Problem" },
	{ "CAUSE", "Cause" },
	{ "REMEDY", "Remedy" },
	{ "DETECTION", "Detection" },
};

const struct words failure_kind_words = WORDS(kinds);

static const struct field fields[] = {
	FIELD(struct failure_code, id),
	FIELD_WORD(struct failure_code, kind, &failure_kind_words),
	FIELD(struct failure_code, code),
	FIELD(struct failure_code, name),
	FIELD(struct failure_code, name_fr),
	FIELD(struct failure_code, version),
	FIELD(struct failure_code, archived_at),
};

const struct shape failure_code_shape = SHAPE(struct failure_code, fields);

static const struct field event_fields[] = {
	FIELD_WORD(struct failure_code, kind, &failure_kind_words),
	FIELD(struct failure_code, code),
	FIELD(struct failure_code, name),
	FIELD(struct failure_code, name_fr),
};

static const struct shape event_shape_of = SHAPE(struct failure_code, event_fields);

static const char *const stored[] = { "kind", "code", "name", "name_fr", NULL };
static const char *const like[] = { "code", "name", "name_fr", NULL };
static const struct reg_sort sorts[] = { { "code", { "kind", "code" }, true } };
static const struct reg_filter filters[] = { { "kind", "kind", REG_WORD } };

const struct reg_table failure_code_table = {
	.name = "failure_code",
	.shape = &failure_code_shape,
	.columns = "r.id, r.kind, r.code, r.name, r.name_fr, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.filters = filters,
	.filter_count = COUNT(filters),
	.merge = &failure_code_merge,
};

enum status
failure_code_fits(const struct actor *by, const char *kind, struct number id)
{
	static const char sql[] = "SELECT COUNT(*) FROM failure_code WHERE id = ? AND kind = ?";
	int64_t n;
	enum status e;

	if (!id.known)
		return OK;
	e = db_int(by->db, sql, ARGS(ARG(id.n), ARG(kind)), &n);
	return !e && n == 0 ? INVALID : e;
}

enum status
failure_code_options(const struct actor *by, const char *kind, int64_t current, struct rows *out)
{
	static const char sql[] = "SELECT r.id, " CODE_NAME(
	    "r") " AS name FROM failure_code r"
		 " WHERE r.kind = ? AND (r.archived_at IS NULL OR r.id = ?)"
		 " ORDER BY name, r.id";

	return db_rows(by->db, by->arena, sql, ARGS(LANGUAGE(by), ARG(kind), ARG(current)),
	    &option_shape, out);
}

static const struct field name_fields[] = {
	FIELD(struct failure_code, name),
	FIELD(struct failure_code, name_fr),
};

static const struct shape name_shape = SHAPE(struct failure_code, name_fields);

enum status
failure_code_french(const struct actor *by, struct rows *out)
{
	static const char sql[] =
	    "SELECT name, name_fr FROM failure_code WHERE name_fr <> '' ORDER BY id LIMIT 2000";

	return db_rows(by->db, by->arena, sql, NO_ARGS, &name_shape, out);
}
