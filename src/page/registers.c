/* registers.c: every register that there is. */
#include "page/register.h"
#include "page/register_tables.h"

const struct reg *const registers[] = {
	&department_register,
	&machine_register,
	&failure_code_register,
	&part_register,
};

const size_t register_count = COUNT(registers);
