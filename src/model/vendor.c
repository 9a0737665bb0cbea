/* vendor.c: see vendor.h. */
#include "model/vendor.h"
#include "model/actor.h"
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

static const struct field event_fields[] = {
	FIELD(struct vendor, name),
	FIELD(struct vendor, customer_number),
	FIELD(struct vendor, contact_name),
	FIELD(struct vendor, email),
	FIELD(struct vendor, phone),
	FIELD(struct vendor, website),
	FIELD(struct vendor, address),
	FIELD(struct vendor, note),
};

static const struct shape event_shape_of = SHAPE(struct vendor, event_fields);

static enum status
archivable(const struct actor *by, const void *record, const char **why)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM machine"
				  " WHERE vendor_id = ? AND archived_at IS NULL)";

	return reg_unused(by, sql, ((const struct vendor *)record)->id,
	    "It is still called for machines. Name another one there first.", why);
}

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
	.events = &event_shape_of,
	.title = "name",
	.words = "r.name, r.customer_number, r.contact_name, r.email",
	.like = like,
	.sorts = sorts,
	.sort_count = COUNT(sorts),
	.archivable = archivable,
	.merge = &vendor_merge,
};
