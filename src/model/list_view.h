/* list_view.h: how a person looks at the list of a register: columns, saved views; what bulk acts
 * did. */
#ifndef MODEL_LIST_VIEW_H
#define MODEL_LIST_VIEW_H

#include "base/shape.h"

struct actor;

/* A tab above a list; the row with id 0 is the person's own setting. */
struct list_view {
	int64_t id;
	const char *name;  /* of the setting: its columns, "number,name", "" for the usual ones */
	const char *query; /* as in the address, without "?" */
	bool shared;
	bool own;     /* this person made it */
	bool usual;   /* the list opens with it */
	bool compact; /* of the setting */
};

const struct shape *list_view_shape(void);
/* One that this person may use; NOT_FOUND otherwise. */
enum status list_view_find(
    const struct actor *, const char *kind, int64_t id, struct list_view *) MUST_CHECK;

/* A shared one is told in the log. */
enum status list_view_add(
    const struct actor *, const char *kind, const struct list_view *, int64_t *id) MUST_CHECK;
/* Name, query and shared of one that there is. */
enum status list_view_change(
    const struct actor *, const char *kind, const struct list_view *) MUST_CHECK;
enum status list_view_remove(const struct actor *, const char *kind, int64_t id) MUST_CHECK;
/* 0: the list opens as it is. */
enum status list_view_usual(const struct actor *, const char *kind, int64_t id) MUST_CHECK;
enum status list_setting_save(
    const struct actor *, const char *kind, const char *columns, bool compact) MUST_CHECK;

/* An act on many records; refused: lines of id, title and a msgid, between tabs. */
struct bulk {
	int64_t id;
	const char *kind;
	const char *act;
	int64_t done;
	const char *refused;
	const char *query;
	const char *changed; /* "7.3,8.1": what it changed, with the versions that it made */
	struct instant undone_at;
};

enum status bulk_done_add(const struct actor *, const struct bulk *, int64_t *id) MUST_CHECK;
/* One's own only. */
enum status bulk_done_find(const struct actor *, int64_t id, struct bulk *) MUST_CHECK;
/* Now it has been taken back; CONFLICT: it was already. */
enum status bulk_undone(const struct actor *, int64_t id) MUST_CHECK;

/* "register.exported", in a transaction of its own: the query and how many records it gave. */
enum status list_exported(const struct actor *, const char *kind, const char *title,
    const char *query, int64_t count) MUST_CHECK;
/* One long export of a plant at a time: CONFLICT while another is running. */
enum status list_export_begin(const struct actor *) MUST_CHECK;
void list_export_end(const struct actor *);

#endif
