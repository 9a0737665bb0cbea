/* label.c: see label.h. */
#include <string.h>

#include "db/db.h"
#include "model/actor.h"
#include "model/code.h"
#include "model/label.h"

static const struct field fields[] = {
	FIELD(struct label_record, id),
	FIELD(struct label_record, code),
	FIELD(struct label_record, number),
	FIELD(struct label_record, name),
	FIELD(struct label_record, place),
};

const struct shape label_record_shape = SHAPE(struct label_record, fields);

/* The ids as a table, in their order. */
#define IDS " FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT PATH '$')) j JOIN "
#define IN_ORDER " ON r.id = j.id"

static const struct kind {
	const char *name;
	const char *list;
	const char *find;
} kinds[] = {
	{ "machine",
	    "SELECT STRAIGHT_JOIN r.id, r.code, r.number, r.name, CONCAT_WS(' · ', d.name,"
	    " NULLIF(r.location, '')) AS place" IDS "machine r" IN_ORDER
	    " JOIN department d ON d.id = r.department_id ORDER BY j.n LIMIT ?",
	    "SELECT id FROM machine WHERE number = ?" },
	{ "location",
	    "SELECT STRAIGHT_JOIN r.id, r.code, r.number, r.name, r.path AS place" IDS
	    "location r" IN_ORDER " ORDER BY j.n LIMIT ?",
	    "SELECT id FROM location WHERE number = ?" },
	{ "part",
	    "SELECT STRAIGHT_JOIN r.id, r.code, r.number, r.name, r.place" IDS "part r" IN_ORDER
	    " ORDER BY j.n LIMIT ?",
	    "SELECT id FROM part WHERE number = ?" },
	{ "user",
	    "SELECT STRAIGHT_JOIN r.id, r.code, '' AS number, r.name, (SELECT"
	    " GROUP_CONCAT(d.name ORDER BY d.name SEPARATOR ', ') FROM user_department ud"
	    " JOIN department d ON d.id = ud.department_id WHERE ud.user_id = r.id) AS place" IDS
	    "user r" IN_ORDER " ORDER BY j.n LIMIT ?",
	    "SELECT id FROM user WHERE email = ?" },
};

static const struct kind *
kind_of(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

enum status
label_records(const struct actor *by, const char *kind, const char *json, struct rows *out)
{
	const struct kind *k = kind_of(kind);
	enum status e = NOT_FOUND;

	if (k != NULL)
		e = db_rows(by->db, by->arena, k->list,
		    ARGS(ARG(json), ARG((int64_t)LABEL_RECORDS)), &label_record_shape, out);
	for (size_t i = 0; !e && i < out->count; i++) {
		struct label_record *r = row_at(out, i);

		if (r->code == NULL)
			e = code_of(by, kind, r->id, &r->code);
	}
	return e;
}

enum status
label_find(const struct actor *by, const char *kind, const char *typed, int64_t *id)
{
	const struct kind *k = kind_of(kind);

	return k == NULL ? NOT_FOUND : db_int(by->db, k->find, ARGS(ARG(typed)), id);
}
