/* plant.c: the settings of the site. */
#include "model/plant.h"
#include "model/user.h"
#include "page/page.h"
#include "page/register_conflict.h"
#include "page/register_settings.h"

static const struct rule rules[] = {
	{ FIELD(struct plant, title), RULE_PLAIN, "Name of the plant", "Stands on pages and paper.",
	    true, 1, 80, "organization" },
	{ FIELD(struct plant, zone), RULE_PLAIN, "Time zone", "As Europe/Paris.", true, 1, 60,
	    NULL },
	{ FIELD(struct plant, currency), RULE_PLAIN, "Currency", "Three letters, as EUR.", true, 3,
	    3, NULL },
	{ FIELD_WORD(struct plant, language, &language_words), RULE_CHOICE, "Language",
	    "Of people who chose none.", true, 0, 0, NULL },
	{ FIELD(struct plant, open_registration), RULE_CHECK, "Anybody may open an account",
	    "It can report problems and follow them, nothing else.", false, 0, 0, NULL },
	{ FIELD(struct plant, file_most_mb), RULE_PLAIN, "Largest file, in MB",
	    "Photos, manuals, videos, sounds; at most 60.", true, 1, 60, NULL },
	{ FIELD(struct plant, file_keep_days), RULE_PLAIN, "Days that removed files are kept",
	    "Until then they can be restored.", true, 1, 3650, NULL },
	{ FIELD(struct plant, open_report), RULE_CHECK, "Reports without an account",
	    "Whoever scans a machine may report a problem there; a supervisor confirms it."
	    " A machine may have it otherwise.",
	    false, 0, 0, NULL },
	{ FIELD(struct plant, open_report_badge), RULE_CHECK,
	    "Reports with a badge need no confirmation", NULL, false, 0, 0, NULL },
};

static const struct form form = { "entry", rules, COUNT(rules), NULL };

static bool
is_currency(const char *text)
{
	int letters = 0;

	for (; *text >= 'A' && *text <= 'Z'; text++)
		letters++;
	return letters == 3 && *text == '\0';
}

/* What only ICU knows. */
static enum status
check(struct request *rq, const struct plant *plant)
{
	struct locale *l;

	if (!is_currency(plant->currency))
		return form_refuse(rq, &form, "currency", "Three capital letters, as EUR.");
	l = locale_open("en", plant->zone, plant->currency);
	if (l == NULL)
		return form_refuse(rq, &form, "zone", "There is no such time zone.");
	locale_close(l);
	return OK;
}

static enum status
show(struct request *rq, int64_t version)
{
	page_form(rq, &form);
	view_int(rq->view, "version", version);
	return page(rq, "register/settings");
}

enum status
settings_page(struct request *rq)
{
	struct plant plant = { 0 };
	enum status e = plant_find(rq->by, &plant);

	if (e)
		return e;
	form_show(rq, &form, &plant);
	return show(rq, plant.version);
}

enum status
settings_post(struct request *rq)
{
	struct plant plant = { .version = form_version(rq) }, now = { 0 };
	enum status e = form_read(rq, &form, &plant);

	if (!e)
		e = check(rq, &plant);
	if (!e)
		e = plant_change(rq->by, &plant, &now);
	if (e == INVALID) {
		rq->response.code = 422;
		return show(rq, plant.version);
	}
	if (e == CONFLICT) {
		view_text(rq->view, "back", "/settings");
		return conflict_page(rq, &(struct conflict){ .form = &form,
					     .now = &now,
					     .version = now.version,
					     .title = page_text(rq, "Settings"),
					     .action = "/settings" });
	}
	if (e)
		return e;
	flash(rq, "saved", NULL);
	return redirect(rq, "/settings");
}
