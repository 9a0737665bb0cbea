/* import_order.c: past work orders. */
#include "job/import_inside.h"

static enum status
judge(struct load *l, struct row *rows, size_t count)
{
	(void)l;
	(void)rows;
	(void)count;
	return OK;
}
const struct load_kind load_order = { judge, judge };
const struct load_kind load_movement = { judge, judge };
