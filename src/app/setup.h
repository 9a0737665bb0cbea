/*
 * setup.h: what makes and renews the databases: `millwright run`, `site create` and `migrate` call
 * it.
 *
 * Every function connects as the owner account of the configuration, may be called again after it
 * was interrupted, and logs what went wrong before it answers other than OK.
 */
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include <stdio.h>

#include "base/status.h"

struct config;

struct new_site {
	const char *name;  /* lower case letters, digits, _; at most 40 */
	const char *hosts; /* separated by commas, without ports */
	/* NULL: the name, UTC, EUR, en.  A site that is there already keeps what it has. */
	const char *title, *zone, *currency, *language;
};

/* The directory's schema exists and all its migrations are applied. */
enum status setup_directory(const struct config *) MUST_CHECK;
/*
 * The site `name` exists, migrated, is reached by each of the host names in `hosts` (separated by
 * commas, without ports), and the workers' account has its grants.
 */
enum status setup_site(const struct config *, const char *name, const char *hosts) MUST_CHECK;
/* The same with its first settings.  INVALID: a name or a setting is not fit; logged. */
enum status setup_new_site(const struct config *, const struct new_site *) MUST_CHECK;
/* The directory and every site get the migrations that they do not have yet. */
enum status setup_migrate(const struct config *) MUST_CHECK;
/* Fills the site with the demo plant; one line `role<TAB>email<TAB>password` an account. */
enum status setup_demo(const struct config *, const char *name, FILE *accounts) MUST_CHECK;

#endif
