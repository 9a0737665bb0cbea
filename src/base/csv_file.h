/*
 * csv_file.h: rows of a CSV file of any size and encoding, in one megabyte of memory.
 *
 * Whatever the encoding, the rows are UTF-8; bytes that mean nothing in it become U+FFFD, which
 * csv_is_damaged() finds again.  Rows are as in base/csv.h; line numbers are those of the file.
 */
#ifndef BASE_CSV_FILE_H
#define BASE_CSV_FILE_H

#include "base/csv.h"
#include "base/shape.h"

extern const struct words csv_encoding_words;  /* UTF-8, UTF-16LE … */
extern const struct words csv_separator_words; /* COMMA, SEMICOLON, TAB */

struct csv_dialect {
	const char *encoding;  /* a word */
	const char *separator; /* a word */
};

/*
 * What the bytes of a whole file look like: a byte order mark decides; else zeros at every other
 * byte are UTF-16; else what is well-formed UTF-8 is that; else, with bytes that
 * Windows-1252 does not have, or lines that end in CR alone and accents where it had them, the old
 * Macintosh; else Windows-1252.  The separator is
 * what the first row has most of.
 */
struct csv_dialect csv_guess(struct arena *, const char *bytes, size_t len);
/* A program of old spreadsheets (xlsx, xls, ods) or a PDF: not a text at all. */
bool csv_is_no_text(const char *bytes, size_t len);

struct csv_file;

/* NULL, and logged, when the file cannot be opened.  The arena must outlive it; close it. */
struct csv_file *csv_file_open(struct arena *, const char *path, const struct csv_dialect *);
/* Over bytes in memory, which must outlive it. */
struct csv_file *csv_file_over(
    struct arena *, const char *bytes, size_t len, const struct csv_dialect *);
void csv_file_close(struct csv_file *);
/* As csv_next().  A row longer than a megabyte is a fault, and the last. */
bool csv_file_next(struct csv_file *, struct arena *, struct csv_row *);
/* Bytes of the file that were taken so far. */
int64_t csv_file_read(const struct csv_file *);
/* The file could not be read to its end; logged. */
bool csv_file_failed(const struct csv_file *);

bool csv_is_damaged(const char *text);

#endif
