/* setup_check.h: what `millwright doctor` asks the database. */
#ifndef APP_SETUP_CHECK_H
#define APP_SETUP_CHECK_H

#include "base/shape.h"

struct arena;
struct db;

/* SELECT VERSION(); "10.11.6-MariaDB". */
enum status check_version(struct db *, struct arena *, const char **version) MUST_CHECK;
/* An @@variable of the server as text; NOT_FOUND when this server has none of that name. */
enum status check_variable(
    struct db *, struct arena *, const char *name, const char **value) MUST_CHECK;

struct site_check {
	int64_t tables;     /* that the account may insert into */
	int64_t may_change; /* events: 0, or the account may forge the log */
	int64_t may_write;  /* events: 1 */
	int64_t working;    /* a jobs process holds the lease */
	int64_t waiting;    /* events unsealed */
	int64_t failed;     /* letters given up */
	const char *zone;
};

/* db is connected to the site as the workers' account. */
enum status check_site(struct db *, struct arena *, struct site_check *) MUST_CHECK;

#endif
