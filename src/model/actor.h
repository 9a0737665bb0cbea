/*
 * actor.h: who acts, from where, on which site's database.  Every function of the model takes one:
 * what a query may see and what an event says both come from it.
 */
#ifndef MODEL_ACTOR_H
#define MODEL_ACTOR_H

#include "base/shape.h"
#include "rule/permission.h"

struct arena;
struct db;

struct actor {
	struct db *db;
	struct arena *arena;
	enum role role;
	int64_t user_id;  /* 0: nobody, or the program itself */
	const char *name; /* of the person; NULL: the program itself */
	const char *email;
	const char *language;    /* "en", "fr": what they chose; NULL: nothing */
	const char *spoken;      /* the page's, for names in two languages; NULL: language */
	const char *theme;       /* "auto", "light", "dark" */
	const char *session;     /* the session's public id, or NULL */
	const char *address;     /* the client's */
	const char *trace;       /* the HTTP request's id, or NULL */
	const char *departments; /* the ids of their departments, "3,7"; "" for none */
	const int64_t *department;
	size_t department_count;
	int64_t unread;     /* notifications */
	struct instant now; /* the time of the request: one for the whole act */
	struct date today;  /* in the plant; not known to jobs and commands */
};

#endif
