/*
 * text.h: what a stored file says.  A PDF is read by pdftotext in a process of its own (child.h);
 * other text is taken as it is, or as Windows-1252 when it is not UTF-8.
 */
#ifndef JOB_TEXT_H
#define JOB_TEXT_H

#include "base/status.h"

struct arena;

#define TEXT_PROGRAM "/usr/bin/pdftotext"

/*
 * *text: UTF-8 without control characters but line ends, FILE_TEXT_MOST bytes at most.  NOT_FOUND:
 * no such file; INVALID, and logged: it is broken, or asks for more than the limits; FAILED, and
 * logged: the program or room is missing.  Takes half a minute at most.
 */
enum status text_read(struct arena *, const char *root, const char *hex, const char *type,
    const char **text) MUST_CHECK;

#endif
