/* config.c: the table of all settings, and how a file of them is read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"

#define STANDARD "/etc/millwright/millwright.conf"

enum { MOST = 1024 * 1024, SECRET_LENGTH = 32, NEAR = 3, NAME_LENGTH = 40 };

enum kind {
	KIND_TEXT,
	KIND_PATH,  /* relative to the folder of the configuration file */
	KIND_PORT,  /* 1 to 65535 */
	KIND_YES,   /* yes or no */
	KIND_FILE,  /* the setting is what stands in the file of that path */
	KIND_OWNER, /* likewise; what this account may not read stays unset */
	KIND_KEY,   /* likewise, at least SECRET_LENGTH characters */
	KIND_REV,   /* the setting is /assets/ and what stands in that file */
	KIND_URL,   /* https://…, or http://… of this machine; no slash behind */
};

struct setting {
	const char *name;
	enum kind kind;
	size_t at;
	const char *standard; /* what holds when the file does not say; NULL for nothing */
	const char *must;     /* it has to be set; this is an example */
};

#define AT(member) offsetof(struct config, member)

static const struct setting settings[] = {
	{ "db_socket", KIND_PATH, AT(db_socket), NULL, NULL },
	{ "db_host", KIND_TEXT, AT(db_host), NULL, NULL },
	{ "db_port", KIND_PORT, AT(db_port), "3306", NULL },
	{ "db_user", KIND_TEXT, AT(db_user), NULL, "millwright_app" },
	{ "db_password_file", KIND_FILE, AT(db_password), NULL, NULL },
	{ "db_owner", KIND_TEXT, AT(db_owner), NULL, NULL },
	{ "db_owner_password_file", KIND_OWNER, AT(db_owner_password), NULL, NULL },
	{ "directory", KIND_TEXT, AT(directory), "mw_directory", NULL },
	{ "templates", KIND_PATH, AT(templates), "/usr/share/millwright/templates", NULL },
	{ "sql", KIND_PATH, AT(sql), "/usr/share/millwright/sql", NULL },
	{ "files", KIND_PATH, AT(files), "/var/lib/millwright/files", NULL },
	{ "base_url", KIND_URL, AT(base_url), NULL, "https://plant.example" },
	{ "secret_file", KIND_KEY, AT(secret), NULL, "/etc/millwright/secret" },
	{ "smtp_url", KIND_TEXT, AT(smtp_url), NULL, NULL },
	{ "smtp_user", KIND_TEXT, AT(smtp_user), NULL, NULL },
	{ "smtp_password_file", KIND_FILE, AT(smtp_password), NULL, NULL },
	{ "mail_from", KIND_TEXT, AT(mail_from), NULL, NULL },
	{ "clamd", KIND_TEXT, AT(clamd), NULL, NULL },
	{ "clamd_required", KIND_YES, AT(clamd_required), "yes", NULL },
	{ "assets", KIND_TEXT, AT(assets), NULL, NULL },
	{ "assets_file", KIND_REV, AT(assets), NULL, NULL },
	{ "developer", KIND_YES, AT(developer), "no", NULL },
};

struct reading {
	struct arena *arena;
	const char *path;
	int line;                     /* 0 for what no line says */
	int line_of[COUNT(settings)]; /* 0 for not named yet */
	struct config *config;
};

/* "millwright.conf:7", or the file alone. */
static const char *
place(const struct reading *r)
{
	const char *slash = strrchr(r->path, '/');
	const char *name = slash == NULL ? r->path : slash + 1;

	return r->line == 0 ? name : arena_print(r->arena, "%s:%d", name, r->line);
}

/* All of a file; NULL, and errno, when it cannot be read. */
static char *
slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	char *text;
	size_t len;
	int why;

	if (f == NULL)
		return NULL;
	text = arena_room(a, MOST + 2); /* of which only what is read takes memory */
	len = fread(text, 1, MOST + 1, f);
	text[len] = '\0';
	why = ferror(f) ? EIO : len > MOST ? EFBIG : 0;
	if (why == 0 && memchr(text, '\0', len) != NULL)
		why = EILSEQ;
	fclose(f);
	errno = why;
	return why == 0 ? text : NULL;
}

static const char *
absolute(const struct reading *r, const char *path)
{
	const char *slash = strrchr(r->path, '/');

	if (*path == '/' || slash == NULL)
		return path;
	return arena_print(r->arena, "%.*s/%s", (int)(slash - r->path), r->path, path);
}

static const char *
line_of_file(const struct reading *r, const struct setting *s, const char *value)
{
	const char *path = absolute(r, value);
	const char *text = slurp(r->arena, path);

	if (text == NULL && errno == EACCES && s->kind == KIND_OWNER)
		return NULL;
	if (text == NULL)
		die("%s: %s: cannot read %s: %s", place(r), s->name, path, strerror(errno));
	text = text_trim(r->arena, text);
	if (*text == '\0')
		die("%s: %s: there is nothing in %s", place(r), s->name, path);
	if (strpbrk(text, "\r\n") != NULL)
		die("%s: %s: there is more than one line in %s", place(r), s->name, path);
	if (s->kind == KIND_KEY && strlen(text) < SECRET_LENGTH)
		die("%s: %s: what stands in %s is too short; make a key with: openssl rand -hex 32",
		    place(r), s->name, path);
	return text;
}

static int64_t
port_of(const struct reading *r, const struct setting *s, const char *value)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (errno != 0 || *end != '\0' || n < 1 || n > 65535)
		die("%s: %s = %s is not a port; write a number from 1 to 65535", place(r), s->name,
		    value);
	return n;
}

static bool
yes_of(const struct reading *r, const struct setting *s, const char *value)
{
	if (strcmp(value, "yes") == 0)
		return true;
	if (strcmp(value, "no") != 0)
		die("%s: %s = %s: write yes or no", place(r), s->name, value);
	return false;
}

/* Browsers take these for safe without a certificate. */
static bool
is_local(const char *host)
{
	static const char *const locals[] = { "localhost", "127.0.0.1", "[::1]" };
	const char *bracket = host[0] == '[' ? strchr(host, ']') : NULL;
	size_t len = bracket != NULL ? (size_t)(bracket - host) + 1 : strcspn(host, ":/");

	for (size_t i = 0; i < COUNT(locals); i++)
		if (strlen(locals[i]) == len && strncmp(host, locals[i], len) == 0)
			return true;
	return len > 10 && strncmp(host + len - 10, ".localhost", 10) == 0;
}

static const char *
url_of(const struct reading *r, const struct setting *s, const char *value)
{
	const char *host = strstr(value, "://");

	if (host == NULL || host[3] == '\0' ||
	    (!text_starts(value, "https://") && !text_starts(value, "http://")))
		die("%s: %s = %s is no address; write it like https://plant.example", place(r),
		    s->name, value);
	if (text_starts(value, "http://") && !is_local(host + 3))
		die("%s: %s = %s: write https://; http:// is for localhost only", place(r), s->name,
		    value);
	if (strpbrk(host + 3, "/?# ") != NULL)
		die("%s: %s = %s: write the scheme and the host only, without a slash behind",
		    place(r), s->name, value);
	return value;
}

static void
set(struct reading *r, const struct setting *s, const char *value)
{
	void *at = (char *)r->config + s->at;
	const char **text = at;

	switch (s->kind) {
	case KIND_TEXT:
		*text = value;
		return;
	case KIND_PATH:
		*text = absolute(r, value);
		return;
	case KIND_PORT:
		*(int64_t *)at = port_of(r, s, value);
		return;
	case KIND_YES:
		*(bool *)at = yes_of(r, s, value);
		return;
	case KIND_FILE:
	case KIND_OWNER:
	case KIND_KEY:
		*text = line_of_file(r, s, value);
		return;
	case KIND_REV:
		*text = arena_print(r->arena, "/assets/%s", line_of_file(r, s, value));
		return;
	case KIND_URL:
		*text = url_of(r, s, value);
		return;
	}
}

/* Letters to change, add or drop to make one name of the other (Levenshtein). */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_LENGTH + 1];
	size_t len = strlen(b);

	if (len > NAME_LENGTH)
		return len;
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= len; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);

			corner = row[j];
			best = best < row[j] + 1 ? best : row[j] + 1;
			row[j] = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
		}
	}
	return row[len];
}

static void __attribute__((noreturn)) unknown(const struct reading *r, const char *name)
{
	struct buf all = { .arena = r->arena };
	const char *nearest = NULL;
	size_t best = NEAR + 1;

	for (size_t i = 0; i < COUNT(settings); i++) {
		size_t far = distance(name, settings[i].name);

		buf_print(&all, "%s%s", i == 0 ? "" : ", ", settings[i].name);
		if (far < best) {
			best = far;
			nearest = settings[i].name;
		}
	}
	if (nearest != NULL)
		die("%s: unknown name \"%s\"; did you mean \"%s\"?", place(r), name, nearest);
	die("%s: unknown name \"%s\"; the names are %s", place(r), name, all.text);
}

static size_t
find(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < COUNT(settings); i++)
		if (strcmp(settings[i].name, name) == 0)
			return i;
	unknown(r, name);
}

/* A comment begins at the line's start or behind a blank, so that a value may have # inside. */
static void
drop_comment(char *line)
{
	for (char *c = line; *c != '\0'; c++)
		if (*c == '#' && (c == line || c[-1] == ' ' || c[-1] == '\t')) {
			*c = '\0';
			return;
		}
}

static void
take_line(struct reading *r, char *line)
{
	const char *name, *value;
	char *equals;
	size_t i;

	drop_comment(line);
	if (*text_trim(r->arena, line) == '\0')
		return;
	equals = strchr(line, '=');
	if (equals == NULL)
		die("%s: write it like `name = value`: %s", place(r), text_trim(r->arena, line));
	*equals = '\0';
	name = text_trim(r->arena, line);
	value = text_trim(r->arena, equals + 1);
	i = find(r, name);
	if (r->line_of[i] != 0)
		die("%s: %s is set already in line %d; keep one of the two", place(r), name,
		    r->line_of[i]);
	if (*value == '\0')
		die("%s: %s has no value; write one or drop the line", place(r), name);
	r->line_of[i] = r->line;
	set(r, &settings[i], value);
}

static void
fill_in(struct reading *r)
{
	r->line = 0;
	for (size_t i = 0; i < COUNT(settings); i++) {
		const struct setting *s = &settings[i];

		if (r->line_of[i] != 0)
			continue;
		if (s->must != NULL)
			die("%s: %s is missing; write it like: %s = %s", place(r), s->name, s->name,
			    s->must);
		if (s->standard != NULL)
			set(r, s, s->standard);
	}
	if (r->config->assets == NULL)
		r->config->assets = "/assets";
	if (r->config->db_socket == NULL && r->config->db_host == NULL)
		die("%s: db_socket is missing; write it like: db_socket = /run/mysqld/mysqld.sock "
		    "(or name db_host)",
		    place(r));
	if (r->config->db_socket != NULL && r->config->db_host != NULL)
		die("%s: both db_socket and db_host are set; keep one of the two", place(r));
	if (r->config->smtp_url != NULL && r->config->mail_from == NULL)
		die("%s: mail_from is missing; write it like: mail_from = millwright@plant.example",
		    place(r));
}

const struct config *
config_read(struct arena *a, const char *path)
{
	struct reading r = { .arena = a, .path = path, .config = NEW(a, struct config) };
	char *text, *end;

	if (r.path == NULL)
		r.path = getenv("MILLWRIGHT_CONF");
	if (text_empty(r.path))
		r.path = STANDARD;
	text = slurp(a, r.path);
	if (text == NULL)
		die("cannot read %s: %s; name the file in MILLWRIGHT_CONF", r.path,
		    strerror(errno));
	for (; *text != '\0'; text = end) {
		r.line++;
		end = text + strcspn(text, "\n");
		if (*end == '\n')
			*end++ = '\0';
		take_line(&r, text);
	}
	fill_in(&r);
	return r.config;
}
