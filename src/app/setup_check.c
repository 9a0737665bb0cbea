/* setup_check.c: see setup_check.h. */
#include "app/setup_check.h"
#include "db/db.h"

struct text {
	const char *value;
};

static const struct field text_fields[] = { FIELD(struct text, value) };
static const struct shape text_shape = SHAPE(struct text, text_fields);

static const struct field fields[] = {
	FIELD(struct site_check, tables),
	FIELD(struct site_check, may_change),
	FIELD(struct site_check, may_write),
	FIELD(struct site_check, working),
	FIELD(struct site_check, waiting),
	FIELD(struct site_check, failed),
	FIELD(struct site_check, zone),
};

static const struct shape shape = SHAPE(struct site_check, fields);

enum status
check_version(struct db *db, struct arena *a, const char **version)
{
	struct text t;
	enum status e = db_row(db, a, "SELECT VERSION() AS value", NO_ARGS, &text_shape, &t);

	if (!e)
		*version = t.value;
	return e;
}

enum status
check_variable(struct db *db, struct arena *a, const char *name, const char **value)
{
	static const char sql[] = "SELECT variable_value AS value FROM"
				  " information_schema.global_variables WHERE variable_name = ?";
	struct text t;
	enum status e = db_row(db, a, sql, ARGS(ARG(name)), &text_shape, &t);

	if (!e)
		*value = t.value;
	return e;
}

/*
 * Privileges as the server tells the account itself: of the table, of its schema (the name there is
 * a pattern) and of everything.
 */
#define MAY_ALL \
	"(SELECT COUNT(*) FROM information_schema.user_privileges" \
	" WHERE privilege_type IN ('UPDATE', 'DELETE', 'DROP'))" \
	" + (SELECT COUNT(*) FROM information_schema.schema_privileges" \
	" WHERE DATABASE() LIKE table_schema AND privilege_type IN ('UPDATE', 'DELETE', 'DROP'))"
#define MAY "FROM information_schema.table_privileges WHERE table_schema = DATABASE() AND "

enum status
check_site(struct db *db, struct arena *a, struct site_check *out)
{
	static const char sql[] =
	    "SELECT (SELECT COUNT(*) " MAY "privilege_type = 'INSERT') AS tables,"
	    " " MAY_ALL " + (SELECT COUNT(*) " MAY "table_name IN ('event', 'event_seal')"
	    "  AND privilege_type IN ('UPDATE', 'DELETE', 'DROP')) AS may_change,"
	    " (SELECT COUNT(*) " MAY "table_name = 'event' AND privilege_type = 'INSERT')"
	    "  AS may_write,"
	    " (SELECT COUNT(*) FROM lease WHERE name = 'jobs' AND until > UTC_TIMESTAMP(6))"
	    "  AS working,"
	    " (SELECT COUNT(*) FROM event_unsealed) AS waiting,"
	    " (SELECT COUNT(*) FROM mail WHERE state = 'FAILED') AS failed,"
	    " (SELECT zone FROM plant WHERE id = 1) AS zone";

	return db_row(db, a, sql, NO_ARGS, &shape, out);
}
