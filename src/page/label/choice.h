/* choice.h: what is to be printed and how, as the address of the labels page says it. */
#ifndef PAGE_LABEL_CHOICE_H
#define PAGE_LABEL_CHOICE_H

#include "http/request.h"
#include "model/label.h"
#include "model/printer.h"
#include "rule/permission.h"
#include "view/paper_label.h"

struct label_kind {
	const char *code;
	const char *text; /* msgid */
	const char *icon;
	enum permission view;
	const char *hint; /* msgid: what a scan of it is good for, or NULL */
	const char *ask;  /* msgid: what to type to add one */
};

extern const struct label_kind label_kinds[];
extern const size_t label_kind_count;

/* Labels at once: a sheet of them takes its worker some two milliseconds a label. */
enum { MOST_COPIES = 50, MOST_LABELS = 2000 };

/* What may stand on a label; the names of the fields, too. */
enum label_line { LINE_NAME, LINE_NUMBER, LINE_PLACE, LINE_HINT, LINE_SITE, LINES };

struct choice {
	const struct label_kind *kind;
	int64_t ids[LABEL_RECORDS];
	size_t count;
	const struct label_format *format;
	int64_t start; /* the first free label of the sheet, from 1 */
	int64_t copies;
	enum qr_level level;
	bool line[LINES];
	int64_t printer_id; /* 0: none */
	struct rows records;
	struct rows printers;
	const struct printer *printer; /* or NULL */
};

extern const char *const choice_lines[LINES];
/* The names of every field, NULL-ended. */
extern const char *const choice_fields[];

/*
 * From the pairs of an address or a form; reads the records and the printers.  FORBIDDEN for a kind
 * that this person may not see.
 */
enum status choice_read(struct request *, const struct pairs *, struct choice *) MUST_CHECK;
/* "kind=machine&ids=1,2&…"; ids NULL: those of the choice. */
const char *choice_query(struct request *, const struct choice *, const char *ids);
/* The ids as "1,2,3", without one, with another (0: none). */
const char *choice_ids(struct request *, const struct choice *, int64_t without, int64_t with);
/* The labels themselves; copies: each so often. */
struct label *choice_labels(struct request *, const struct choice *, int64_t copies, size_t *count);
struct label_print choice_print(const struct choice *);

#endif
