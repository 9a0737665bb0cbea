/* permission.c: the table of permissions; see permission.h. */
#include "rule/permission.h"
#include "base/buf.h"

static const struct word roles[] = {
	{ "ADMIN", "Administrator" },
	{ "SUPERVISOR", "Supervisor" },
	{ "TECHNICIAN", "Technician" },
	{ "MANAGER", "Maintenance manager" },
	{ "INVENTORY", "Inventory manager" },
	{ "REQUESTER", "Requester" },
};

const struct words role_words = WORDS(roles);

_Static_assert(COUNT(roles) == ROLES - 1, "a word for each role but VISITOR");

struct row {
	const char *name;
	enum reach reach[ROLES];
};

/* visitor, admin, supervisor, technician, manager, inventory, requester */
#define NO REACH_NONE
#define OWN REACH_OWN
#define DEP REACH_DEPARTMENT
#define ALL REACH_ALL

static const struct row table[PERMISSIONS] = {
	/* clang-format off */
	[NO_PERMISSION]         = { "no_permission",         {NO,  NO,  NO,  NO,  NO,  NO,  NO } },
	[ANYBODY]               = { "anybody",               {ALL, ALL, ALL, ALL, ALL, ALL, ALL} },
	[SIGNED_IN]             = { "signed_in",             {NO,  ALL, ALL, ALL, ALL, ALL, ALL} },
	[USER_VIEW]             = { "user_view",             {NO,  ALL, NO,  NO,  ALL, NO,  NO } },
	[USER_EDIT]             = { "user_edit",             {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[DEPARTMENT_VIEW]       = { "department_view",       {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[DEPARTMENT_EDIT]       = { "department_edit",       {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[MACHINE_VIEW]          = { "machine_view",          {NO,  ALL, ALL, ALL, ALL, ALL, ALL} },
	[MACHINE_EDIT]          = { "machine_edit",          {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[CODE_VIEW]             = { "code_view",             {NO,  ALL, ALL, ALL, ALL, ALL, ALL} },
	[CODE_EDIT]             = { "code_edit",             {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[WORK_ORDER_VIEW]       = { "work_order_view",       {NO,  ALL, DEP, OWN, ALL, ALL, OWN} },
	[WORK_ORDER_REPORT]     = { "work_order_report",     {NO,  ALL, DEP, NO,  NO,  NO,  ALL} },
	[WORK_ORDER_EDIT]       = { "work_order_edit",       {NO,  NO,  DEP, NO,  ALL, NO,  NO } },
	[WORK_ORDER_WORK]       = { "work_order_work",       {NO,  NO,  NO,  OWN, NO,  NO,  NO } },
	[WORK_ORDER_CONFIRM]    = { "work_order_confirm",    {NO,  NO,  DEP, NO,  ALL, NO,  NO } },
	[WORK_ORDER_CANCEL]     = { "work_order_cancel",     {NO,  NO,  DEP, NO,  ALL, NO,  NO } },
	[WORK_LOG_VIEW]         = { "work_log_view",         {NO,  ALL, NO,  OWN, ALL, ALL, NO } },
	[PARTS_REQUEST_VIEW]    = { "parts_request_view",    {NO,  ALL, NO,  OWN, ALL, ALL, NO } },
	[PARTS_REQUEST_CREATE]  = { "parts_request_create",  {NO,  NO,  NO,  OWN, NO,  NO,  NO } },
	[PARTS_REQUEST_APPROVE] = { "parts_request_approve", {NO,  NO,  NO,  NO,  ALL, NO,  NO } },
	[PARTS_REQUEST_ISSUE]   = { "parts_request_issue",   {NO,  NO,  NO,  NO,  NO,  ALL, NO } },
	[PART_VIEW]             = { "part_view",             {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[PART_EDIT]             = { "part_edit",             {NO,  ALL, NO,  NO,  NO,  ALL, NO } },
	[MOVEMENT_VIEW]         = { "movement_view",         {NO,  ALL, NO,  NO,  ALL, ALL, NO } },
	[MOVEMENT_MAKE]         = { "movement_make",         {NO,  NO,  NO,  NO,  NO,  ALL, NO } },
	[CUSTOM_FIELD_EDIT]     = { "custom_field_edit",     {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[TAG_VIEW]              = { "tag_view",              {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[TAG_EDIT]              = { "tag_edit",              {NO,  ALL, NO,  NO,  ALL, ALL, NO } },
	[MACHINE_FILE_ADD]      = { "machine_file_add",      {NO,  ALL, ALL, ALL, ALL, NO,  NO } },
	[WORK_ORDER_FILE_ADD]   = { "work_order_file_add",   {NO,  NO,  DEP, OWN, ALL, NO,  OWN} },
	[EVENT_VIEW]            = { "event_view",            {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[LOCATION_VIEW]         = { "location_view",         {NO,  ALL, ALL, ALL, ALL, ALL, ALL} },
	[LOCATION_EDIT]         = { "location_edit",         {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[MODEL_VIEW]            = { "model_view",            {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[MODEL_EDIT]            = { "model_edit",            {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[VENDOR_VIEW]           = { "vendor_view",           {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[VENDOR_EDIT]           = { "vendor_edit",           {NO,  ALL, NO,  NO,  NO,  ALL, NO } },
	[TYPE_VIEW]             = { "type_view",             {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[TYPE_EDIT]             = { "type_edit",             {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[CALENDAR_VIEW]         = { "calendar_view",         {NO,  ALL, ALL, ALL, ALL, NO,  NO } },
	[CALENDAR_EDIT]         = { "calendar_edit",         {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[SKILL_VIEW]            = { "skill_view",            {NO,  ALL, ALL, NO,  ALL, NO,  NO } },
	[SKILL_EDIT]            = { "skill_edit",            {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[METER_VIEW]            = { "meter_view",            {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[METER_READ]            = { "meter_read",            {NO,  ALL, DEP, DEP, ALL, NO,  NO } },
	[METER_EDIT]            = { "meter_edit",            {NO,  ALL, DEP, NO,  NO,  NO,  NO } },
	[FIGURE_VIEW]           = { "figure_view",           {NO,  ALL, DEP, DEP, ALL, ALL, NO } },
	[COST_VIEW]             = { "cost_view",             {NO,  ALL, DEP, NO,  ALL, ALL, NO } },
	[STOP_EDIT]             = { "stop_edit",             {NO,  ALL, DEP, NO,  ALL, NO,  NO } },
	[BOM_EDIT]              = { "bom_edit",              {NO,  ALL, DEP, NO,  ALL, ALL, NO } },
	[IMPORT]                = { "import",                {NO,  ALL, NO,  NO,  NO,  ALL, NO } },
	[IMPORT_HISTORY]        = { "import_history",        {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[LABEL_PRINT]           = { "label_print",           {NO,  ALL, ALL, ALL, ALL, ALL, NO } },
	[CODE_REPLACE]          = { "code_replace",          {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[PRINTER_EDIT]          = { "printer_edit",          {NO,  ALL, NO,  NO,  NO,  NO,  NO } },
	[OPEN_REPORT_DECIDE]    = { "open_report_decide",    {NO,  ALL, DEP, NO,  ALL, NO,  NO } },
	/* clang-format on */
};

enum reach
permission_reach(enum role role, enum permission permission)
{
	if ((unsigned)role >= ROLES || (unsigned)permission >= PERMISSIONS)
		return REACH_NONE;
	return table[permission].reach[role];
}

const char *
permission_name(enum permission permission)
{
	return (unsigned)permission < PERMISSIONS ? table[permission].name : table[0].name;
}

const char *
role_code(enum role role)
{
	return role > VISITOR && role < ROLES ? roles[role - 1].code : "VISITOR";
}

enum role
role_of(const char *code)
{
	return (enum role)(word_index(&role_words, code) + 1);
}

void
permission_print(struct buf *out)
{
	static const char *const reaches[] = { "-", "own", "department", "all" };

	buf_print(out, "%-21s", "");
	for (int r = VISITOR; r < ROLES; r++)
		buf_print(out, " %-*s", r == ROLES - 1 ? 0 : 10, role_code((enum role)r));
	buf_text(out, "\n");
	for (int p = ANYBODY; p < PERMISSIONS; p++) {
		buf_print(out, "%-21s", table[p].name);
		for (int r = VISITOR; r < ROLES; r++)
			buf_print(
			    out, " %-*s", r == ROLES - 1 ? 0 : 10, reaches[table[p].reach[r]]);
		buf_text(out, "\n");
	}
}
