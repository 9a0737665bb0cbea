/* lines_read.c: lines of a record for its page, those of all kinds by one query; see lines.h. */
#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/failure_code.h"
#include "model/lines.h"
#include "model/part.h"
#include "model/register_name.h"
#include "model/scope.h"
#include "model/vendor.h"
#include "rule/work_order.h"

enum { CHOICES_MOST = 600 };

static const struct field part_fields[] = {
	FIELD(struct model_part, part_id),
	FIELD(struct model_part, number),
	FIELD(struct model_part, name),
	FIELD(struct model_part, unit),
	FIELD(struct model_part, quantity),
	FIELD(struct model_part, note),
	FIELD(struct model_part, on_hand),
};

static const struct field code_fields[] = {
	FIELD(struct model_code, id),
	FIELD_WORD(struct model_code, kind, &failure_kind_words),
	FIELD(struct model_code, code),
	FIELD(struct model_code, name),
};

static const struct field offer_fields[] = {
	FIELD(struct part_offer, vendor_id),
	FIELD(struct part_offer, vendor_name),
	FIELD(struct part_offer, number),
	FIELD(struct part_offer, price),
	FIELD(struct part_offer, lead_days),
};

static const struct field machine_fields[] = {
	FIELD(struct model_machine, id),
	FIELD(struct model_machine, number),
	FIELD(struct model_machine, name),
	FIELD_WORD(struct model_machine, status, &machine_status_words),
};

const struct shape model_part_shape = SHAPE(struct model_part, part_fields);
const struct shape model_code_shape = SHAPE(struct model_code, code_fields);
const struct shape model_machine_shape = SHAPE(struct model_machine, machine_fields);
const struct shape part_offer_shape = SHAPE(struct part_offer, offer_fields);

enum { PART, CODE, CHOICE, MACHINE, OFFER, WAITING };

/* A line of any kind. */
struct line {
	int64_t what, id;
	const char *number, *name, *word, *note;
	struct decimal a, b, c;
	struct number other;
	struct instant at;
};

static const struct field line_fields[] = {
	FIELD(struct line, what),
	FIELD(struct line, id),
	FIELD(struct line, number),
	FIELD(struct line, name),
	FIELD(struct line, word),
	FIELD(struct line, note),
	FIELD(struct line, a),
	FIELD(struct line, b),
	FIELD(struct line, c),
	FIELD(struct line, other),
	FIELD(struct line, at),
};

static const struct shape line_shape = SHAPE(struct line, line_fields);

#define NO_DECIMAL "CAST(NULL AS DECIMAL(14,4))"
#define NO_NUMBER "CAST(NULL AS SIGNED)"
#define NO_TIME "CAST(NULL AS DATETIME(6))"
#define NOTHING NO_DECIMAL ", " NO_DECIMAL ", " NO_DECIMAL ", " NO_NUMBER ", " NO_TIME

static struct rows
room(const struct actor *by, const struct shape *of, size_t count)
{
	return (struct rows){ of, arena_alloc(by->arena, count + 1, of->size), 0 };
}

static void
add_choice(struct rows *to, const struct line *l)
{
	*(struct option *)row_at(to, to->count++) = (struct option){ l->id, l->name };
}

/* Those that are not archived, by their title. */
static void
put_choices(const struct actor *by, struct buf *sql, const struct reg_table *of)
{
	buf_print(sql,
	    " UNION ALL (SELECT %d, r.id, '', %s, '', '', " NOTHING
	    " FROM %s r WHERE r.archived_at IS NULL ORDER BY r.%s, r.id LIMIT %d)",
	    CHOICE, reg_label(by, of), of->name, of->title, CHOICES_MOST);
}

static void
take_model(const struct line *l, struct model_lines *out)
{
	if (l->what == PART)
		*(struct model_part *)row_at(&out->parts, out->parts.count++) =
		    (struct model_part){ l->id, l->number, l->name, l->word, l->a, l->note, l->b };
	else if (l->what == CODE)
		*(struct model_code *)row_at(&out->codes, out->codes.count++) =
		    (struct model_code){ l->id, l->word, l->number, l->name };
	else if (l->what == MACHINE)
		*(struct model_machine *)row_at(&out->machines, out->machines.count++) =
		    (struct model_machine){ l->id, l->number, l->name, l->word };
	else
		add_choice(&out->choices, l);
}

enum status
model_lines(const struct actor *by, int64_t model_id, int machines, struct model_lines *out)
{
	static const char lines[] =
	    "(SELECT 0 AS what, p.id, p.number, p.name, p.unit AS word, l.note, l.quantity AS a,"
	    " p.on_hand AS b, " NO_DECIMAL " AS c, " NO_NUMBER " AS other, " NO_TIME " AS at"
	    " FROM machine_model_part l JOIN part p ON p.id = l.part_id"
	    " WHERE l.machine_model_id = ? ORDER BY p.name, p.id LIMIT ?)"
	    " UNION ALL (SELECT 1, r.id, r.code, " CODE_NAME(
		"r") " AS name, r.kind, '', " NOTHING
		     " FROM machine_model_code l JOIN failure_code r ON r.id = l.failure_code_id"
		     " WHERE l.machine_model_id = ? ORDER BY r.kind, name, r.id LIMIT ?)"
		     " UNION ALL (SELECT 3, m.id, m.number, m.name, m.status, '', " NOTHING
		     " FROM machine m WHERE m.machine_model_id = ? AND m.archived_at IS NULL"
		     " ORDER BY m.name, m.id LIMIT ?)";
	const struct arg of = ARG(model_id), most = ARG((int)LINES_MOST);
	struct buf sql = { .arena = by->arena };
	struct rows rows = { 0 };
	enum status e;

	buf_text(&sql, lines);
	put_choices(by, &sql, &failure_code_table);
	e = db_rows(by->db, by->arena, sql.text,
	    ARGS(of, most, LANGUAGE(by), of, most, of, ARG(machines)), &line_shape, &rows);
	*out = (struct model_lines){ room(by, &model_part_shape, rows.count),
		room(by, &model_code_shape, rows.count), room(by, &option_shape, rows.count),
		room(by, &model_machine_shape, rows.count) };
	for (size_t i = 0; !e && i < rows.count; i++)
		take_model(row_at(&rows, i), out);
	return e;
}

static void
take_part(const struct line *l, struct part_lines *out)
{
	if (l->what == OFFER)
		*(struct part_offer *)row_at(&out->offers, out->offers.count++) =
		    (struct part_offer){ l->id, l->name, l->number, l->a, l->other };
	else if (l->what == WAITING)
		*(struct part_waiting *)row_at(&out->waiting, out->waiting.count++) =
		    (struct part_waiting){ l->id, l->word, l->number, l->other.n, l->name, l->at,
			    l->a, l->b, l->c };
	else
		add_choice(&out->vendors, l);
}

enum status
part_lines(const struct actor *by, int64_t part_id, int waiting, struct part_lines *out)
{
	static const char offers[] =
	    "(SELECT 4 AS what, v.id, l.number, v.name, '' AS word, '' AS note, l.price AS a,"
	    " " NO_DECIMAL " AS b, " NO_DECIMAL " AS c, l.lead_days AS other, " NO_TIME " AS at"
	    " FROM part_vendor l JOIN vendor v ON v.id = l.vendor_id"
	    " WHERE l.part_id = ? ORDER BY v.name, v.id LIMIT ?)";
	static const char waits[] =
	    " UNION ALL (SELECT 5, l.parts_request_id, w.number, u.name, q.state, '', l.asked,"
	    " l.approved, l.issued, q.work_order_id, q.requested_at FROM parts_request_line l"
	    " JOIN parts_request q ON q.id = l.parts_request_id"
	    " JOIN work_order w ON w.id = q.work_order_id"
	    " JOIN user u ON u.id = q.requested_by"
	    " WHERE l.part_id = ? AND l.closed = FALSE"
	    " AND q.state IN ('REQUESTED','APPROVED','PARTLY_ISSUED')"
	    " ORDER BY q.requested_at, l.id LIMIT ?)";
	struct arg args[4] = { ARG(part_id), ARG((int)LINES_MOST), ARG(part_id), ARG(waiting) };
	struct buf sql = { .arena = by->arena };
	struct rows rows = { 0 };
	size_t count = 2;
	enum status e;

	buf_text(&sql, offers);
	if (permission_reach(by->role, PARTS_REQUEST_VIEW) == REACH_ALL) {
		buf_text(&sql, waits);
		count += 2;
	}
	if (permission_reach(by->role, PART_EDIT) != REACH_NONE)
		put_choices(by, &sql, &vendor_table);
	e = db_rows(by->db, by->arena, sql.text, (struct args){ args, count }, &line_shape, &rows);
	*out = (struct part_lines){ room(by, &part_offer_shape, rows.count),
		room(by, &option_shape, rows.count), room(by, &part_waiting_shape, rows.count) };
	for (size_t i = 0; !e && i < rows.count; i++)
		take_part(row_at(&rows, i), out);
	return e;
}
