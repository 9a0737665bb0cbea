/* status.h: the one vocabulary of outcomes, from SQL up to HTTP. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
	OK = 0,
	BAD_REQUEST, /* 400: the request itself is malformed */
	SIGN_IN,     /* 303 or 401: nobody is signed in, or no longer */
	FORBIDDEN,   /* 403: signed in, but the role may not */
	NOT_FOUND,   /* 404: no such row, or none that this person may see */
	CONFLICT,    /* 409: the row changed underneath, or a key is taken */
	INVALID,     /* 422: a form did not pass its rules */
	TOO_MANY,    /* 429: slow down */
	RETRY,       /* rolled back through no fault of the request: run it again; 503 at the end */
	FAILED,      /* 500: our fault; logged where it happened */
	STATUSES
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
