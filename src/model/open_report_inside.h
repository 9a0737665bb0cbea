/* open_report_inside.h: what the files open_report*.c share.  Nobody else includes it. */
#ifndef MODEL_OPEN_REPORT_INSIDE_H
#define MODEL_OPEN_REPORT_INSIDE_H

#include "model/open_report.h"

/* As it is now, whoever asks. */
enum status open_report_reread(const struct actor *, int64_t id, struct open_report *) MUST_CHECK;
enum status open_report_say(const struct actor *, const struct open_report *, const char *act,
    const char *changes) MUST_CHECK;
/* Makes the work order, or joins the open one; without asking whether the actor may. */
enum status open_report_settle(
    const struct actor *, const struct open_report *, bool another) MUST_CHECK;

#endif
