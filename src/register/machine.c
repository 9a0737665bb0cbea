/* machine.c: the register of machines; a machine's own page is page/floor's. */
#include "model/machine.h"
#include "model/department.h"
#include "model/location.h"
#include "model/machine_class.h"
#include "model/machine_model.h"
#include "model/shift_calendar.h"
#include "model/vendor.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct machine, number), RULE_PLAIN, "Number", "The plant’s own, as PRS-0012.",
	    true, 1, 32, NULL },
	{ FIELD(struct machine, name), RULE_PLAIN, "Name", NULL, true, 1, 120, NULL },
	{ FIELD(struct machine, department_id), RULE_REF, "Department", NULL, true, 0, 0, NULL },
	{ FIELD(struct machine, location_id), RULE_REF, "Location", NULL, false, 0, 0, NULL },
	{ FIELD(struct machine, location), RULE_PLAIN, "Where exactly", "Bay 3, at the east wall.",
	    false, 0, 120, NULL },
	{ FIELD_WORD(struct machine, criticality, &machine_criticality_words), RULE_CHOICE,
	    "Criticality", "How much the plant suffers while it stands still.", true, 0, 0, NULL },
	{ FIELD_WORD(struct machine, status, &machine_status_words), RULE_CHOICE, "Status", NULL,
	    true, 0, 0, NULL },
	{ FIELD_WORD(struct machine, open_report, &machine_open_words), RULE_CHOICE,
	    "Reports without an account", NULL, false, 0, 0, NULL },
	{ FIELD(struct machine, parent_number), RULE_PLAIN, "Assembly of",
	    "The number of the machine that this one is a part of.", false, 0, 32, NULL },
	{ FIELD_WORD(struct machine, stop_rule, &machine_stop_rule_words), RULE_CHOICE,
	    "When it stands", "What that means for the machine that it is a part of.", false, 0, 0,
	    NULL },
	{ FIELD(struct machine, machine_model_id), RULE_REF, "Machine model",
	    "Manufacturer and model then follow it.", false, 0, 0, NULL },
	{ FIELD(struct machine, manufacturer), RULE_PLAIN, "Manufacturer", NULL, false, 0, 80,
	    NULL },
	{ FIELD(struct machine, model), RULE_PLAIN, "Model", NULL, false, 0, 80, NULL },
	{ FIELD(struct machine, serial_number), RULE_PLAIN, "Serial number", NULL, false, 0, 80,
	    NULL },
	{ FIELD(struct machine, installed_on), RULE_PLAIN, "In service since", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct machine, warranty_until), RULE_PLAIN, "Warranty until", NULL, false, 0, 0,
	    NULL },
	{ FIELD(struct machine, vendor_id), RULE_REF, "Vendor", "Who is called when it breaks.",
	    false, 0, 0, NULL },
	{ FIELD(struct machine, shift_calendar_id), RULE_REF, "Shift calendar",
	    "None: it is asked to run always.", false, 0, 0, NULL },
	{ FIELD(struct machine, replacement_value), RULE_PLAIN, "Replacement value",
	    "What a new one costs today.", false, 0, INT64_C(99999999999999), NULL },
	{ FIELD(struct machine, stop_cost), RULE_PLAIN, "Cost of an hour’s stop", NULL, false, 0,
	    INT64_C(99999999999999), NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Machines",
	.create = "New machine",
	.edit = "Edit machine",
	.empty = "No machines yet",
	.empty_help = "Every machine gets a code to scan: from there problems are reported.",
	.archived = "Archived machines",
	.archive = "Archive this machine",
};

static const struct reg_column columns[] = {
	{ "number", "Number", "number", CELL_LINK },
	{ "name", "Name", "name", CELL_PLAIN },
	{ "department_name", "Department", NULL, CELL_PLAIN },
	{ "location", "Where exactly", NULL, CELL_PLAIN },
	{ "criticality", "Criticality", NULL, CELL_MARK },
	{ "status", "Status", NULL, CELL_BADGE },
};

static const struct reg_column details[] = {
	{ "name", "Name", NULL, CELL_PLAIN },
	{ "status", "Status", NULL, CELL_BADGE },
	{ "department_name", "Department", NULL, CELL_PLAIN },
	{ "location_path", "Location", NULL, CELL_PLAIN },
	{ "location", "Where exactly", NULL, CELL_PLAIN },
	{ "criticality", "Criticality", NULL, CELL_MARK },
	{ "parent_number", "Assembly of", NULL, CELL_PLAIN },
	{ "manufacturer", "Manufacturer", NULL, CELL_PLAIN },
	{ "model", "Model", NULL, CELL_PLAIN },
	{ "serial_number", "Serial number", NULL, CELL_PLAIN },
	{ "installed_on", "In service since", NULL, CELL_PLAIN },
	{ "warranty_until", "Warranty until", NULL, CELL_PLAIN },
	{ "vendor_name", "Vendor", NULL, CELL_PLAIN },
	{ "shift_calendar_name", "Shift calendar", NULL, CELL_PLAIN },
	{ "replacement_value", "Replacement value", NULL, CELL_MONEY, .see = COST_VIEW },
	{ "stop_cost", "Cost of an hour’s stop", NULL, CELL_MONEY, .see = COST_VIEW },
	{ "stop_rule", "When it stands", NULL, CELL_PLAIN },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

static const struct reg_filter_text filters[] = {
	{ "Department", NULL, &department_table },
	{ "Status", &machine_status_words, NULL },
	{ "Location", NULL, &location_table },
	{ "Machine model", NULL, &machine_model_table },
	{ "Machine class", NULL, &machine_class_table },
	{ "Criticality", &machine_criticality_words, NULL },
	{ "Vendor", NULL, &vendor_table },
	{ "Shift calendar", NULL, &shift_calendar_table },
	{ "Warranty until", NULL, NULL },
};

static const struct reg_choice choices[] = {
	{ .member = "department_id", .of = &department_table },
	{ .member = "location_id", .of = &location_table },
	{ .member = "machine_model_id", .of = &machine_model_table },
	{ .member = "vendor_id", .of = &vendor_table },
	{ .member = "shift_calendar_id", .of = &shift_calendar_table },
};

static void
defaults(void *record)
{
	struct machine *m = record;

	m->criticality = "MEDIUM";
	m->status = "OPERATIONAL";
	m->stop_rule = "NONE";
	m->open_report = "SITE";
}

const struct reg machine_register = {
	.base = "/machines",
	.table = &machine_table,
	.form = &form,
	.view = MACHINE_VIEW,
	.edit = MACHINE_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
	.filters = filters,
	.choices = choices,
	.choice_count = COUNT(choices),
	.defaults = defaults,
};
