/*
 * password.h: which passwords are refused, and how long a wrong one makes wait.  Length is what
 * counts; there are no rules about capitals, digits or signs.
 */
#ifndef RULE_PASSWORD_H
#define RULE_PASSWORD_H

#include "base/shape.h"

enum { PASSWORD_LEAST = 15, PASSWORD_MOST = 256 /* characters */ };

/*
 * Why it is refused, a msgid; NULL when it is good.  Refused are passwords that are too short or
 * too long, one of the common ones (repeated, or with digits and signs around it too), one pattern
 * over and over, a walk along the alphabet or the keyboard, and what is nothing but the person's
 * address or name (either may be NULL) or the product's.
 */
const char *password_fault(const char *password, const char *email, const char *name);

/* Seconds until the next attempt after so many failures in a row: 0 up to 4, then 1, 2, 4 … 900. */
int64_t signin_wait(int failures);

/* The common ones: lower case, eight characters or more, sorted. */
extern const char *const password_common[];
extern const size_t password_common_count;

#endif
