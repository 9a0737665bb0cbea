/* stop_inside.h: what stop.c and stop_hand.c share. */
#ifndef MODEL_STOP_INSIDE_H
#define MODEL_STOP_INSIDE_H

#include <stdint.h>

#include "base/status.h"

struct actor;

/* A machine's stops begin and end one after the other, until this transaction ends. */
enum status stop_hold_machine(const struct actor *, int64_t machine_id) MUST_CHECK;
/* DOWN, unless it is decommissioned. */
enum status stop_machine_stands(const struct actor *, int64_t machine_id) MUST_CHECK;
/* OPERATIONAL, unless a stop of it is open. */
enum status stop_machine_runs(const struct actor *, int64_t machine_id) MUST_CHECK;

#endif
