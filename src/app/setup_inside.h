/* setup_inside.h: what the files of setup share; nobody else includes it. */
#ifndef APP_SETUP_INSIDE_H
#define APP_SETUP_INSIDE_H

#include <stdbool.h>

#include "app/setup.h"
#include "db/db.h"

struct arena;

struct setup {
	const struct config *config;
	struct arena *arena;
	struct db_config account;
	struct db *db; /* as the owner */
};

/* False, and logged, without an owner account.  setup_close() in every case; it hands e on. */
bool setup_open(struct setup *, const struct config *);
enum status setup_close(struct setup *, enum status e);

/* INVALID, and logged: names and settings that are not fit. */
enum status setup_check(const struct new_site *) MUST_CHECK;
/* The workers' account gets exactly what it needs on each table; s->db uses that schema. */
enum status setup_grant(struct setup *, const char *schema, bool site) MUST_CHECK;
/* 'user'@'host' of the workers' account; NULL, and logged, when its name cannot be written. */
const char *setup_worker(const struct config *, struct arena *);

#endif
