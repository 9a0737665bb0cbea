/* attached.c: see attached.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "model/actor.h"
#include "model/open_report.h"
#include "model/work_order.h"
#include "register/attached.h"
#include "register/register.h"

static bool
may(const struct actor *by, enum permission permission)
{
	return permission_reach(by->role, permission) != REACH_NONE;
}

static bool
is_work_order(const char *kind)
{
	return strcmp(kind, "work_order") == 0;
}

static enum status
find_work_order(const struct actor *by, int64_t id, struct attached *out)
{
	struct work_order wo;
	enum status e = work_order_find(by, id, &wo);

	if (e)
		return e;
	*out = (struct attached){ .place = { .kind = "work_order",
				      .id = id,
				      .title = wo.number,
				      .work_order_id = id,
				      .machine_id = wo.machine_id,
				      .department_id = wo.department_id },
		.path = arena_print(by->arena, "/work-orders/%" PRId64, id) };
	return OK;
}

/* Photos of a report that is not confirmed yet; nobody adds to them. */
static enum status
find_open_report(const struct actor *by, int64_t id, struct attached *out)
{
	struct open_report o;
	enum status e = open_report_find(by, id, &o);

	if (e)
		return e;
	*out = (struct attached){ .place = { .kind = "open_report",
				      .id = id,
				      .title = o.machine_number,
				      .machine_id = o.machine_id,
				      .department_id = o.department_id },
		.path = arena_print(by->arena, "/open-reports/%" PRId64, id) };
	return OK;
}

static enum status
find_record(const struct actor *by, const struct reg *reg, int64_t id, struct attached *out)
{
	const struct reg_table *t = reg->table;
	void *record = arena_alloc(by->arena, 1, t->shape->size);
	enum status e = reg_find(by, t, id, record);

	if (e)
		return e;
	*out = (struct attached){ .place = { .kind = t->name,
				      .id = id,
				      .title = *(const char *const *)field_of(
					  shape_field(t->shape, t->title), record) },
		.path = arena_print(by->arena, "%s/%" PRId64, reg->base, id) };
	if (t->belongs != NULL)
		t->belongs(record, &out->place.machine_id, &out->place.department_id);
	return OK;
}

enum status
attached_find(const struct actor *by, const char *kind, int64_t id, struct attached *out)
{
	const struct reg *reg = register_of_kind(kind);

	if (is_work_order(kind))
		return find_work_order(by, id, out);
	if (strcmp(kind, "open_report") == 0)
		return find_open_report(by, id, out);
	if (reg == NULL || !may(by, reg->view))
		return NOT_FOUND;
	return find_record(by, reg, id, out);
}

bool
attached_may_add(const struct actor *by, const char *kind)
{
	if (is_work_order(kind))
		return may(by, WORK_ORDER_FILE_ADD);
	if (strcmp(kind, "machine") == 0 && may(by, MACHINE_FILE_ADD))
		return true;
	return attached_may_edit(by, kind);
}

bool
attached_may_edit(const struct actor *by, const char *kind)
{
	const struct reg *reg = register_of_kind(kind);

	if (is_work_order(kind))
		return may(by, WORK_ORDER_EDIT);
	return reg != NULL && may(by, reg->edit);
}
