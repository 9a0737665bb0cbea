/*
 * form.h: what a form may contain, as a table.
 *
 * form_read() fills a struct from the posted fields by the form's rules.  It refuses (BAD_REQUEST)
 * a field that is not in the table, or one that comes twice (but for `several`); `csrf`, `once` and
 * `version` belong to every form.  When a rule is broken it answers INVALID and leaves in
 * rq->form_state, for every field, the text typed and the complaint, so that showing the form again
 * loses nothing.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/shape.h"
#include "base/status.h"

struct arena;
struct form_zone;
struct request;

enum rule_kind {
	RULE_PLAIN, /* by the member's type */
	RULE_LINES, /* text of several lines: a textarea */
	RULE_EMAIL,
	RULE_PASSWORD, /* never shown again */
	RULE_CHOICE,   /* one of words, or of the options that the page gives by name */
	RULE_REF,      /* an id that the page offers as options; 0 or empty is none */
	RULE_CHECK,    /* a checkbox */
};

struct rule {
	struct field field;
	enum rule_kind kind;
	const char *label; /* msgid */
	const char *hint;  /* msgid or NULL */
	bool required;
	int64_t least; /* number: value; text: characters; decimal: units */
	int64_t most;  /* 0: no limit; for texts 255 characters, 10000 of several lines */
	const char *autocomplete; /* the HTML attribute, or NULL */
	bool several; /* a text of names with commas between them; may come as several fields, and
		       * with <name>_boxes, which says that none is an answer, too */
};

struct form {
	const char *name; /* of the template group, and of the element's id */
	const struct rule *rules;
	size_t count;
	const char *const *
	    also; /* NULL-ended: further field names the handler reads itself; "line_*" by prefix */
};

/*
 * Why a field is refused; text is a msgid in which %1 and %2 stand for least and most (units when
 * the rule's field is a decimal).
 */
struct complaint {
	const char *text;
	int64_t least, most;
	const char *arg; /* replaces %s when there is one */
};

struct field_state {
	const char *typed;
	struct complaint complaint; /* text NULL: nothing wrong */
};

struct form_state {
	const struct form *form;
	struct field_state *at; /* one a rule, in their order */
	bool wrong;
};

/*
 * Reads rq->form into record; texts are trimmed (passwords are not); members of fields that are
 * absent stay as they were, but an absent RULE_CHECK is false.  A field left empty is "" (text),
 * NULL (a choice) or not known; members of fields that are wrong stay.  Names of `also` may come
 * several times; files must be among them.  On INVALID the code of the answer is 422.
 */
enum status form_read(struct request *, const struct form *, void *record) MUST_CHECK;
/*
 * For an act that reads its few fields itself: BAD_REQUEST for a field that is none of these names,
 * which are as in struct form's also.  What neither this nor form_read() has looked at may carry no
 * field at all (app/write.c).
 */
enum status form_only(struct request *, const char *const *names) MUST_CHECK;
/*
 * A complaint found later, by the model or the page: INVALID, always.  A field keeps its first
 * complaint; a name that has no rule complains at the form's first field.
 */
enum status form_refuse(struct request *, const struct form *, const char *name, const char *msgid);
/* Fills form_state from a record (NULL: empty fields), to show a form for the first time or to edit
 * it. */
void form_show(struct request *, const struct form *, const void *record);
/* The version that the form saw; 0 when there is none. */
int64_t form_version(const struct request *);
/*
 * One typed text by its rule, without a request (imports): into the record's member, or a complaint
 * (text a msgid of form_texts) and the member stays.  zone NULL: instants are UTC.
 */
bool form_value(struct arena *, const struct form_zone *, const struct rule *, const char *typed,
    void *record, struct complaint *);
/* The member as a person would have typed it; never NULL. */
const char *form_value_text(
    struct arena *, const struct form_zone *, const struct rule *, const void *record);
/* Every msgid that form_read() can complain with; NULL-ended. */
extern const char *const form_texts[];

/* Instants are typed in the site's zone: the app gives the parser (locale.h) by this, before any
 * form. */
struct form_zone {
	struct instant (*parse)(void *with, const char *);
	const char *(*show)(void *with, struct arena *, struct instant);
	void *with;
};

#endif
