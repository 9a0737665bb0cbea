/* site.c: see site.h. */
#include "model/site.h"
#include "db/db.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct site, id),
	FIELD(struct site, name),
	FIELD(struct site, schema_name),
};

static const struct shape shape = SHAPE(struct site, fields);

enum status
site_by_host(struct db *db, struct arena *a, const char *host, struct site *out)
{
	static const char sql[] = "SELECT s.id, s.name, s.schema_name FROM site_host h"
				  " JOIN site s ON s.id = h.site_id"
				  " WHERE h.host = ? AND s.archived_at IS NULL";

	return db_row(db, a, sql, ARGS(ARG(host)), &shape, out);
}

enum status
site_by_name(struct db *db, struct arena *a, const char *name, struct site *out)
{
	static const char sql[] = "SELECT id, name, schema_name FROM site WHERE name = ?";

	return db_row(db, a, sql, ARGS(ARG(name)), &shape, out);
}

enum status
site_all(struct db *db, struct arena *a, struct rows *out)
{
	static const char sql[] =
	    "SELECT id, name, schema_name FROM site WHERE archived_at IS NULL ORDER BY id";

	return db_rows(db, a, sql, NO_ARGS, &shape, out);
}

enum status
site_hosts(struct db *db, struct arena *a, int64_t id, const char **hosts)
{
	static const struct field f[] = { FIELD(struct site, name) };
	static const struct shape names = SHAPE(struct site, f);
	static const char sql[] =
	    "SELECT COALESCE(GROUP_CONCAT(host ORDER BY host), '') AS name FROM site_host"
	    " WHERE site_id = ?";
	struct site found;
	enum status e = db_row(db, a, sql, ARGS(ARG(id)), &names, &found);

	if (!e)
		*hosts = found.name;
	return e;
}

static const struct field setting_fields[] = {
	FIELD(struct site, title),
	FIELD(struct site, zone),
	FIELD(struct site, currency),
	FIELD(struct site, language),
	FIELD(struct site, open_registration),
	FIELD(struct site, file_most_mb),
	FIELD(struct site, file_keep_days),
};

static const struct shape setting_shape = SHAPE(struct site, setting_fields);

enum status
site_settings(struct db *db, struct arena *a, struct site *out)
{
	static const char sql[] =
	    "SELECT title, zone, currency, language, open_registration, file_most_mb,"
	    " file_keep_days FROM plant WHERE id = 1";

	static const char departments[] =
	    "SELECT id, name FROM department WHERE archived_at IS NULL ORDER BY name, id";
	struct site part;
	enum status e = db_row(db, a, sql, NO_ARGS, &setting_shape, &part);

	if (!e)
		e = db_rows(db, a, departments, NO_ARGS, &option_shape, &out->departments);
	if (e)
		return e;
	out->title = part.title;
	out->zone = part.zone;
	out->currency = part.currency;
	out->language = part.language;
	out->open_registration = part.open_registration;
	out->file_most_mb = part.file_most_mb;
	out->file_keep_days = part.file_keep_days;
	return OK;
}
