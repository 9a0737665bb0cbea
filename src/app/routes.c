/* routes.c: see routes.h.  To find a page, start here. */
#include <string.h>

#include "app/health.h"
#include "app/routes.h"
#include "base/arena.h"
#include "page/account/account.h"
#include "page/admin/admin.h"
#include "page/admin/import_pages.h"
#include "page/file.h"
#include "page/files.h"
#include "page/history_export.h"
#include "page/home.h"
#include "page/inventory/inventory.h"
#include "page/label/label.h"
#include "page/line/line.h"
#include "page/location/location.h"
#include "page/machine/machine.h"
#include "page/manager/manager.h"
#include "page/open/open.h"
#include "page/pattern.h"
#include "page/register.h"
#include "page/register_settings.h"
#include "page/search.h"
#include "page/supervisor/supervisor.h"
#include "page/technician/technician.h"
#include "page/work/work.h"
#include "rule/permission.h"

static const struct route fixed[] = {
	/* operators */
	{ GET, "/health", ANYBODY, health_page, ROUTE_PLAIN },
	{ GET, "/ready", ANYBODY, ready_page, ROUTE_PLAIN },

	/* account */
	{ GET, "/sign-in", ANYBODY, sign_in_page, 0 },
	{ POST, "/sign-in", ANYBODY, sign_in_post, ROUTE_OPEN },
	{ POST, "/sign-out", SIGNED_IN, sign_out_post, 0 },
	{ GET, "/forgot", ANYBODY, forgot_page, 0 },
	{ POST, "/forgot", ANYBODY, forgot_post, ROUTE_OPEN },
	{ GET, "/set-password", ANYBODY, set_password_page, 0 },
	{ POST, "/set-password", ANYBODY, set_password_post, ROUTE_OPEN },
	{ GET, "/register", ANYBODY, register_account_page, 0 },
	{ POST, "/register", ANYBODY, register_account_post, ROUTE_OPEN },
	{ POST, "/language", ANYBODY, language_post, ROUTE_OPEN },
	{ GET, "/account", SIGNED_IN, account_page, 0 },
	{ POST, "/account", SIGNED_IN, account_post, 0 },
	{ POST, "/account/theme", SIGNED_IN, theme_post, 0 },
	{ POST, "/account/password", SIGNED_IN, password_post, 0 },
	{ POST, "/account/sign-out-everywhere", SIGNED_IN, sign_out_everywhere_post, 0 },
	{ GET, "/notifications", SIGNED_IN, notifications_page, 0 },
	{ POST, "/notifications/read", SIGNED_IN, notifications_read_post, 0 },
	{ POST, "/notifications/:id/open", SIGNED_IN, notification_open_post, 0 },

	/* everybody */
	{ GET, "/", SIGNED_IN, home_page, ROUTE_OFFLINE },
	{ GET, "/search", SIGNED_IN, search_page, 0 },
	{ GET, "/registers", DEPARTMENT_VIEW, registers_page, 0 },
	{ GET, "/search.json", SIGNED_IN, search_json_page, 0 },
	{ GET, "/offline", ANYBODY, offline_page, 0 },
	{ GET, "/patterns", ANYBODY, patterns_page, 0 },
	{ GET, "/files/:id", SIGNED_IN, file_page, 0 },
	{ GET, "/files/add", SIGNED_IN, file_add_page, 0 },
	{ POST, "/files/add", SIGNED_IN, file_add_post, 0 },
	{ GET, "/files/:id/view", SIGNED_IN, file_view_page, 0 },
	{ POST, "/files/:id/change", SIGNED_IN, file_change_post, 0 },
	{ POST, "/files/:id/remove", SIGNED_IN, file_remove_post, 0 },
	{ POST, "/files/:id/restore", SIGNED_IN, file_restore_post, 0 },
	{ GET, "/files/:id/small", SIGNED_IN, file_small_page, 0 },
	{ GET, "/files/:id/large", SIGNED_IN, file_large_page, 0 },

	/* from the scan to the report */
	{ GET, "/scan", MACHINE_VIEW, scan_page, 0 },
	{ GET, "/q/:code", ANYBODY, code_page, 0 },
	{ GET, "/q/:code/code.svg", SIGNED_IN, code_svg_page, 0 },
	{ GET, "/machines/:id/report", WORK_ORDER_REPORT, report_page, 0 },
	{ POST, "/machines/:id/report", WORK_ORDER_REPORT, report_post, 0 },
	{ POST, "/work-orders/:id/add", WORK_ORDER_REPORT, add_to_post, 0 },

	/* reports without an account */
	{ POST, "/q/:code/report", ANYBODY, open_report_post, ROUTE_OPEN },
	{ GET, "/follow/:secret", ANYBODY, open_follow_page, ROUTE_SECRET },
	{ POST, "/follow/:secret/add", ANYBODY, open_follow_post, ROUTE_OPEN | ROUTE_SECRET },
	{ GET, "/open-reports", OPEN_REPORT_DECIDE, open_reports_page, 0 },
	{ GET, "/open-reports/:id", OPEN_REPORT_DECIDE, open_report_page, 0 },
	{ POST, "/open-reports/:id/confirm", OPEN_REPORT_DECIDE, open_report_confirm_post, 0 },
	{ POST, "/open-reports/:id/reject", OPEN_REPORT_DECIDE, open_report_reject_post, 0 },

	/* labels */
	{ GET, "/labels", LABEL_PRINT, labels_page, 0 },
	{ GET, "/labels/sheet.pdf", LABEL_PRINT, labels_pdf, 0 },
	{ GET, "/labels/preview.svg", LABEL_PRINT, labels_svg, 0 },
	{ POST, "/labels/print", LABEL_PRINT, labels_post, 0 },
	{ GET, "/printers/:id/calibration.pdf", LABEL_PRINT, calibration_pdf, 0 },
	{ POST, "/printers/:id/calibrate", PRINTER_EDIT, calibrate_post, 0 },
	{ POST, "/machines/:id/code", CODE_REPLACE, code_post, 0 },
	{ POST, "/locations/:id/code", CODE_REPLACE, code_post, 0 },
	{ POST, "/parts/:id/code", CODE_REPLACE, code_post, 0 },
	{ POST, "/users/:id/code", CODE_REPLACE, code_post, 0 },

	/* work orders */
	{ GET, "/work-orders", WORK_ORDER_VIEW, work_order_list_page, ROUTE_OFFLINE },
	{ GET, "/work-orders/export.csv", WORK_ORDER_VIEW, work_orders_csv, 0 },
	{ GET, "/work-orders/export.xlsx", WORK_ORDER_VIEW, work_orders_xlsx, 0 },
	{ GET, "/work-orders/:id", WORK_ORDER_VIEW, work_order_page, ROUTE_OFFLINE },
	{ GET, "/work-orders/:id/job-card.pdf", WORK_ORDER_VIEW, job_card_page, 0 },
	{ POST, "/work-orders/:id/follow", WORK_ORDER_VIEW, follow_post, 0 },
	{ GET, "/work-orders/:id/edit", WORK_ORDER_EDIT, work_order_edit_page, 0 },
	{ POST, "/work-orders/:id/edit", WORK_ORDER_EDIT, work_order_edit_post, 0 },
	{ POST, "/work-orders/:id/confirm", WORK_ORDER_CONFIRM, confirm_post, 0 },
	{ POST, "/work-orders/:id/reopen", WORK_ORDER_CONFIRM, reopen_post, 0 },
	{ POST, "/work-orders/:id/cancel", WORK_ORDER_CANCEL, cancel_post, 0 },

	/* technician */
	{ GET, "/technician/work", WORK_ORDER_WORK, my_work_page, ROUTE_OFFLINE },
	{ POST, "/work-orders/:id/accept", WORK_ORDER_WORK, accept_post, 0 },
	{ POST, "/work-orders/:id/release", WORK_ORDER_WORK, release_post, 0 },
	{ POST, "/work-orders/:id/resume", WORK_ORDER_WORK, resume_post, 0 },
	{ POST, "/work-orders/:id/log", WORK_ORDER_WORK, log_post, 0 },
	{ GET, "/work-orders/:id/parts", PARTS_REQUEST_CREATE, ask_parts_page, 0 },
	{ POST, "/work-orders/:id/parts", PARTS_REQUEST_CREATE, ask_parts_post, 0 },
	{ GET, "/work-orders/:id/complete", WORK_ORDER_WORK, complete_page, 0 },
	{ POST, "/work-orders/:id/complete", WORK_ORDER_WORK, complete_post, 0 },

	/* parts requests */
	{ GET, "/manager/approvals", PARTS_REQUEST_APPROVE, approvals_page, 0 },
	{ GET, "/manager/stops", USER_VIEW, week_stops_page, 0 },
	{ GET, "/inventory/to-issue", PARTS_REQUEST_ISSUE, to_issue_page, 0 },
	{ GET, "/parts-requests/:id", PARTS_REQUEST_VIEW, parts_request_page, 0 },
	{ POST, "/parts-requests/:id/approve", PARTS_REQUEST_APPROVE, approve_post, 0 },
	{ POST, "/parts-requests/:id/reject", PARTS_REQUEST_APPROVE, reject_post, 0 },
	{ POST, "/parts-requests/:id/issue", PARTS_REQUEST_ISSUE, issue_post, 0 },
	{ POST, "/parts-requests/:id/return", PARTS_REQUEST_ISSUE, return_post, 0 },

	/* a machine's page is its own; the rest of it as of every register, below */
	{ GET, "/machines/:id", MACHINE_VIEW, machine_page, ROUTE_OFFLINE },
	{ GET, "/machines/:id/history", MACHINE_VIEW, machine_history_page, 0 },
	{ GET, "/machines/:id/history.csv", MACHINE_VIEW, machine_history_csv, 0 },
	{ GET, "/machines/:id/figures", FIGURE_VIEW, machine_figures_page, 0 },
	{ GET, "/machines/:id/costs", COST_VIEW, machine_costs_page, 0 },
	{ GET, "/machines/:id/stops", MACHINE_VIEW, machine_stops_page, 0 },
	{ GET, "/machines/:id/stops/new", STOP_EDIT, machine_stop_new_page, 0 },
	{ POST, "/machines/:id/stops/new", STOP_EDIT, machine_stop_new_post, 0 },
	{ GET, "/stops/export.csv", MACHINE_VIEW, stops_csv, 0 },
	{ GET, "/stops/export.xlsx", MACHINE_VIEW, stops_xlsx, 0 },
	{ GET, "/readings/export.csv", METER_VIEW, readings_csv, 0 },
	{ GET, "/readings/export.xlsx", METER_VIEW, readings_xlsx, 0 },
	{ GET, "/movements/export.csv", MOVEMENT_VIEW, movements_csv, 0 },
	{ GET, "/movements/export.xlsx", MOVEMENT_VIEW, movements_xlsx, 0 },
	{ GET, "/stops/:id", STOP_EDIT, machine_stop_edit_page, 0 },
	{ POST, "/stops/:id", STOP_EDIT, machine_stop_edit_post, 0 },
	{ GET, "/machines/:id/parts", PART_VIEW, machine_parts_page, 0 },
	{ POST, "/machines/:id/parts", BOM_EDIT, machine_part_post, 0 },
	{ POST, "/machines/:id/parts/remove", BOM_EDIT, machine_part_remove_post, 0 },
	{ GET, "/machines/:id/meters/new", METER_EDIT, machine_meter_new_page, 0 },
	{ POST, "/machines/:id/meters/new", METER_EDIT, machine_meter_new_post, 0 },
	{ GET, "/meters/:id", METER_VIEW, meter_page, 0 },
	{ POST, "/meters/:id", METER_READ, meter_read_post, 0 },
	{ GET, "/meters/:id/edit", METER_EDIT, meter_edit_page, 0 },
	{ POST, "/meters/:id/edit", METER_EDIT, meter_edit_post, 0 },
	{ POST, "/meters/:id/archive", METER_EDIT, meter_archive_post, 0 },
	{ POST, "/meters/:id/restore", METER_EDIT, meter_restore_post, 0 },
	{ GET, "/readings/:id", METER_READ, reading_page, 0 },
	{ POST, "/readings/:id", METER_READ, reading_post, 0 },
	{ GET, "/machines/:id/code.svg", MACHINE_VIEW, machine_code_page, 0 },
	{ GET, "/machines/:id/label.pdf", MACHINE_VIEW, machine_label_page, 0 },

	/* locations: the rest of them as of every register, below */
	{ GET, "/locations", LOCATION_VIEW, location_list_page, 0 },
	{ GET, "/locations/:id/map", LOCATION_EDIT, location_map_page, 0 },
	{ POST, "/locations/:id/map", LOCATION_EDIT, location_map_post, 0 },

	/* what hangs on records, line by line */
	{ POST, "/machine-models/:id/parts", MODEL_EDIT, model_part_post, 0 },
	{ POST, "/machine-models/:id/parts/:part/remove", MODEL_EDIT, model_part_take_post, 0 },
	{ POST, "/machine-models/:id/codes", MODEL_EDIT, model_code_post, 0 },
	{ POST, "/machine-models/:id/codes/:code/remove", MODEL_EDIT, model_code_take_post, 0 },
	{ POST, "/parts/:id/vendors", PART_EDIT, offer_post, 0 },
	{ POST, "/parts/:id/vendors/:vendor/remove", PART_EDIT, offer_take_post, 0 },
	{ POST, "/failure-codes/:id/classes", CODE_EDIT, code_classes_post, 0 },

	/* admin */
	/* signing in and out is in it */
	{ GET, "/users/:id/history", USER_EDIT, register_history_page, 0 },
	{ POST, "/users/:id/invite", USER_EDIT, user_invite_post, 0 },
	{ POST, "/users/:id/sign-out", USER_EDIT, user_sign_out_post, 0 },
	{ GET, "/imports", IMPORT, imports_page, 0 },
	{ GET, "/exports", WORK_ORDER_VIEW, exports_page, 0 },
	{ GET, "/imports/new", IMPORT, import_new_page, 0 },
	{ POST, "/imports/new", IMPORT, import_new_post, 0 },
	{ GET, "/imports/:id", IMPORT, import_page, 0 },
	{ GET, "/imports/:id/state", IMPORT, import_state_page, 0 },
	{ GET, "/imports/:id/wrong.csv", IMPORT, import_wrong_page, 0 },
	{ GET, "/imports/:id/columns", IMPORT, import_columns_page, 0 },
	{ POST, "/imports/:id/columns", IMPORT, import_columns_post, 0 },
	{ POST, "/imports/:id/apply", IMPORT, import_apply_post, 0 },
	{ POST, "/imports/:id/stop", IMPORT, import_stop_post, 0 },
	{ POST, "/imports/:id/undo", IMPORT, import_undo_post, 0 },
	{ POST, "/imports/:id/archive", IMPORT, import_archive_post, 0 },
	{ POST, "/users/:id/rate", USER_EDIT, user_rate_post, 0 },
	{ GET, "/activity", EVENT_VIEW, activity_page, 0 },
	{ GET, "/activity/log", EVENT_VIEW, activity_log_page, 0 },
	{ POST, "/activity/check", EVENT_VIEW, activity_check_post, 0 },
	{ POST, "/activity/export", EVENT_VIEW, activity_export_post, 0 },
	{ GET, "/activity/exports/:id", EVENT_VIEW, activity_export_page, 0 },
	{ GET, "/deliveries", EVENT_VIEW, deliveries_page, 0 },
	{ POST, "/deliveries/:id/again", USER_EDIT, delivery_again_post, 0 },
	{ GET, "/system", EVENT_VIEW, system_page, 0 },
	{ GET, "/settings", USER_EDIT, settings_page, 0 },
	{ POST, "/settings", USER_EDIT, settings_post, 0 },
};

/* What every register answers to, behind its base. */
static const struct register_route {
	enum method method;
	const char *rest;
	bool edits; /* asks the register's right to edit; else to view */
	handler *handle;
} of_register[] = {
	{ GET, "", false, register_list_page },
	{ GET, "/new", true, register_new_page },
	{ POST, "/new", true, register_create_post },
	{ GET, "/:id", false, register_show_page },
	{ GET, "/:id/edit", true, register_edit_page },
	{ POST, "/:id/edit", true, register_change_post },
	{ POST, "/:id/archive", true, register_archive_post },
	{ POST, "/:id/restore", true, register_restore_post },
	{ POST, "/:id/undo", true, register_undo_post },
	{ GET, "/:id/history", false, register_history_page },
	{ GET, "/:id/merge", true, register_merge_page },
	{ POST, "/:id/merge", true, register_merge_post },
	{ GET, "/suggest", false, register_suggest_page },
	{ POST, "/columns", false, register_columns_post },
	{ POST, "/views", false, register_views_post },
	{ POST, "/views/:id", false, register_view_post },
	{ GET, "/bulk", false, register_bulk_page },
	{ POST, "/bulk", true, register_bulk_post },
	{ GET, "/bulk/:id", true, register_bulk_done },
	{ POST, "/bulk/:id/undo", true, register_bulk_undo },
	{ GET, "/export.csv", false, register_export_csv },
	{ GET, "/export.xlsx", false, register_export_xlsx },
};

static bool
is_fixed(enum method method, const char *pattern)
{
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (fixed[i].method == method && strcmp(fixed[i].pattern, pattern) == 0)
			return true;
	return false;
}

/* What a page of its own has saved, the register does not take back. */
static bool
has_own_form(struct arena *a, const struct reg *reg)
{
	return is_fixed(POST, arena_print(a, "%s/:id/edit", reg->base));
}

struct route_list
routes_all(struct arena *a)
{
	struct route *list =
	    NEW_ARRAY(a, struct route, COUNT(fixed) + register_count * COUNT(of_register));
	size_t n = COUNT(fixed);

	memcpy(list, fixed, sizeof(fixed));
	for (size_t r = 0; r < register_count; r++)
		for (size_t i = 0; i < COUNT(of_register); i++) {
			const struct register_route *o = &of_register[i];
			const struct reg *reg = registers[r];
			const char *pattern = arena_print(a, "%s%s", reg->base, o->rest);

			if (reg->table->merge == NULL && strcmp(o->rest, "/:id/merge") == 0)
				continue;
			if (o->handle == register_undo_post && has_own_form(a, reg))
				continue;
			if (!is_fixed(o->method, pattern))
				list[n++] = (struct route){ o->method, pattern,
					(int)(o->edits ? reg->edit : reg->view), o->handle, 0 };
		}
	return (struct route_list){ list, n };
}
