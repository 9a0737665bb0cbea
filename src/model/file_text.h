/* file_text.h: what files say, for the search: the jobs read them one by one. */
#ifndef MODEL_FILE_TEXT_H
#define MODEL_FILE_TEXT_H

#include "base/shape.h"

struct actor;

struct file_text {
	int64_t id; /* of the file */
	const char *sha256;
	const char *type;
};

enum { FILE_TEXT_MOST = 1024 * 1024 /* bytes of it that are kept */ };

/* The next file whose text is wanted, leased for five minutes; NOT_FOUND when there is none. */
enum status file_text_take(const struct actor *, struct file_text *) MUST_CHECK;
/* Its text, NULL when it could not be read; its documents are indexed anew. */
enum status file_text_done(const struct actor *, int64_t id, const char *text) MUST_CHECK;

#endif
