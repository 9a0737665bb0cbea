/* demo.h: a believable plant with a year of history, for people who try the product. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include <stdio.h>

#include "base/status.h"

struct arena;
struct db;

/*
 * Fills the site that db is connected to; the row of its settings is there, and no machine is:
 * else CONFLICT.  The plant is always the same, ends now, and takes some seconds.  One named
 * account a role gets a fresh password, a line `role<TAB>address<TAB>password` each.
 */
enum status demo_plant(struct db *, struct arena *, FILE *accounts) MUST_CHECK;
/* Manuals on two of its machines; root: of the store, where its account may write. */
enum status demo_files(struct db *, struct arena *, const char *root) MUST_CHECK;

#endif
