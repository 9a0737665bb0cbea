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

static const char *const stored[] = { "kind", "code", "name", "name_fr", NULL };
static const char *const like[] = { "code", "name", "name_fr", NULL };
static const struct reg_sort sorts[] = { { "code", { "kind", "code" }, true } };
static const struct reg_filter filters[] = {
	{ "kind", "kind", REG_WORD, NULL },
	{ "class", "id", REG_REF,
	    "SELECT failure_code_id AS id FROM failure_code_class WHERE machine_class_id" },
};

const struct reg_table failure_code_table = {
	.name = "failure_code",
	.shape = &failure_code_shape,
	.columns = "r.id, r.kind, r.code, r.name, r.name_fr, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
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

static const struct field offered_fields[] = {
	FIELD(struct code_option, id),
	FIELD(struct code_option, name),
	FIELD(struct code_option, fits),
	FIELD(struct code_option, group),
};

static const struct shape offered_shape = SHAPE(struct code_option, offered_fields);

/* What was used of late: a look at so many work orders is enough, whatever the plant has. */
#define OFFERED(column) \
	"SELECT r.id, " CODE_NAME( \
	    "r") " AS name, CASE WHEN EXISTS (SELECT 1 FROM" \
		 " machine_model_code l WHERE l.machine_model_id = m.machine_model_id" \
		 " AND l.failure_code_id = r.id) THEN 2 WHEN x.machine_class_id IS NULL" \
		 " OR NOT EXISTS (SELECT 1 FROM failure_code_class l" \
		 " WHERE l.failure_code_id = r.id)" \
		 " OR EXISTS (SELECT 1 FROM failure_code_class l WHERE l.failure_code_id = r.id" \
		 " AND l.machine_class_id = x.machine_class_id) THEN 1 ELSE 0 END AS fits," \
		 " NULL AS `group` FROM machine m" \
		 " LEFT JOIN machine_model x ON x.id = m.machine_model_id" \
		 " JOIN failure_code r LEFT JOIN (SELECT n.code, SUM(n.weight) AS used FROM (" \
		 "(SELECT " column " AS code, 10 AS weight FROM work_order WHERE machine_id = ?" \
		 " ORDER BY id DESC LIMIT 100) UNION ALL" \
		 " SELECT o.code, 1 FROM (SELECT " column " AS code, machine_id FROM work_order" \
		 " ORDER BY id DESC LIMIT 1000) o JOIN machine s ON s.id = o.machine_id" \
		 " JOIN machine t ON t.id = ? AND t.machine_model_id = s.machine_model_id) n" \
		 " WHERE n.code IS NOT NULL GROUP BY n.code) u ON u.code = r.id" \
		 " WHERE m.id = ? AND r.kind = ? AND (r.archived_at IS NULL OR r.id = ?)" \
		 " ORDER BY fits = 0, u.used IS NULL, u.used DESC, fits DESC, name, r.id"

static const struct {
	const char *kind, *sql;
} offered[] = {
	{ "PROBLEM", OFFERED("problem_code_id") },
	{ "CAUSE", OFFERED("cause_code_id") },
	{ "REMEDY", OFFERED("remedy_code_id") },
};

enum status
failure_code_offered(
    const struct actor *by, const char *kind, int64_t machine_id, int64_t current, struct rows *out)
{
	const char *sql = offered[0].sql;
	enum status e;

	for (size_t i = 0; i < COUNT(offered); i++)
		if (strcmp(offered[i].kind, kind) == 0)
			sql = offered[i].sql;
	e = db_rows(by->db, by->arena, sql,
	    ARGS(LANGUAGE(by), ARG(machine_id), ARG(machine_id), ARG(machine_id), ARG(kind),
		ARG(current)),
	    &offered_shape, out);
	for (size_t i = 0; !e && i < out->count && out->count > CODES_FIRST; i++) {
		struct code_option *o = row_at(out, i);

		o->group = o->fits == 0      ? "Of other machine classes"
			   : i < CODES_FIRST ? "Most used"
					     : "Others";
	}
	return e;
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
