/* lease.c: see lease.h. */
#include "job/lease.h"
#include "db/db.h"

enum status
lease_take(struct db *db, const char *name, const char *owner, int64_t seconds)
{
	static const char renew[] =
	    "UPDATE lease SET owner = ?, until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND"
	    " WHERE name = ? AND (owner = ? OR until < UTC_TIMESTAMP(6))";
	static const char first[] = "INSERT INTO lease (name, owner, until)"
				    " VALUES (?, ?, UTC_TIMESTAMP(6) + INTERVAL ? SECOND)";
	int64_t changed;
	enum status e =
	    db_change(db, renew, ARGS(ARG(owner), ARG(seconds), ARG(name), ARG(owner)), &changed);

	if (e || changed > 0)
		return e;
	return db_change(db, first, ARGS(ARG(name), ARG(owner), ARG(seconds)), NULL);
}

enum status
lease_drop(struct db *db, const char *name, const char *owner)
{
	static const char sql[] = "DELETE FROM lease WHERE name = ? AND owner = ?";

	return db_change(db, sql, ARGS(ARG(name), ARG(owner)), NULL);
}
