/* demo_extra.c: what the demo plant knows of its records beside the columns: own fields, tags. */
#include "app/demo_inside.h"
#include "base/arena.h"
#include "db/db.h"

static const struct {
	const char *kind, *name, *label, *type, *choices;
	/* Of which records, and what: columns of custom_value behind record_id and field. */
	const char *values;
} own[] = {
	{ "machine", "ral", "Paint (RAL)", "CHOICE", "RAL 5010\nRAL 6011\nRAL 7035\nRAL 9006",
	    "SELECT id, ?, ELT(1 + id % 4, 'RAL 5010', 'RAL 6011', 'RAL 7035', 'RAL 9006'),"
	    " NULL, NULL FROM machine WHERE id % 3 <> 0" },
	{ "machine", "noise", "Noise at 1 m, dB(A)", "NUMBER", "",
	    "SELECT id, ?, NULL, 68 + id * 7 % 23, NULL FROM machine WHERE criticality <> 'LOW'" },
	{ "machine", "safety_check", "Last safety check", "DATE", "",
	    "SELECT id, ?, NULL, NULL, UTC_DATE() - INTERVAL (30 + id * 11 % 300) DAY"
	    " FROM machine WHERE parent_id IS NULL" },
	{ "part", "tariff", "Customs tariff number", "TEXT", "",
	    "SELECT id, ?, CASE group_name WHEN 'Bearings' THEN '8482 10 10' WHEN 'Belts' THEN"
	    " '4010 32 00' ELSE '8479 90 70' END, NULL, NULL FROM part WHERE id % 2 = 0" },
	{ "user", "works_number", "Works number", "TEXT", "",
	    "SELECT id, ?, CONCAT('4', LPAD(id * 37 % 1000, 3, '0')), NULL, NULL FROM user" },
	{ "vendor", "contract", "Contract until", "DATE", "",
	    "SELECT id, ?, NULL, NULL, UTC_DATE() + INTERVAL (90 + id * 40) DAY FROM vendor" },
};

static const struct {
	const char *name, *note;
	const char *taggings; /* of which records: kind, record_id, tag_id */
} tags[] = {
	{ "Bottleneck", "While it stands, a whole line stands.",
	    "SELECT 'machine', id, ? FROM machine WHERE criticality = 'CRITICAL'" },
	{ "Rented", "Not ours: tell the owner before it is opened.",
	    "SELECT 'machine', id, ? FROM machine WHERE id % 17 = 4" },
	{ "Lock-out", "Nobody works on it before it is locked and tried.",
	    "SELECT 'machine', id, ? FROM machine WHERE number LIKE 'PRS%' OR number LIKE 'ROB%'" },
	{ "First aider", "Trained; the next course stands in the calendar.",
	    "SELECT 'user', id, ? FROM user WHERE id % 5 = 2" },
	{ "Long delivery", "More than six weeks; keep one more than the minimum.",
	    "SELECT 'part', id, ? FROM part WHERE id % 9 = 1" },
	{ "Hazardous", "Safety data sheet among its files.",
	    "SELECT 'part', id, ? FROM part WHERE group_name LIKE 'Oil%' OR group_name LIKE 'Lub%'"
	    " OR group_name LIKE 'Grease%'" },
};

static enum status
add_field(struct demo *d, size_t i)
{
	static const char sql[] = "INSERT INTO custom_field (kind, name, label, type, choices,"
				  " position) VALUES (?, ?, ?, ?, ?, ?)";
	int64_t id;
	enum status e = db_insert(d->db, sql,
	    ARGS(ARG(own[i].kind), ARG(own[i].name), ARG(own[i].label), ARG(own[i].type),
		ARG(own[i].choices), ARG((int64_t)(i + 1) * 10)),
	    &id);

	if (!e)
		e = db_change(d->db,
		    arena_print(d->arena,
			"INSERT INTO custom_value (record_id, custom_field_id, text, number,"
			" day) %s",
			own[i].values),
		    ARGS(ARG(id)), NULL);
	if (!e)
		demo_say_created(d, "custom_field", id, own[i].label, own[i].label);
	return e;
}

static enum status
add_tag(struct demo *d, size_t i)
{
	int64_t id;
	enum status e = db_insert(d->db, "INSERT INTO tag (name, note) VALUES (?, ?)",
	    ARGS(ARG(tags[i].name), ARG(tags[i].note)), &id);

	if (!e)
		e = db_change(d->db,
		    arena_print(d->arena, "INSERT INTO tagging (kind, record_id, tag_id) %s",
			tags[i].taggings),
		    ARGS(ARG(id)), NULL);
	if (!e)
		demo_say_created(d, "tag", id, tags[i].name, tags[i].name);
	return e;
}

enum status
demo_extras(struct demo *d)
{
	enum status e = db_begin(d->db);

	if (e)
		return e;
	for (size_t i = 0; !e && i < COUNT(own); i++)
		e = add_field(d, i);
	for (size_t i = 0; !e && i < COUNT(tags); i++)
		e = add_tag(d, i);
	return db_end(d->db, e);
}
