/* forms.h: the forms on a work order's page. */
#ifndef PAGE_WORK_FORMS_H
#define PAGE_WORK_FORMS_H

#include "http/form.h"
#include "http/request.h"

struct reason {
	const char *reason;
	bool machine_down;
};

extern const struct form log_form, release_form, reopen_form, cancel_form;

/* The failure codes of a kind as choices of that field; the current one too, when it is archived.
 */
enum status code_options(struct request *, const char *field, const char *kind, int64_t machine_id,
    struct number current) MUST_CHECK;
/* Every form of the page: the one that was refused with what was typed, the others empty. */
void work_forms_show(struct request *);

#endif
