/*
 * scope.h: how far a permission reaches, as SQL.
 *
 * SCOPE is a condition on the work order `w`; it takes SCOPE_ARGS.  One text serves every reach, so
 * that a query is prepared once: the arguments switch its parts on.
 */
#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

#include "db/db.h"
#include "model/actor.h"

struct scope {
	bool all;                /* every row */
	int64_t assignee;        /* rows of this technician, or 0 */
	int64_t reporter;        /* rows that this person reported, or 0 */
	const char *departments; /* rows of these, "" for none */
	const char *free_in;     /* rows that nobody has, of these */
};

struct scope scope_of(const struct actor *, enum permission);

#define SCOPE \
	"(? OR w.assignee_id = ? OR w.reporter_id = ? OR FIND_IN_SET(w.department_id, ?)" \
	" OR (w.assignee_id IS NULL AND w.state = 'PENDING' AND FIND_IN_SET(w.department_id, ?)))"
#define SCOPE_ARGS(s) \
	ARG((s).all), ARG((s).assignee), ARG((s).reporter), ARG((s).departments), ARG((s).free_in)

/* The name of failure code t in the actor's language; takes LANGUAGE(by). */
#define CODE_NAME(t) \
	"CASE WHEN ? = 'fr' AND " t ".name_fr <> '' THEN " t ".name_fr ELSE " t ".name END"
#define LANGUAGE(by) ARG((by)->spoken ? (by)->spoken : (by)->language ? (by)->language : "en")

#endif
