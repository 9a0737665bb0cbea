/*
 * permission.h: who may do what.  The whole answer is one table in permission.c; pages, navigation,
 * queries, API and tests read it there.
 */
#ifndef RULE_PERMISSION_H
#define RULE_PERMISSION_H

#include "base/shape.h"

struct buf;

enum role { VISITOR, ADMIN, SUPERVISOR, TECHNICIAN, MANAGER, INVENTORY, REQUESTER, ROLES };

enum permission {
	NO_PERMISSION, /* the zero of a forgotten entry: denied */
	ANYBODY,       /* also who is not signed in */
	SIGNED_IN,
	USER_VIEW,
	USER_EDIT,
	DEPARTMENT_VIEW,
	DEPARTMENT_EDIT,
	MACHINE_VIEW,
	MACHINE_EDIT,
	CODE_VIEW, /* failure codes and maintenance types */
	CODE_EDIT,
	WORK_ORDER_VIEW,
	WORK_ORDER_REPORT,
	WORK_ORDER_EDIT,
	WORK_ORDER_WORK,    /* accept, log, ask for parts, complete */
	WORK_ORDER_CONFIRM, /* confirm or reopen */
	WORK_ORDER_CANCEL,
	WORK_LOG_VIEW,
	PARTS_REQUEST_VIEW,
	PARTS_REQUEST_CREATE,
	PARTS_REQUEST_APPROVE,
	PARTS_REQUEST_ISSUE,
	PART_VIEW,
	PART_EDIT,
	MOVEMENT_VIEW,
	MOVEMENT_MAKE,
	CUSTOM_FIELD_EDIT,
	TAG_VIEW,
	TAG_EDIT,
	MACHINE_FILE_ADD, /* photos and documents of machines that they may not edit */
	WORK_ORDER_FILE_ADD,
	EVENT_VIEW, /* the activity log */
	LOCATION_VIEW,
	LOCATION_EDIT,
	MODEL_VIEW, /* machine models and classes */
	MODEL_EDIT,
	VENDOR_VIEW,
	VENDOR_EDIT,
	TYPE_VIEW, /* maintenance types */
	TYPE_EDIT,
	CALENDAR_VIEW, /* shift calendars and holidays */
	CALENDAR_EDIT,
	SKILL_VIEW,
	SKILL_EDIT,
	METER_VIEW,
	METER_READ, /* enter and correct readings */
	METER_EDIT,
	FIGURE_VIEW,    /* availability, MTBF … of machines */
	COST_VIEW,      /* what they cost */
	STOP_EDIT,      /* by hand: add and correct */
	BOM_EDIT,       /* which parts a machine has */
	IMPORT,         /* files of others; what they may hold is each register's own right */
	IMPORT_HISTORY, /* past work orders */
	LABEL_PRINT,
	CODE_REPLACE,       /* the code of a label that was stolen, of a badge that was lost */
	PRINTER_EDIT,       /* of labels */
	OPEN_REPORT_DECIDE, /* confirm or reject what was reported without an account */
	PERMISSIONS
};

/*
 * How far a permission reaches.  OWN: for a technician what is assigned to them, or to nobody in
 * one of their departments; for a requester what they reported.  DEPARTMENT: their departments'
 * machines.
 */
enum reach { REACH_NONE, REACH_OWN, REACH_DEPARTMENT, REACH_ALL };

enum reach permission_reach(enum role, enum permission);
const char *permission_name(enum permission); /* "work_order_view" */
extern const struct words role_words;         /* codes ADMIN …; index = enum role - 1 */
const char *role_code(enum role);             /* "VISITOR" for who has none */
enum role role_of(const char *code);          /* VISITOR when unknown */
/* The whole table, a line a permission and a column a role: what the golden file holds. */
void permission_print(struct buf *);

#endif
