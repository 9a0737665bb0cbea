/* registers.c: every register that there is. */
#include <string.h>

#include "register/register.h"

const struct reg *const registers[] = {
	&department_register,
	&machine_register,
	&failure_code_register,
	&part_register,
	&user_register,
	&custom_field_register,
	&tag_register,
	&location_register,
	&vendor_register,
	&machine_class_register,
	&machine_model_register,
	&maintenance_type_register,
	&shift_calendar_register,
	&holiday_register,
	&skill_register,
	&printer_register,
};

const size_t register_count = COUNT(registers);

const struct reg *
register_of_kind(const char *kind)
{
	for (size_t i = 0; i < register_count; i++)
		if (strcmp(registers[i]->table->name, kind) == 0)
			return registers[i];
	return NULL;
}

bool
register_sees(const struct reg *reg, enum role role, const char *member)
{
	for (size_t i = 0; i < reg->column_count + reg->detail_count; i++) {
		const struct reg_column *c =
		    i < reg->column_count ? &reg->columns[i] : &reg->details[i - reg->column_count];

		if (c->see != NO_PERMISSION && strcmp(c->member, member) == 0)
			return permission_reach(role, c->see) == REACH_ALL;
	}
	return true;
}
