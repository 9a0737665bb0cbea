/* vendor.h: who sells parts and machines, and who is called when one breaks. */
#ifndef MODEL_VENDOR_H
#define MODEL_VENDOR_H

#include "base/shape.h"

struct reg_table;

struct vendor {
	int64_t id;
	const char *name;
	const char *customer_number; /* what they call us */
	const char *contact_name;
	const char *email;
	const char *phone;
	const char *website;
	const char *address;
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct shape vendor_shape;
extern const struct reg_table vendor_table;

#endif
