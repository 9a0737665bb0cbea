/* register_tables.h: the registers' tables, one a file. */
#ifndef PAGE_REGISTER_TABLES_H
#define PAGE_REGISTER_TABLES_H

struct reg;

extern const struct reg department_register;   /* admin/department.c */
extern const struct reg machine_register;      /* admin/machine.c */
extern const struct reg failure_code_register; /* admin/failure_code.c */
extern const struct reg part_register;         /* inventory/part.c */

#endif
