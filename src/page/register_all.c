/* register_all.c: every register that a person may look into, in groups, with what it holds. */
#include "model/register.h"
#include "page/page.h"
#include "page/register.h"

enum { COUNTED = 1000, MOST = 64 };

/* In the order of the screen; a register that is in no group stands in the last one. */
static const struct group {
	const char *text;
	const struct {
		const struct reg *reg;
		const char *icon;
	} at[6];
} groups[] = {
	{ "The plant", { { &location_register, "places" }, { &department_register, "departments" },
			   { &machine_register, "machines" }, { &machine_model_register, "models" },
			   { &machine_class_register, "classes" } } },
	{ "Maintenance",
	    { { &failure_code_register, "codes" }, { &maintenance_type_register, "types" },
		{ &skill_register, "skills" } } },
	{ "Time", { { &shift_calendar_register, "clock" }, { &holiday_register, "holidays" } } },
	{ "The store", { { &part_register, "parts" }, { &vendor_register, "vendors" } } },
	{ "More",
	    { { &user_register, "users" }, { &tag_register, "tags" },
		{ &custom_field_register, "text-cursor-input" }, { &printer_register, "print" } } },
};

enum { IN_GROUP = COUNT(groups[0].at), LAST = COUNT(groups) - 1 };

static bool
is_grouped(const struct reg *reg)
{
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < IN_GROUP; i++)
			if (groups[g].at[i].reg == reg)
				return true;
	return false;
}

static size_t
index_of(const struct reg *reg)
{
	size_t i = 0;

	while (i < register_count && registers[i] != reg)
		i++;
	return i;
}

static void
add_card(struct request *rq, struct view *cards, const struct reg *reg, const char *icon, int64_t n)
{
	struct view *v;

	if (permission_reach(rq->by->role, reg->view) == REACH_NONE)
		return;
	v = view_item(cards);
	view_text(v, "href", reg->base);
	view_text(v, "text", page_text(rq, reg->texts->plural));
	view_text(v, "icon", icon);
	view_int(v, "count", n < COUNTED ? n : COUNTED);
	view_bool(v, "more", n >= COUNTED);
}

static void
add_group(struct request *rq, struct view *list, size_t g, const int64_t *counts)
{
	struct view *group = view_new(rq->arena), *cards = view_list(group, "cards");

	for (size_t i = 0; i < IN_GROUP && groups[g].at[i].reg != NULL; i++)
		add_card(rq, cards, groups[g].at[i].reg, groups[g].at[i].icon,
		    counts[index_of(groups[g].at[i].reg)]);
	for (size_t i = 0; g == LAST && i < register_count; i++)
		if (!is_grouped(registers[i]))
			add_card(rq, cards, registers[i], "codes", counts[i]);
	if (cards->first == NULL)
		return;
	view_text(group, "text", page_text(rq, groups[g].text));
	*view_item(list) = *group;
}

enum status
registers_page(struct request *rq)
{
	const struct reg_table *tables[MOST] = { NULL };
	int64_t counts[MOST + 1] = { 0 };
	struct view *list = view_list(rq->view, "groups");
	enum status e;

	for (size_t i = 0; i < register_count && i < MOST; i++)
		tables[i] = registers[i]->table;
	e = reg_count(
	    rq->by, tables, register_count < MOST ? register_count : MOST, COUNTED, counts);
	if (e)
		return e;
	for (size_t g = 0; g < COUNT(groups); g++)
		add_group(rq, list, g, counts);
	return page(rq, "register/all");
}
