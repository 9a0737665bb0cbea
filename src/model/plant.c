/* plant.c: see plant.h. */
#include "model/plant.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"

static const struct field fields[] = {
	FIELD(struct plant, title),
	FIELD(struct plant, zone),
	FIELD(struct plant, currency),
	FIELD(struct plant, language),
	FIELD(struct plant, open_registration),
	FIELD(struct plant, file_most_mb),
	FIELD(struct plant, file_keep_days),
	FIELD(struct plant, open_report),
	FIELD(struct plant, open_report_badge),
	FIELD(struct plant, version),
};

const struct shape plant_shape = SHAPE(struct plant, fields);

/* All but the version. */
static const struct shape event_shape_of = { fields, COUNT(fields) - 1, sizeof(struct plant) };

#define COLUMNS \
	"SELECT title, zone, currency, language, open_registration, file_most_mb, file_keep_days," \
	" open_report, open_report_badge, version FROM plant WHERE id = 1"

enum status
plant_find(const struct actor *by, struct plant *out)
{
	return db_row(by->db, by->arena, COLUMNS, NO_ARGS, &plant_shape, out);
}

enum status
plant_change(const struct actor *by, const struct plant *plant, struct plant *now)
{
	static const char sql[] =
	    "UPDATE plant SET title = ?, zone = ?, currency = ?, language = ?,"
	    " open_registration = ?, file_most_mb = ?, file_keep_days = ?, open_report = ?,"
	    " open_report_badge = ?, version = version + 1 WHERE id = 1";
	enum status e;

	e = db_row(by->db, by->arena, COLUMNS " FOR UPDATE", NO_ARGS, &plant_shape, now);
	if (!e && now->version != plant->version)
		e = CONFLICT;
	if (!e)
		e = db_change_one(by->db, sql,
		    ARGS(ARG(plant->title), ARG(plant->zone), ARG(plant->currency),
			ARG(plant->language), ARG(plant->open_registration),
			ARG(plant->file_most_mb), ARG(plant->file_keep_days),
			ARG(plant->open_report), ARG(plant->open_report_badge)));
	if (e)
		return e;
	return event_write(by, &(struct event){ .act = "plant.changed",
				   .kind = "plant",
				   .record_id = 1,
				   .title = plant->title,
				   .changes = event_changes(by, &event_shape_of, now, plant) });
}
