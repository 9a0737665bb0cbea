/* history.c: events for people; see page_history() in page.h. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "model/attachment.h"
#include "model/custom.h"
#include "model/event.h"
#include "model/failure_code.h"
#include "model/log.h"
#include "model/machine.h"
#include "model/stock.h"
#include "model/work_order.h"
#include "page/history.h"
#include "page/page.h"
#include "page/record.h"
#include "register/register.h"
#include "rule/meter.h"
#include "rule/parts_request.h"
#include "rule/work_order.h"

/* Stands for "one of several lists": see kinds. */
static const struct words any_kind;
/* Stands for "the name of a failure code". */
static const struct words any_code;
/* Stands for "an amount of money". */
static const struct words any_money;

/* A member that has no line here is shown by its own name: registers add theirs. */
static const struct {
	const char *member;
	const char *label;
	const struct words *words;
} labels[] = {
	{ "state", "State", &wo_state_words },
	{ "priority", "Priority", &wo_priority_words },
	{ "criticality", "Criticality", &wo_priority_words },
	{ "status", "Status", &machine_status_words },
	{ "role", "Role", &role_words },
	{ "assignee_name", "Technician", NULL },
	{ "problem_name", "Problem", &any_code },
	{ "cause_name", "Cause", &any_code },
	{ "remedy_name", "Remedy", &any_code },
	{ "description", "Description", NULL },
	{ "due_on", "Due", NULL },
	{ "resolution", "What was done", NULL },
	{ "signed_name", "Signed by", NULL },
	{ "confirmed_name", "Confirmed by", NULL },
	{ "cancel_reason", "Reason", NULL },
	{ "reason", "Reason", NULL },
	{ "detail", "Reason", NULL },
	{ "added", "Added", NULL },
	{ "file", "File", NULL },
	{ "category", "Kind", &attachment_category_words },
	{ "path", "Page", NULL },
	{ "fault", "Fault", &log_fault_words },
	{ "from_at", "From", NULL },
	{ "to_at", "Until", NULL },
	{ "query", "What was asked for", NULL },
	{ "records", "Records", NULL },
	{ "parts", "Parts", NULL },
	{ "quantity", "Quantity", NULL },
	{ "unit_cost", "Unit cost", &any_money },
	{ "on_hand_after", "On hand", NULL },
	{ "machine_number", "Machine", NULL },
	{ "machine_down", "Machine down", NULL },
	{ "started_at", "Stopped since", NULL },
	{ "ended_at", "Runs again since", NULL },
	{ "correction", "Correction", NULL },
	{ "planned", "Planned", NULL },
	{ "failure", "Failure", NULL },
	{ "meter", "Meter", NULL },
	{ "value", "Reading", NULL },
	{ "at", "When", NULL },
	{ "run_hours", "Counts hours at work", NULL },
	{ "rollover", "Begins at 0 again at", NULL },
	{ "part", "Part", NULL },
	{ "note", "Note", NULL },
	{ "minutes", "Minutes", NULL },
	{ "kind", "Kind", &any_kind },
	{ "name", "Name", NULL },
	{ "name_fr", "Name in French", NULL },
	{ "number", "Number", NULL },
	{ "code", "Code", NULL },
	{ "email", "E-mail", NULL },
	{ "phone", "Phone", NULL },
	{ "hourly_rate", "Hourly rate", &any_money },
	{ "rate", "Hourly rate", &any_money },
	{ "from_day", "From", NULL },
	{ "skill_names", "Skills", NULL },
	{ "department_name", "Department", NULL },
	{ "department_names", "Departments", NULL },
	{ "parent_number", "Assembly of", NULL },
	{ "location", "Location", NULL },
	{ "manufacturer", "Manufacturer", NULL },
	{ "model", "Model", NULL },
	{ "serial_number", "Serial number", NULL },
	{ "installed_on", "In service since", NULL },
	{ "group_name", "Group", NULL },
	{ "unit", "Unit", NULL },
	{ "place", "Place", NULL },
	{ "minimum", "Minimum stock", NULL },
	{ "title", "Title", NULL },
	{ "customer_number", "Our customer number", NULL },
	{ "contact_name", "Contact", NULL },
	{ "website", "Website", NULL },
	{ "address", "Address", NULL },
	{ "machine_class_name", "Machine class", NULL },
	{ "machine_class_names", "Machine classes", NULL },
	{ "machine_model_name", "Model", NULL },
	{ "vendor_name", "Vendor", NULL },
	{ "shifts", "Shifts", NULL },
	{ "shift_calendar_name", "Shift calendar", NULL },
	{ "day", "Day", NULL },
	{ "parent_path", "Part of", NULL },
	{ "placed", "On the map", NULL },
	{ "location_path", "Location", NULL },
	{ "replacement_value", "Replacement value", &any_money },
	{ "stop_cost", "Cost of an hour’s stop", &any_money },
	{ "warranty_until", "Warranty until", NULL },
	{ "stop_rule", "When it stands", &machine_stop_rule_words },
	{ "tags", "Tags", NULL },
	{ "label", "Label", NULL },
	{ "type", "Type", &custom_type_words },
	{ "choices", "Choices", NULL },
	{ "required", "Must be filled in", NULL },
	{ "position", "Position", NULL },
	{ "merged_into", "Merged into", NULL },
	{ "merged_from", "Merged from", NULL },
	{ "moved", "Moved", NULL },
	{ "zone", "Time zone", NULL },
	{ "currency", "Currency", NULL },
	{ "language", "Language", NULL },
	{ "file_most_mb", "Largest file, in MB", NULL },
	{ "file_keep_days", "Days that removed files are kept", NULL },
	{ "open_registration", "Anybody may open an account", NULL },
	{ "open_report", "Reports without an account", &machine_open_words },
	{ "open_report_badge", "Reports with a badge need no confirmation", NULL },
	{ "said_name", "Reported by", NULL },
	{ "host", "Address in the network", NULL },
	{ "port", "Port", NULL },
	{ "dpi", "Dots per inch", NULL },
	{ "offset_x", "Moves everything to the right (mm)", NULL },
	{ "offset_y", "Moves everything down (mm)", NULL },
	{ "scale", "Scale (%)", NULL },
};

/* A member "kind" is one of several lists, by what has it; their codes do not overlap in meaning.
 */
static const struct words *const kinds[] = {
	&work_log_words,
	&movement_words,
	&failure_kind_words,
	&wo_kind_words,
	&custom_kind_words,
	&meter_kind_words,
};

static const char *
word_text(const struct request *rq, const struct words *words, const char *code)
{
	int i = word_index(words, code);

	return i < 0 ? NULL : page_text(rq, words->list[i].text);
}

static const char *
kind_text(const struct request *rq, const char *code)
{
	const char *text = NULL;

	for (size_t i = 0; text == NULL && i < COUNT(kinds); i++)
		text = word_text(rq, kinds[i], code);
	return text;
}

/* Events keep a code's English name; its French one is looked up in what one query has read. */
static const char *
code_text(struct request *rq, const char *name)
{
	if (strcmp(rq->kit->tongue->language, "fr") != 0)
		return NULL;
	if (rq->code_names == NULL) {
		rq->code_names = NEW(rq->arena, struct rows);
		if (failure_code_french(rq->by, rq->code_names))
			return NULL; /* logged; the name will do */
	}
	for (size_t i = 0; i < rq->code_names->count; i++) {
		const struct failure_code *c = row_at(rq->code_names, i);

		if (strcmp(c->name, name) == 0)
			return c->name_fr;
	}
	return NULL;
}

static const char *
number_text(const struct request *rq, double n, const struct words *words)
{
	const struct decimal d = decimal(llround(n * (double)DECIMAL_ONE));

	return words == &any_money ? locale_money(rq->kit->locale, rq->arena, d)
				   : locale_decimal(rq->kit->locale, rq->arena, d);
}

static const char *
text_of(struct request *rq, const char *text, const struct words *words)
{
	struct instant at;
	const char *word = words == &any_kind   ? kind_text(rq, text)
			   : words == &any_code ? code_text(rq, text)
			   : words != NULL      ? word_text(rq, words, text)
						: NULL;

	if (word != NULL)
		return word;
	/* Events keep instants as ISO texts: 2026-11-21T14:05:00Z. */
	if (strlen(text) >= 20 && text[10] == 'T' && text[strlen(text) - 1] == 'Z') {
		at = instant_parse(text);
		if (at.known)
			return locale_instant(rq->kit->locale, rq->arena, at);
	}
	if (strlen(text) == 10 && text[4] == '-' && date_parse(text).known)
		return locale_date(rq->kit->locale, rq->arena, date_parse(text));
	return arena_text(rq->arena, text, strlen(text));
}

/* "" for null. */
static const char *
value_text(struct request *rq, const json_t *v, const struct words *words)
{
	if (json_is_string(v))
		return text_of(rq, json_string_value(v), words);
	if (json_is_real(v) || (json_is_integer(v) && words == &any_money))
		return number_text(rq, json_number_value(v), words);
	if (json_is_integer(v))
		return locale_int(rq->kit->locale, rq->arena, json_integer_value(v));
	if (json_is_true(v))
		return page_text(rq, "yes");
	if (json_is_false(v))
		return page_text(rq, "no");
	return "";
}

/* custom_7 is what the plant calls that field; one query a page. */
static const char *
custom_label(struct request *rq, const char *member)
{
	if (rq->custom_fields == NULL) {
		rq->custom_fields = NEW(rq->arena, struct rows);
		if (custom_fields_all(rq->by, rq->custom_fields))
			return NULL; /* logged; the member's name will do */
	}
	for (size_t i = 0; i < rq->custom_fields->count; i++) {
		const struct custom_field *f = row_at(rq->custom_fields, i);

		if (strcmp(member, arena_print(rq->arena, "custom_%" PRId64, f->id)) == 0)
			return f->label;
	}
	return NULL;
}

static void
show_change(struct request *rq, struct view *list, const char *member, const json_t *pair)
{
	const char *label = member, *before, *after;
	const struct words *words = NULL;
	struct view *v;

	for (size_t i = 0; i < COUNT(labels); i++) {
		if (strcmp(labels[i].member, member) != 0)
			continue;
		label = page_text(rq, labels[i].label);
		words = labels[i].words;
	}
	if (text_ends(member, "_id"))
		return; /* what it refers to is told by its name */
	if (!register_sees(&machine_register, rq->by->role, member))
		return;
	if (text_starts(member, "custom_"))
		label = custom_label(rq, member);
	if (label == NULL)
		label = member;
	/* What a merge has moved is counted under its own text. */
	if (label == member && strcmp(page_text(rq, member), member) != 0)
		label = page_text(rq, member);
	before = value_text(rq, json_array_get(pair, 0), words);
	after = value_text(rq, json_array_get(pair, 1), words);
	if (*before == '\0' && *after == '\0')
		return;
	v = view_item(list);
	view_text(
	    v, "label", label == member ? arena_text(rq->arena, member, strlen(member)) : label);
	view_text(v, "before", before);
	view_text(v, "after", after);
}

void
history_changes(struct request *rq, struct view *in, const char *changes)
{
	struct view *list = view_list(in, "changes");
	json_t *json = changes != NULL ? json_loads(changes, 0, NULL) : NULL, *pair;
	const char *member;

	json_object_foreach(json, member, pair) show_change(rq, list, member, pair);
	json_decref(json);
}

/* Where a machine's or a person's history leads to the work order that it tells of. */
static void
show_link(const struct request *rq, struct view *v, const struct event_row *ev)
{
	const char *href = NULL, *text = page_text(rq, "Work order");

	if (ev->work_order_id.known)
		href = arena_print(rq->arena, "/work-orders/%" PRId64, ev->work_order_id.n);
	/* The pages of a work order and of its parts requests say it at their top. */
	if (text_starts(rq->path, "/work-orders/") || text_starts(rq->path, "/parts-requests/"))
		href = NULL;
	if (text_starts(ev->title, "WO-"))
		text = ev->title;
	view_text(v, "href", href);
	view_text(v, "href_text", text);
}

void
page_history(struct request *rq, const char *name, const struct rows *events)
{
	struct view *list = view_list(rq->view, name);

	for (size_t i = 0; i < events->count; i++) {
		const struct event_row *ev = row_at(events, i);
		struct view *v = view_item(list);

		view_instant(v, "at", ev->at);
		view_word(v, "act", &event_act_words, ev->act);
		view_text(v, "user_name", ev->user_name);
		view_int(v, "user_id", ev->user_id.known ? ev->user_id.n : 0);
		view_text(v, "title", ev->title);
		view_text(v, "address", ev->address);
		view_text(v, "kind", ev->kind);
		view_int(v, "record_id", ev->record_id);
		view_int(v, "id", ev->id);
		view_text(v, "record_href", record_href(rq, ev->kind, ev->record_id));
		show_link(rq, v, ev);
		history_changes(rq, v, ev->changes);
	}
}
