/* vendor.c: the register of vendors. */
#include "model/vendor.h"
#include "register/register.h"

static const struct rule rules[] = {
	{ FIELD(struct vendor, name), RULE_PLAIN, "Name", NULL, true, 1, 120, NULL },
	{ FIELD(struct vendor, customer_number), RULE_PLAIN, "Our customer number",
	    "What they call us.", false, 0, 40, NULL },
	{ FIELD(struct vendor, contact_name), RULE_PLAIN, "Contact", "Whom to ask for.", false, 0,
	    80, NULL },
	{ FIELD(struct vendor, email), RULE_EMAIL, "E-mail", NULL, false, 0, 0, NULL },
	{ FIELD(struct vendor, phone), RULE_PLAIN, "Phone", NULL, false, 0, 40, NULL },
	{ FIELD(struct vendor, website), RULE_PLAIN, "Website", NULL, false, 0, 200, NULL },
	{ FIELD(struct vendor, address), RULE_LINES, "Address", NULL, false, 0, 400, NULL },
	{ FIELD(struct vendor, note), RULE_LINES, "Note", NULL, false, 0, 1000, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static const struct reg_texts texts = {
	.plural = "Vendors",
	.create = "New vendor",
	.edit = "Edit vendor",
	.empty = "No vendors yet",
	.empty_help = "Who sells parts and machines, and whom to call when one breaks.",
	.archived = "Archived vendors",
	.archive = "Archive this vendor",
};

static const struct reg_column columns[] = {
	{ "name", "Name", "name", CELL_LINK },
	{ "customer_number", "Our customer number", NULL, CELL_PLAIN },
	{ "contact_name", "Contact", NULL, CELL_PLAIN },
	{ "phone", "Phone", NULL, CELL_PLAIN },
	{ "email", "E-mail", NULL, CELL_PLAIN },
};

static const struct reg_column details[] = {
	{ "customer_number", "Our customer number", NULL, CELL_PLAIN },
	{ "contact_name", "Contact", NULL, CELL_PLAIN },
	{ "phone", "Phone", NULL, CELL_PLAIN },
	{ "email", "E-mail", NULL, CELL_PLAIN },
	{ "website", "Website", NULL, CELL_URL },
	{ "address", "Address", NULL, CELL_LINES },
	{ "note", "Note", NULL, CELL_LINES },
	{ "archived_at", "Archived", NULL, CELL_PLAIN },
};

const struct reg vendor_register = {
	.base = "/vendors",
	.table = &vendor_table,
	.form = &form,
	.view = VENDOR_VIEW,
	.edit = VENDOR_EDIT,
	.texts = &texts,
	.columns = columns,
	.column_count = COUNT(columns),
	.details = details,
	.detail_count = COUNT(details),
};
