/* meter_page.h: what meters.c and readings.c share. */
#ifndef PAGE_MACHINE_METER_PAGE_H
#define PAGE_MACHINE_METER_PAGE_H

#include "page/machine/machine.h"

struct meter;

/* NOT_FOUND when the right does not reach its machine. */
enum status meter_for(struct request *, enum permission, int64_t id, struct meter *) MUST_CHECK;
/* Its page; the form of readings must have been offered. */
enum status meter_show(struct request *, struct meter *) MUST_CHECK;

#endif
