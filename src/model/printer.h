/* printer.h: the printers of labels, and what waits for those that speak ZPL. */
#ifndef MODEL_PRINTER_H
#define MODEL_PRINTER_H

#include "base/shape.h"

struct actor;
struct reg_table;

struct printer {
	int64_t id;
	const char *name;
	const char *kind; /* a word: printer_kind_words */
	const char *host;
	struct number port;
	struct number dpi;
	struct decimal offset_x, offset_y; /* mm */
	struct decimal scale;              /* per cent */
	const char *note;
	int64_t version;
	struct instant archived_at;
};

extern const struct words printer_kind_words;
extern const struct shape printer_shape;
extern const struct reg_table printer_table;

enum { PRINTER_PORT = 9100, PRINTER_DPI = 203 };

/* Also an archived one. */
enum status printer_find(const struct actor *, int64_t id, struct printer *) MUST_CHECK;
/* Those in use, by name; struct printer rows. */
enum status printer_list(const struct actor *, struct rows *) MUST_CHECK;
/* Offset and scale as a calibration sheet measured them; an event. */
enum status printer_calibrate(const struct actor *, int64_t id, struct decimal offset_x,
    struct decimal offset_y, struct decimal scale) MUST_CHECK;

/* Queues labels for a printer; CONFLICT: it is archived or no ZPL printer. */
enum status label_print_add(
    const struct actor *, int64_t printer_id, int64_t labels, const char *zpl) MUST_CHECK;

struct label_print_row {
	int64_t id;
	int64_t labels;
	const char *state; /* QUEUED, SENT, FAILED */
	int64_t tries;
	const char *last_error;
	const char *user_name;
	struct instant created_at;
	struct instant sent_at;
};

extern const struct shape label_print_row_shape;
/* The latest first. */
enum status label_print_list(
    const struct actor *, int64_t printer_id, int most, struct rows *) MUST_CHECK;

/* For the jobs: the next one that is due, leased for a minute; NOT_FOUND. */
struct label_print_due {
	int64_t id;
	int64_t tries;
	const char *zpl;
	const char *printer_name;
	const char *host;
	struct number port;
};

enum status label_print_take(const struct actor *, struct label_print_due *) MUST_CHECK;
/* why NULL: it was sent.  Tried for an hour, then FAILED. */
enum status label_print_done(
    const struct actor *, const struct label_print_due *, const char *why) MUST_CHECK;

#endif
