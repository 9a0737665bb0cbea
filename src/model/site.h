/* site.h: which plant a host name means; read from the directory's database. */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include "base/shape.h"

struct arena;
struct db;

struct site {
	int64_t id;
	const char *name;
	const char *schema_name;
	/* From the site's own settings: */
	const char *title;
	const char *zone;
	const char *currency;
	const char *language;
	bool open_registration;
	int64_t file_most_mb, file_keep_days;
	struct rows departments; /* struct option, in use, by name: what filters offer */
};

/* id, name and schema_name by a host name; db is connected to the directory.  NOT_FOUND. */
enum status site_by_host(struct db *, struct arena *, const char *host, struct site *) MUST_CHECK;
enum status site_by_name(struct db *, struct arena *, const char *name, struct site *) MUST_CHECK;
/* Every site that is served; struct site rows. */
enum status site_all(struct db *, struct arena *, struct rows *) MUST_CHECK;
/* Its host names, "a.example,b.example"; "" for none. */
enum status site_hosts(struct db *, struct arena *, int64_t id, const char **hosts) MUST_CHECK;
/* The rest; db is connected to the site's schema. */
enum status site_settings(struct db *, struct arena *, struct site *) MUST_CHECK;

#endif
