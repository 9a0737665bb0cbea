/*
 * config.h: the one configuration file, read at start into a const struct.
 *
 * Lines are `name = value`; `#` begins a comment.  A name that is not in the table of config.c, a
 * value that does not fit, or a file that cannot be read stops the start with file, line and
 * remedy.  A relative path is one below the folder of the configuration file.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/shape.h"

struct arena;

struct config {
	const char *db_socket;   /* unix socket of the database, or */
	const char *db_host;     /* its host and */
	int64_t db_port;         /* port */
	const char *db_user;     /* the workers' account: no schema changes, events only inserted */
	const char *db_password; /* read from db_password_file */
	const char *db_owner;    /* the account of migrations; the command's only */
	const char *db_owner_password; /* NULL also when this account may not read its file */
	const char *directory;         /* the directory's schema, mw_directory */
	const char *templates;         /* folder */
	const char *sql;               /* folder with directory/ and site/ */
	const char *files;             /* folder of uploaded files */
	const char *base_url;          /* https://plant.example; http:// only for localhost */
	const char *secret;   /* read from secret_file: the key of tokens and form tokens */
	const char *smtp_url; /* smtp://host:25, or none: mail stays in the outbox */
	const char *smtp_user;
	const char *smtp_password; /* read from smtp_password_file */
	const char *mail_from;
	const char *clamd;   /* unix:/path or host:port; NULL: files are not scanned */
	bool clamd_required; /* no file is taken while clamd cannot be asked */
	const char *assets;  /* the version folder of static files: /assets/<rev> */
	bool developer;      /* /patterns, strict templates */
};

/*
 * path, else $MILLWRIGHT_CONF, else /etc/millwright/millwright.conf.  Lives in the arena.
 * Ends the program with a message on a mistake.
 */
const struct config *config_read(struct arena *, const char *path);

#endif
