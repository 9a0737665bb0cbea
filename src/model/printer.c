/* printer.c: see printer.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"
#include "model/printer.h"
#include "model/register.h"

enum { MOST_TRIES = 12, LONGEST_PAUSE = 10 /* minutes */, MOST_PRINTERS = 200 };

static const struct word kinds[] = {
	{ "PAPER", "Paper or a driver: as PDF" },
	{ "ZPL", "Label printer with ZPL" },
};

const struct words printer_kind_words = WORDS(kinds);

static const struct field fields[] = {
	FIELD(struct printer, id),
	FIELD(struct printer, name),
	FIELD_WORD(struct printer, kind, &printer_kind_words),
	FIELD(struct printer, host),
	FIELD(struct printer, port),
	FIELD(struct printer, dpi),
	FIELD(struct printer, offset_x),
	FIELD(struct printer, offset_y),
	FIELD(struct printer, scale),
	FIELD(struct printer, note),
	FIELD(struct printer, version),
	FIELD(struct printer, archived_at),
};

const struct shape printer_shape = SHAPE(struct printer, fields);

/* All but id, version and archived_at. */
static const struct shape event_shape_of = { fields + 1, COUNT(fields) - 3,
	sizeof(struct printer) };

static enum status
check(const struct actor *by, const void *before, void *record, struct reg_refusal *refused)
{
	struct printer *p = record;
	const struct decimal none = { true, 0 };

	(void)by;
	(void)before;
	if (text_same(p->kind, "ZPL") && text_empty(p->host)) {
		*refused = (struct reg_refusal){ "host", "A label printer needs its address." };
		return INVALID;
	}
	if (!p->offset_x.known)
		p->offset_x = none;
	if (!p->offset_y.known)
		p->offset_y = none;
	if (!p->scale.known)
		p->scale = (struct decimal){ true, 100 * DECIMAL_ONE };
	return OK;
}

static const char *const stored[] = { "name", "kind", "host", "port", "dpi", "offset_x", "offset_y",
	"scale", "note", NULL };
static const char *const like[] = { "name", "host", NULL };
static const struct reg_sort sorts[] = { { "name", { "name" }, true } };

const struct reg_table printer_table = {
	.name = "printer",
	.shape = &printer_shape,
	.columns = "r.id, r.name, r.kind, r.host, r.port, r.dpi, r.offset_x, r.offset_y, r.scale,"
		   " r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.events = &event_shape_of,
	.title = "name",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.check = check,
};

enum status
printer_find(const struct actor *by, int64_t id, struct printer *out)
{
	return reg_find(by, &printer_table, id, out);
}

enum status
printer_list(const struct actor *by, struct rows *out)
{
	static const struct reg_query all = { 0 };

	return reg_list(by, &printer_table, &all, MOST_PRINTERS, out);
}

enum status
printer_calibrate(const struct actor *by, int64_t id, struct decimal offset_x,
    struct decimal offset_y, struct decimal scale)
{
	static const char sql[] = "UPDATE printer SET offset_x = ?, offset_y = ?, scale = ?,"
				  " version = version + 1 WHERE id = ?";
	struct printer before, after;
	enum status e = printer_find(by, id, &before);

	if (!e)
		e = db_change_one(
		    by->db, sql, ARGS(ARG(offset_x), ARG(offset_y), ARG(scale), ARG(id)));
	if (!e)
		e = printer_find(by, id, &after);
	if (e)
		return e;
	return event_write(
	    by, &(struct event){ .act = "printer.calibrated",
		    .kind = "printer",
		    .record_id = id,
		    .title = before.name,
		    .changes = event_changes(by, &event_shape_of, &before, &after) });
}

enum status
label_print_add(const struct actor *by, int64_t printer_id, int64_t labels, const char *zpl)
{
	static const char sql[] =
	    "INSERT INTO label_print (printer_id, labels, zpl, next_at, user_id, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)";
	struct printer p;
	enum status e = printer_find(by, printer_id, &p);

	if (!e && (p.archived_at.known || strcmp(p.kind, "ZPL") != 0))
		e = CONFLICT;
	if (!e)
		e = db_change(by->db, sql,
		    ARGS(ARG(printer_id), ARG(labels), ARG(zpl), ARG(by->now), arg_ref(by->user_id),
			ARG(by->now)),
		    NULL);
	if (e)
		return e;
	return event_write(by, &(struct event){ .act = "printer.sent",
				   .kind = "printer",
				   .record_id = printer_id,
				   .title = p.name,
				   .changes = event_with(by, NULL, "quantity",
				       arena_print(by->arena, "%" PRId64, labels)) });
}

static const struct field row_fields[] = {
	FIELD(struct label_print_row, id),
	FIELD(struct label_print_row, labels),
	FIELD(struct label_print_row, state),
	FIELD(struct label_print_row, tries),
	FIELD(struct label_print_row, last_error),
	FIELD(struct label_print_row, user_name),
	FIELD(struct label_print_row, created_at),
	FIELD(struct label_print_row, sent_at),
};

const struct shape label_print_row_shape = SHAPE(struct label_print_row, row_fields);

enum status
label_print_list(const struct actor *by, int64_t printer_id, int most, struct rows *out)
{
	static const char sql[] =
	    "SELECT STRAIGHT_JOIN l.id, l.labels, l.state, l.tries, l.last_error,"
	    " u.name AS user_name, l.created_at, l.sent_at FROM label_print l"
	    " LEFT JOIN user u ON u.id = l.user_id WHERE l.printer_id = ?"
	    " ORDER BY l.id DESC LIMIT ?";

	return db_rows(
	    by->db, by->arena, sql, ARGS(ARG(printer_id), ARG(most)), &label_print_row_shape, out);
}

static const struct field due_fields[] = {
	FIELD(struct label_print_due, id),
	FIELD(struct label_print_due, tries),
	FIELD(struct label_print_due, zpl),
	FIELD(struct label_print_due, printer_name),
	FIELD(struct label_print_due, host),
	FIELD(struct label_print_due, port),
};

static const struct shape due_shape = SHAPE(struct label_print_due, due_fields);

static enum status
take(const struct actor *by, struct label_print_due *out)
{
	static const char next[] =
	    "SELECT id FROM label_print WHERE state = 'QUEUED' AND next_at <= ?"
	    " AND (lease_until IS NULL OR lease_until < ?) ORDER BY next_at LIMIT 1"
	    " FOR UPDATE SKIP LOCKED";
	static const char read[] =
	    "SELECT l.id, l.tries, l.zpl, p.name AS printer_name, p.host, p.port"
	    " FROM label_print l JOIN printer p ON p.id = l.printer_id WHERE l.id = ?";
	static const char lease[] =
	    "UPDATE label_print SET lease_until = ?, tries = tries + 1 WHERE id = ?";
	int64_t id;
	enum status e = db_int(by->db, next, ARGS(ARG(by->now), ARG(by->now)), &id);

	if (!e)
		e = db_row(by->db, by->arena, read, ARGS(ARG(id)), &due_shape, out);
	if (!e)
		e = db_change_one(by->db, lease, ARGS(ARG(instant_add(by->now, MINUTE)), ARG(id)));
	return e;
}

enum status
label_print_take(const struct actor *by, struct label_print_due *out)
{
	enum status e = db_begin(by->db);

	return e ? e : db_end(by->db, take(by, out));
}

enum status
label_print_done(const struct actor *by, const struct label_print_due *l, const char *why)
{
	static const char sent[] = "UPDATE label_print SET state = 'SENT', sent_at = ?,"
				   " lease_until = NULL, last_error = '', zpl = '' WHERE id = ?";
	static const char failed[] = "UPDATE label_print SET state = ?, next_at = ?,"
				     " lease_until = NULL, last_error = ? WHERE id = ?";
	int64_t n = l->tries + 1, pause = n < LONGEST_PAUSE ? n : LONGEST_PAUSE;

	if (why == NULL)
		return db_change_one(by->db, sent, ARGS(ARG(by->now), ARG(l->id)));
	return db_change_one(by->db, failed,
	    ARGS(ARG(n >= MOST_TRIES ? "FAILED" : "QUEUED"),
		ARG(instant_add(by->now, n == 1 ? 5 * SECOND : pause * MINUTE)),
		ARG(text_cut(by->arena, why, 200)), ARG(l->id)));
}
