/*
 * page.h: what every page needs: the template's common names, forms, messages, paging.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "http/form.h"
#include "http/request.h"
#include "model/actor.h"
#include "view/catalogue.h"
#include "view/locale.h"
#include "view/template.h"
#include "view/view.h"

struct config;
struct filetype;
struct gate;

/* A language that the worker speaks. */
struct tongue {
	const char *language;  /* "en" */
	const char *direction; /* "ltr" */
	const char *name;      /* "English" */
	struct catalogue *catalogue;
	struct templates *templates;
};

/* What serve() lays ready for the pages of one request. */
struct kit {
	const struct config *config;
	const struct tongue *tongue; /* the person's */
	const struct tongue *tongues;
	size_t tongue_count;
	struct locale *locale; /* the person's language, the site's zone and currency */
	struct locale *const *place_locales; /* of the site, one a tongue */
	struct filetype *filetype;
	struct db *directory;    /* which sites there are */
	const struct gate *gate; /* of password hashing: model/password.h */
	const char *base_url;    /* of this site, for links in letters and on paper */
	bool secure;             /* https */
};

/* Renders; 200 unless rq->response.code says otherwise.  Everything a layout may name is added
 * here. */
enum status page(struct request *, const char *template) MUST_CHECK;
/* Answers a PDF that the browser shows, named so when it is saved. */
enum status page_pdf(struct request *, const char *name, const char *bytes, size_t len) MUST_CHECK;
/* The text of the person's language. */
const char *page_text(const struct request *, const char *msgid);
/* msgid with %1 and %2 replaced. */
const char *page_text_with(
    const struct request *, const char *msgid, const char *one, const char *two);

/*
 * A message on the next page that this browser shows; code is one of flash_words (page/flash.c),
 * whose text is a msgid.  arg, when not NULL, replaces %1 in it.
 */
void flash(struct request *, const char *code, const char *arg);
/* Beside flash(): a button that undoes it, a POST to that path with the version that it made. */
void flash_undo(struct request *, const char *path, int64_t version);

/*
 * Adds the group form->name for the template: {action?, wrong, errors[], fields[]} and one group a
 * field by its name, as templates/partial/field.html wants it.  Call after form_read() or
 * form_show(), and after the options of its choices were given.
 */
void page_form(struct request *, const struct form *);
/* Options for the field `name` of the next page_form(): members value (id) and text of each row. */
void page_options(
    struct request *, const char *name, struct rows, const char *value, const char *text);
/* There is nothing to choose for that field; href: where the first one is made. */
void page_first(struct request *, const char *name, const char *href);

/*
 * The field `name` of the next page_form() has suggestions, asked of that path (?q=) by script.  A
 * RULE_REF is then typed, as <name>_name, where `text` stands at first; other texts stay their own.
 */
void page_typed(struct request *, const char *name, const char *text, const char *suggest);

/* Key paging: rows were read one more than shown.  Adds {{pager.more}} with {{pager.next}} (a query
 * string). */
void page_next(struct request *, struct rows *, size_t shown, const char *key);

/* The query string of this page with name set to value ("" takes it out):
 * "?state=PENDING&sort=name". */
const char *page_query(const struct request *, const char *name, const char *value);

/* When this week began: Monday, as the plant's calendar has it. */
struct instant page_monday(const struct request *);

/* History for partial/history.html: each event with its changes unfolded for people. */
void page_history(struct request *, const char *name, const struct rows *events);

#endif
