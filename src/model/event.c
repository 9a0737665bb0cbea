/* event.c: see event.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/event.h"

static const struct word acts[] = {
	{ "site.created", "Site created" },
	{ "plant.created", "Settings created" },
	{ "plant.changed", "Settings changed" },
	{ "user.created", "Person added" },
	{ "user.invited", "Invitation sent" },
	{ "user.registered", "Account opened" },
	{ "user.changed", "Person changed" },
	{ "user.rate_set", "Hourly rate set" },
	{ "user.archived", "Person deactivated" },
	{ "user.restored", "Person reactivated" },
	{ "user.signed_in", "Signed in" },
	{ "user.signed_out", "Signed out" },
	{ "user.signed_out_everywhere", "Signed out everywhere" },
	{ "user.sign_in_refused", "Sign-in refused" },
	{ "user.token_reused", "Stolen session ended" },
	{ "user.password_changed", "Password changed" },
	{ "user.reset_asked", "Password reset asked for" },
	{ "department.created", "Department created" },
	{ "department.changed", "Department changed" },
	{ "department.archived", "Department archived" },
	{ "department.restored", "Department restored" },
	{ "failure_code.created", "Failure code created" },
	{ "failure_code.changed", "Failure code changed" },
	{ "failure_code.archived", "Failure code archived" },
	{ "failure_code.restored", "Failure code restored" },
	{ "machine.created", "Machine created" },
	{ "machine.changed", "Machine changed" },
	{ "machine.archived", "Machine archived" },
	{ "machine.restored", "Machine restored" },
	{ "part.created", "Part created" },
	{ "part.changed", "Part changed" },
	{ "part.archived", "Part archived" },
	{ "part.restored", "Part restored" },
	{ "part.below_minimum", "Stock below minimum" },
	{ "movement.made", "Stock moved" },
	{ "movement.imported", "Stock movement imported" },
	{ "movement.taken_back", "Stock movement taken back with its import" },
	{ "work_order.reported", "Problem reported" },
	{ "work_order.added_to", "Report added" },
	{ "work_order.followed", "Followed" },
	{ "work_order.accepted", "Accepted" },
	{ "work_order.released", "Given back" },
	{ "work_order.resumed", "Work resumed" },
	{ "work_order.logged", "Work recorded" },
	{ "work_order.photo_added", "Photo added" },
	{ "file.added", "File added" },
	{ "file.replaced", "New version of a file" },
	{ "file.changed", "File renamed" },
	{ "file.removed", "File removed" },
	{ "file.restored", "File restored" },
	{ "file.refused", "File refused" },
	{ "work_order.completed", "Completed" },
	{ "work_order.confirmed", "Confirmed" },
	{ "work_order.reopened", "Reopened" },
	{ "work_order.cancelled", "Cancelled" },
	{ "work_order.changed", "Work order changed" },
	{ "work_order.imported", "Work order imported" },
	{ "work_order.taken_back", "Work order taken back with its import" },
	{ "stop.started", "Machine stopped" },
	{ "stop.ended", "Machine runs again" },
	{ "stop.corrected", "Stop corrected" },
	{ "stop.added", "Stop entered by hand" },
	{ "stop.imported", "Stop imported" },
	{ "stop.taken_back", "Stop taken back with its import" },
	{ "meter.created", "Meter added" },
	{ "meter.changed", "Meter changed" },
	{ "meter.archived", "Meter archived" },
	{ "meter.restored", "Meter restored" },
	{ "meter.read", "Meter read" },
	{ "meter.corrected", "Reading corrected" },
	{ "meter.imported", "Reading imported" },
	{ "meter.taken_back", "Reading taken back with its import" },
	{ "machine_part.added", "Part added to the machine’s list" },
	{ "machine_part.changed", "Part of the machine’s list changed" },
	{ "machine_part.removed", "Part taken off the machine’s list" },
	{ "parts_request.created", "Parts asked for" },
	{ "parts_request.approved", "Parts approved" },
	{ "parts_request.partly_approved", "Parts approved in part" },
	{ "parts_request.rejected", "Parts rejected" },
	{ "parts_request.issued", "Parts issued" },
	{ "parts_request.partly_issued", "Parts issued in part" },
	{ "parts_request.returned", "Parts returned" },
	{ "parts_request.cancelled", "Parts request cancelled" },
	{ "part.merged", "Parts merged" },
	{ "vendor.merged", "Vendors merged" },
	{ "failure_code.merged", "Failure codes merged" },
	{ "machine_model.merged", "Machine models merged" },
	{ "location.merged", "Locations merged" },
	{ "custom_field.created", "Custom field created" },
	{ "custom_field.changed", "Custom field changed" },
	{ "custom_field.archived", "Custom field archived" },
	{ "custom_field.restored", "Custom field restored" },
	{ "tag.created", "Tag created" },
	{ "tag.changed", "Tag changed" },
	{ "tag.archived", "Tag archived" },
	{ "tag.restored", "Tag restored" },
	{ "location.created", "Location created" },
	{ "location.changed", "Location changed" },
	{ "location.archived", "Location archived" },
	{ "location.restored", "Location restored" },
	{ "location.mapped", "Map changed" },
	{ "vendor.created", "Vendor created" },
	{ "vendor.changed", "Vendor changed" },
	{ "vendor.archived", "Vendor archived" },
	{ "vendor.restored", "Vendor restored" },
	{ "machine_class.created", "Machine class created" },
	{ "machine_class.changed", "Machine class changed" },
	{ "machine_class.archived", "Machine class archived" },
	{ "machine_class.restored", "Machine class restored" },
	{ "machine_model.created", "Machine model created" },
	{ "machine_model.changed", "Machine model changed" },
	{ "machine_model.archived", "Machine model archived" },
	{ "machine_model.restored", "Machine model restored" },
	{ "machine_model.part_put", "Spare part listed" },
	{ "machine_model.part_taken", "Spare part taken off the list" },
	{ "machine_model.code_put", "Failure code listed" },
	{ "machine_model.code_taken", "Failure code taken off the list" },
	{ "part.vendor_put", "Vendor of the part named" },
	{ "part.vendor_taken", "Vendor of the part taken off" },
	{ "maintenance_type.created", "Maintenance type created" },
	{ "maintenance_type.changed", "Maintenance type changed" },
	{ "maintenance_type.archived", "Maintenance type archived" },
	{ "maintenance_type.restored", "Maintenance type restored" },
	{ "shift_calendar.created", "Shift calendar created" },
	{ "shift_calendar.changed", "Shift calendar changed" },
	{ "shift_calendar.archived", "Shift calendar archived" },
	{ "shift_calendar.restored", "Shift calendar restored" },
	{ "holiday.created", "Holiday created" },
	{ "holiday.changed", "Holiday changed" },
	{ "holiday.archived", "Holiday archived" },
	{ "holiday.restored", "Holiday restored" },
	{ "skill.created", "Skill created" },
	{ "skill.changed", "Skill changed" },
	{ "skill.archived", "Skill archived" },
	{ "skill.restored", "Skill restored" },
	{ "import.made", "Data imported" },
	{ "log.exported", "Activity exported" },
	{ "log.check_asked", "Check of the log asked for" },
	{ "log.broken", "The log is broken" },
	{ "access.refused", "Access refused" },
	{ "list_view.created", "List view shared" },
	{ "list_view.changed", "Shared list view changed" },
	{ "list_view.archived", "Shared list view removed" },
	{ "register.exported", "List exported" },
	{ "mail.again", "Letter sent again" },
	{ "import.created", "File to import added" },
	{ "import.begun", "Import begun" },
	{ "import.applied", "Import done" },
	{ "import.stopped", "Import stopped" },
	{ "import.undo_begun", "Undoing of an import begun" },
	{ "import.undone", "Import undone" },
	{ "import.archived", "Import put away" },
	{ "code.replaced", "Code replaced" },
	{ "code.stale_scanned", "Replaced label scanned" },
	{ "printer.created", "Printer added" },
	{ "printer.changed", "Printer changed" },
	{ "printer.archived", "Printer archived" },
	{ "printer.restored", "Printer restored" },
	{ "printer.calibrated", "Printer calibrated" },
	{ "printer.sent", "Labels sent to the printer" },
	{ "open_report.made", "Report without an account" },
	{ "open_report.added_to", "Report without an account: words added" },
	{ "open_report.confirmed", "Report confirmed" },
	{ "open_report.rejected", "Report rejected" },
};

const struct words event_act_words = WORDS(acts);

static const struct field fields[] = {
	FIELD(struct event_row, id),
	FIELD(struct event_row, at),
	FIELD(struct event_row, user_id),
	FIELD(struct event_row, user_name),
	FIELD(struct event_row, address),
	FIELD_WORD(struct event_row, act, &event_act_words),
	FIELD(struct event_row, kind),
	FIELD(struct event_row, record_id),
	FIELD(struct event_row, title),
	FIELD(struct event_row, work_order_id),
	FIELD(struct event_row, changes),
};

const struct shape event_shape = SHAPE(struct event_row, fields);

#define COLUMNS \
	"SELECT id, at, user_id, user_name, address, act, kind, record_id, title, work_order_id," \
	" changes FROM event "

enum status
event_write(const struct actor *by, const struct event *ev)
{
	static const char sql[] = "INSERT INTO event (at, user_id, user_name,"
				  " address, trace, act, kind, record_id, title,"
				  " work_order_id, machine_id, department_id, changes)"
				  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	static const char unsealed[] = "INSERT INTO event_unsealed (event_id) VALUES (?)";
	int64_t id;
	enum status e;

	e = db_insert(by->db, sql,
	    ARGS(ARG(by->now), arg_ref(by->user_id), ARG(by->name ? by->name : ""),
		ARG(by->address ? by->address : ""), ARG(by->trace ? by->trace : ""), ARG(ev->act),
		ARG(ev->kind), ARG(ev->record_id), ARG(ev->title ? ev->title : ""),
		arg_ref(ev->work_order_id), arg_ref(ev->machine_id), arg_ref(ev->department_id),
		ARG(ev->changes)),
	    &id);
	if (e)
		return e;
	return db_change(by->db, unsealed, ARGS(ARG(id)), NULL);
}

const char *
event_changes(
    const struct actor *by, const struct shape *shape, const void *before, const void *after)
{
	struct buf out = { .arena = by->arena };

	return json_change(&out, shape, before, after) ? out.text : NULL;
}

const char *
event_with(const struct actor *by, const char *changes, const char *member, const char *value)
{
	struct buf out = { .arena = by->arena };

	if (changes == NULL)
		buf_text(&out, "{");
	else
		buf_add(&out, changes, strlen(changes) - 1);
	if (out.text[out.len - 1] != '{')
		buf_text(&out, ",");
	json_text(&out, member);
	buf_text(&out, ":[null,");
	json_text(&out, value);
	buf_text(&out, "]}");
	return out.text;
}

/* "below" anything at first: no id is that high. */
static struct arg
below(int64_t after)
{
	return arg_int(after > 0 ? after : INT64_MAX);
}

/* What an event tells is no wider than the pages of what it tells of: takes TOLD_ARGS. */
#define TOLD \
	" AND (? OR act <> 'work_order.logged') AND (? OR kind <> 'parts_request')" \
	" AND (? OR act NOT LIKE 'movement.%')"
#define TOLD_ARGS(by) \
	ARG(sees(by, WORK_LOG_VIEW)), ARG(sees(by, PARTS_REQUEST_VIEW)), \
	    ARG(sees(by, MOVEMENT_VIEW))

static bool
sees(const struct actor *by, enum permission permission)
{
	return permission_reach(by->role, permission) != REACH_NONE;
}

enum status
event_list_record(const struct actor *by, const char *kind, int64_t record_id, int64_t after,
    int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE kind = ? AND record_id = ? AND id < ?" TOLD " ORDER BY id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(kind), ARG(record_id), below(after), TOLD_ARGS(by), ARG(most)), &event_shape,
	    out);
}

enum status
event_list_work_order(
    const struct actor *by, int64_t work_order_id, int64_t after, int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE work_order_id = ? AND id < ?" TOLD " ORDER BY id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(work_order_id), below(after), TOLD_ARGS(by), ARG(most)), &event_shape, out);
}

/* A machine is everybody's to look at; its work orders are not. */
enum status
event_list_machine(
    const struct actor *by, int64_t machine_id, int64_t after, int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE machine_id = ? AND id < ?" TOLD " AND (? OR work_order_id IS NULL OR"
		    " FIND_IN_SET(department_id, ?)) ORDER BY id DESC LIMIT ?";
	const enum reach reach = permission_reach(by->role, WORK_ORDER_VIEW);

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(machine_id), below(after), TOLD_ARGS(by), ARG(reach == REACH_ALL),
		ARG(reach == REACH_DEPARTMENT ? by->departments : ""), ARG(most)),
	    &event_shape, out);
}

enum status
event_list_of(const struct actor *by, const char *kind, int64_t record_id,
    const struct event_filter *f, int most, struct rows *out)
{
	static const char sql[] =
	    COLUMNS "WHERE kind = ? AND record_id = ? AND id < ? AND (? OR act = ?)"
		    " AND (? OR user_id = ?)" TOLD " ORDER BY id DESC LIMIT ?";

	return db_rows(by->db, by->arena, sql,
	    ARGS(ARG(kind), ARG(record_id), below(f->after), ARG(f->act == NULL), ARG(f->act),
		ARG(f->user_id == 0), ARG(f->user_id), TOLD_ARGS(by), ARG(most)),
	    &event_shape, out);
}

#define LATEST \
	COLUMNS "WHERE id IN (SELECT MAX(id) FROM event WHERE kind = ? AND record_id = ?" TOLD

enum status
event_acts_of(const struct actor *by, const char *kind, int64_t record_id, struct rows *out)
{
	static const char sql[] = LATEST " GROUP BY act) ORDER BY act";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(kind), ARG(record_id), TOLD_ARGS(by)),
	    &event_shape, out);
}

enum status
event_people_of(const struct actor *by, const char *kind, int64_t record_id, struct rows *out)
{
	static const char sql[] =
	    LATEST " AND user_id IS NOT NULL GROUP BY user_id) ORDER BY user_name LIMIT 200";

	return db_rows(by->db, by->arena, sql, ARGS(ARG(kind), ARG(record_id), TOLD_ARGS(by)),
	    &event_shape, out);
}
