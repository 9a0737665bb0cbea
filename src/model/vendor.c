/* vendor.c: see vendor.h. */
#include "model/vendor.h"
#include "model/merge.h"
#include "model/register.h"

static const struct field fields[] = {
	FIELD(struct vendor, id),
	FIELD(struct vendor, name),
	FIELD(struct vendor, customer_number),
	FIELD(struct vendor, contact_name),
	FIELD(struct vendor, email),
	FIELD(struct vendor, phone),
	FIELD(struct vendor, website),
	FIELD(struct vendor, address),
	FIELD(struct vendor, note),
	FIELD(struct vendor, version),
	FIELD(struct vendor, archived_at),
};

const struct shape vendor_shape = SHAPE(struct vendor, fields);

static const struct reg_use uses[] = {
	{ REG_USE("machine", "vendor_id"),
	    "It is still called for machines. Name another one there first." },
	{ 0 },
};

static const char *const stored[] = { "name", "customer_number", "contact_name", "email", "phone",
	"website", "address", "note", NULL };
static const char *const like[] = { "name", "customer_number", "contact_name", "email", NULL };
static const struct reg_sort sorts[] = {
	{ "name", { "name" }, true },
};

const struct reg_table vendor_table = {
	.name = "vendor",
	.shape = &vendor_shape,
	.columns = "r.id, r.name, r.customer_number, r.contact_name, r.email, r.phone, "
		   "r.website, r.address, r.note, r.version, r.archived_at",
	.joins = "",
	.stored = stored,
	.title = "name",
	.words = "r.name, r.customer_number, r.contact_name, r.email",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.uses = uses,
	.merge = &vendor_merge,
};
