/* registers.c: which registers have pages of their own. */
#include "page/admin/admin.h"
#include "page/inventory/inventory.h"
#include "page/label/label.h"
#include "page/line/line.h"
#include "page/location/location.h"
#include "page/register.h"

static const struct reg_page pages[] = {
	{ .reg = &location_register, .show = "location/show", .more = location_more },
	{ .reg = &machine_model_register, .show = "line/model", .more = model_more },
	{ .reg = &failure_code_register, .show = "line/code", .more = code_more },
	{ .reg = &part_register, .show = "part/show", .no_history = true, .more = part_more },
	{ .reg = &user_register,
	    .show = "admin/user",
	    .edit_form = "admin/user_form",
	    .created = user_created,
	    .no_history = true,
	    .more = user_more },
	{ .reg = &printer_register, .show = "label/printer", .more = printer_more },
};

const struct reg_page *
register_page_of(const struct reg *reg)
{
	static const struct reg_page usual = { 0 };

	for (size_t i = 0; i < COUNT(pages); i++)
		if (pages[i].reg == reg)
			return &pages[i];
	return &usual;
}
