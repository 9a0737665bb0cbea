/* list_around.c: see list_around.h. */
#include "model/list_around.h"
#include "base/arena.h"
#include "base/buf.h"
#include "model/actor.h"

enum { SETTING, VIEW, FIELD_OF_OWN, TAG, OPTION, MOST_VIEWS = 100, MOST_TAGS = 1000 };

/* One row of any of them. */
struct around {
	int64_t what; /* OPTION + i: a choice of filter i */
	int64_t id;
	const char *a, *b, *c, *d;
	int64_t x, y, z;
};

static const struct field fields[] = {
	FIELD(struct around, what),
	FIELD(struct around, id),
	FIELD(struct around, a),
	FIELD(struct around, b),
	FIELD(struct around, c),
	FIELD(struct around, d),
	FIELD(struct around, x),
	FIELD(struct around, y),
	FIELD(struct around, z),
};

static const struct shape shape = SHAPE(struct around, fields);

static const char own_sql[] =
    " UNION ALL (SELECT 2, id, name, label, type, choices, required, position, version"
    " FROM custom_field WHERE kind = ? AND archived_at IS NULL ORDER BY position, id LIMIT ?)"
    " UNION ALL (SELECT 3, id, name, '', '', '', 0, 0, 0 FROM tag WHERE archived_at IS NULL"
    " ORDER BY name LIMIT ?)";

static const char views_sql[] =
    "(SELECT 0 AS what, 0 AS id, columns AS a, '' AS b, '' AS c, '' AS d, compact AS x, 0 AS y,"
    " 0 AS z FROM list_setting WHERE user_id = ? AND kind = ?)"
    " UNION ALL (SELECT 1, v.id, v.name, v.query, '', '', v.shared, v.user_id = ?,"
    " v.id <=> s.list_view_id FROM list_view v"
    " LEFT JOIN list_setting s ON s.user_id = ? AND s.kind = ?"
    " WHERE v.kind = ? AND v.archived_at IS NULL AND (v.shared OR v.user_id = ?)"
    " ORDER BY v.name, v.id LIMIT ?)";

static struct rows
room(const struct actor *by, const struct shape *of, size_t most)
{
	return (struct rows){ of, arena_alloc(by->arena, most + 1, of->size), 0 };
}

static void
take(const char *kind, const struct around *r, const struct reg_ask *asks, struct list_around *out)
{
	if (r->what <= VIEW)
		*(struct list_view *)row_at(&out->views, out->views.count++) =
		    (struct list_view){ r->id, r->a, r->b, r->what == VIEW && r->x,
			    r->what == SETTING || r->y, r->z != 0, r->what == SETTING && r->x };
	else if (r->what == FIELD_OF_OWN)
		*(struct custom_field *)row_at(&out->extra.fields, out->extra.fields.count++) =
		    (struct custom_field){ r->id, kind, r->a, r->b, r->c, r->d, r->x != 0, r->y,
			    r->z, { 0 } };
	else {
		struct rows *to = r->what == TAG ? &out->tags : asks[r->what - OPTION].out;

		*(struct option *)row_at(to, to->count++) = (struct option){ r->id, r->a };
	}
}

enum status
list_around(const struct actor *by, const char *kind, bool own, const struct reg_ask *asks,
    size_t count, int most, struct list_around *out)
{
	struct arg *args = NEW_ARRAY(by->arena, struct arg, 11 + 2 * count);
	struct buf sql = { .arena = by->arena };
	struct rows rows = { 0 }, own_fields = room(by, &custom_field_shape, CUSTOM_MOST);
	const struct arg me = ARG(by->user_id), of = ARG(kind);
	size_t n = 0;
	enum status e;

	*out = (struct list_around){ .views = room(by, list_view_shape(), MOST_VIEWS + 1),
		.extra = { .kind = kind, .fields = own_fields },
		.tags = room(by, &option_shape, MOST_TAGS) };
	buf_text(&sql, views_sql);
	for (const struct arg *a = (const struct arg[]){ me, of, me, me, of, of, me }; n < 7; n++)
		args[n] = a[n];
	args[n++] = ARG((int)MOST_VIEWS);
	if (own) {
		buf_text(&sql, own_sql);
		args[n++] = of;
		args[n++] = ARG((int)CUSTOM_MOST);
		args[n++] = ARG((int)MOST_TAGS);
	}
	for (size_t i = 0; i < count; i++) {
		buf_print(&sql,
		    " UNION ALL (SELECT %zu, r.id, %s, '', '', '', 0, 0, 0 FROM %s r"
		    " WHERE r.archived_at IS NULL ORDER BY r.%s, r.id LIMIT ?)",
		    OPTION + i, reg_label(by, asks[i].of), asks[i].of->name, asks[i].of->title);
		args[n++] = ARG(most);
		*asks[i].out = room(by, &option_shape, (size_t)most);
	}
	e = db_rows(by->db, by->arena, sql.text, (struct args){ args, n }, &shape, &rows);
	for (size_t i = 0; !e && i < rows.count; i++)
		take(kind, row_at(&rows, i), asks, out);
	if (!e && own)
		extra_from(by, &out->extra);
	return e;
}
