/* flash.c: see flash.h and flash() in page.h. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "page/flash.h"
#include "page/page.h"

/* What may be said; %1 is the argument that came with the code. */
static const struct {
	const char *code;
	const char *kind; /* success, info, warning, error */
	const char *text;
} messages[] = {
	{ "saved", "success", "Saved." },
	{ "undone", "success", "%1 is as it was before." },
	{ "merged", "success", "Merged into %1." },
	{ "created", "success", "%1 was created." },
	{ "archived", "success", "%1 was archived." },
	{ "restored", "success", "%1 was restored." },
	{ "reported", "success", "Reported as %1. The technicians have been told." },
	{ "added", "success", "Your report was added to %1." },
	{ "following", "success", "You follow %1: you will be told what becomes of it." },
	{ "accepted", "success", "%1 is yours now." },
	{ "released", "success", "You gave %1 back." },
	{ "resumed", "success", "Work on %1 goes on." },
	{ "logged", "success", "Recorded." },
	{ "read", "success", "The reading of %1 is recorded." },
	{ "photos", "success", "Photos added." },
	{ "asked", "success", "Parts asked for. The manager has been told." },
	{ "completed", "success", "%1 is completed." },
	{ "confirmed", "success", "%1 is confirmed." },
	{ "reopened", "warning", "%1 is open again." },
	{ "cancelled", "warning", "%1 was cancelled." },
	{ "approved", "success", "Approved. The store has been told." },
	{ "partly_approved", "success", "Approved in part. The store has been told." },
	{ "rejected", "warning", "Rejected. The technician has been told." },
	{ "issued", "success", "Issued. The technician has been told." },
	{ "returned", "success", "Returned to stock." },
	{ "mail_again", "success", "The letter is being sent again." },
	{ "log_check_asked", "info", "The log is being checked." },
	{ "log_export_asked", "info",
	    "The file is being written. It stands below when it is ready." },
	{ "invited", "success", "An invitation is on its way to %1." },
	{ "signed_out", "info", "You are signed out." },
	{ "signed_out_everywhere", "success", "%1 is signed out everywhere." },
	{ "reactivated", "success", "%1 can sign in again." },
	{ "password_changed", "success",
	    "Your password was changed. Other devices were signed out." },
	{ "password_set", "success", "Your password is set. Sign in with it." },
	{ "reset_sent", "info",
	    "If that address has an account, a link to set a new password is on its way to it." },
	{ "registered", "info", "A link to finish your registration is on its way to you." },
	{ "all_read", "success", "All notifications are read." },
	{ "sent_already", "info", "That was sent already; it was done once." },
	{ "file_added", "success", "%1 was added." },
	{ "files_added", "success", "%1 files were added." },
	{ "file_replaced", "success", "%1 is the newest version now." },
	{ "file_joined", "info", "%1 was here already: the same file is kept once." },
	{ "file_removed", "warning", "%1 was removed." },
	{ "file_restored", "success", "%1 is back." },
	{ "file_infected", "error", "%1 was not taken: the virus scanner found something in it." },
	{ "import_read", "success", "The file was read again." },
	{ "language", "success", "Your choice was saved." },
	{ "view_kept", "success", "The view %1 was kept." },
	{ "view_name", "error", "A view needs a name." },
	{ "export_busy", "warning",
	    "Another long list is being downloaded. Try again in a minute." },
	{ "bulk_none", "warning", "Nothing was done: tick the ones that you mean first." },
	{ "code_replaced", "success",
	    "There is a new code. Print the label and put it over the old one." },
	{ "labels_sent", "success", "The labels are on their way to %1." },
	{ "report_confirmed", "success", "Confirmed as %1." },
	{ "report_known", "info",
	    "It is reported already; your words were added, and you hear what becomes of it." },
	{ "report_joined", "success", "Joined to %1." },
	{ "report_rejected", "warning", "Rejected. The reporter reads your reason." },
};

void
flash(struct request *rq, const char *code, const char *arg)
{
	const char *value = code;

	if (arg != NULL)
		value = arena_print(rq->arena, "%s~%s", code, text_cut(rq->arena, arg, 80));
	cookie_set(rq, "flash", value, 60, rq->kit->secure);
}

void
flash_undo(struct request *rq, const char *path, int64_t version)
{
	cookie_set(rq, "undo", arena_print(rq->arena, "%" PRId64 "~%s", version, path), 60,
	    rq->kit->secure);
}

/* Adds {{undo}}: action and version; the cookie says nothing that the act does not check. */
static void
show_undo(struct request *rq, struct view *in)
{
	const char *value = cookie_get(rq, "undo", rq->kit->secure);
	const char *path = value != NULL ? strchr(value, '~') : NULL;
	struct view *v;

	if (value != NULL)
		cookie_set(rq, "undo", "", COOKIE_DELETE, rq->kit->secure);
	if (path == NULL || path[1] != '/' || path[2] == '/' || path[2] == '\\') {
		view_text(in, "undo", NULL);
		return;
	}
	v = view_group(in, "undo");
	view_text(v, "action", path + 1);
	view_text(v, "version", arena_text(rq->arena, value, (size_t)(path - value)));
}

void
flash_show(struct request *rq)
{
	const char *value = cookie_get(rq, "flash", rq->kit->secure), *arg;
	struct view *v;
	size_t len; /* of the code, in "reported~WO-2026-000123" */

	if (value == NULL) {
		view_text(rq->view, "flash", NULL);
		return;
	}
	cookie_set(rq, "flash", "", COOKIE_DELETE, rq->kit->secure);
	len = strcspn(value, "~");
	arg = value[len] == '~' ? value + len + 1 : NULL;
	for (size_t i = 0; i < COUNT(messages); i++) {
		if (strlen(messages[i].code) != len || strncmp(messages[i].code, value, len) != 0)
			continue;
		v = view_group(rq->view, "flash");
		show_undo(rq, v);
		view_text(v, "kind", messages[i].kind);
		view_text(v, "text", page_text_with(rq, messages[i].text, arg, NULL));
		return;
	}
	view_text(rq->view, "flash", NULL);
}
