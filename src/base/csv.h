/*
 * csv.h: rows of comma separated values (RFC 4180), read from bytes in memory one at a time.
 *
 * UTF-8, with or without a mark in front.  The separator is the comma, semicolon or tab that the
 * first row has most of.  Lines end in LF, CR or CRLF; empty ones are passed over.  In a quoted
 * field a doubled quote is one quote, line breaks and separators are data, and so is a backslash
 * (some programs write \"" for a quote).  A quote inside of a field that does not begin with one is
 * data as well: 5" hose.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

struct csv {
	const char *at, *end;
	char separator;
	int64_t line; /* where `at` stands, from 1 */
};

struct csv_row {
	int64_t line;      /* where it begins */
	const char *fault; /* what is wrong with it, for people; NULL when nothing is */
	int64_t fault_line;
	size_t count;
	const char **field;
};

/* The bytes must outlive it. */
void csv_open(struct csv *, const char *bytes, size_t len);
/*
 * The next row; its texts live in the arena, which may be reset between two rows.  False at the
 * end.  A row with a fault has the fields that could be read; reading goes on behind it.
 */
bool csv_next(struct csv *, struct arena *, struct csv_row *);

/*
 * A spreadsheet runs a cell that begins with = + - @ (their wide twins too), a tab or a line break.
 * csv_disarm() puts an apostrophe before such a text, also before one that has apostrophes there
 * already; a negative number (-5, -1.5) stays.  csv_arm() takes back exactly what csv_disarm() put:
 * arm(disarm(t)) is t, for every t.  Both answer the text itself when nothing is to be done.
 */
const char *csv_disarm(struct arena *, const char *);
const char *csv_arm(const char *);
struct buf;
/* One field for writing, disarmed, in quotes when it needs them (RFC 4180). */
void csv_put(struct buf *, const char *);

#endif
