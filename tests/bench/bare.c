/*
 * bare.c: a FastCGI worker that does nothing but what a page cannot do without.
 *
 * usage: bare FOLDER, with BARE_SOCKET, BARE_USER, BARE_PASSWORD, BARE_SCHEMA in the environment
 *
 * The request's header X-Bare names a page.  FOLDER/NAME.bytes is sent as the whole answer; before
 * that the statements of FOLDER/NAME.sql are run, prepared once, their rows fetched and thrown
 * away.  That file has one thing a line:
 *
 *	= TEXT	a statement to be sent as it is
 *	? SQL	a prepared statement; its arguments follow
 *	s TEXT	a text    n N  a number    0  NULL
 *	u	a text that is never the same    l N  the id that statement N (from 0) has inserted
 *	m N	a number that goes round from 1 to N
 */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fcgiapp.h>

enum { STATEMENTS = 32, ARGS = 128, COLUMNS = 64, PAGES = 64, CELL = 4096, WORD = 40 };

struct arg {
	char kind;
	long long n;
	const char *text;
	unsigned long len;
};

struct statement {
	const char *sql;
	MYSQL_STMT *handle; /* NULL: to be sent as it is */
	struct arg args[ARGS];
	unsigned count;
	unsigned columns;
	MYSQL_BIND out[COLUMNS];
	unsigned long long inserted;
};

struct page {
	char *name;
	char *bytes;
	size_t len;
	struct statement *list;
	size_t count;
};

struct bare {
	const char *folder;
	MYSQL *db;
	struct page pages[PAGES];
	size_t count;
	unsigned long long turn;
	char cell[COLUMNS][CELL];
};

static void
give_up(const char *what, const char *why)
{
	fprintf(stderr, "bare: %s: %s\n", what, why);
	exit(1);
}

static void *
room(size_t size)
{
	void *p = calloc(1, size);

	if (p == NULL)
		give_up("memory", "none left");
	return p;
}

/* The whole file, or NULL when there is none. */
static char *
read_file(const char *folder, const char *name, const char *end, size_t *len)
{
	char path[1024];
	FILE *f;
	char *text;
	long size;

	snprintf(path, sizeof(path), "%s/%s.%s", folder, name, end);
	f = fopen(path, "re");
	if (f == NULL)
		return NULL;
	if (fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
		give_up(path, "cannot be read");
	rewind(f);
	text = room((size_t)size + 1);
	*len = fread(text, 1, (size_t)size, f);
	fclose(f);
	return text;
}

/* The product's own settings (src/db/db.c). */
static void
connect_to(struct bare *b)
{
	static const char *const session[] = {
		"SET SESSION sql_mode = 'TRADITIONAL,ONLY_FULL_GROUP_BY', time_zone = '+00:00', "
		"autocommit = 1, innodb_lock_wait_timeout = 5",
		"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
	};

	const unsigned connect_s = 2, answer_s = 8;

	b->db = mysql_init(NULL);
	mysql_options(b->db, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_options(b->db, MYSQL_OPT_READ_TIMEOUT, &answer_s);
	mysql_options(b->db, MYSQL_OPT_WRITE_TIMEOUT, &answer_s);
	mysql_options(b->db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (mysql_real_connect(b->db, NULL, getenv("BARE_USER"), getenv("BARE_PASSWORD"),
		getenv("BARE_SCHEMA"), 0, getenv("BARE_SOCKET"), CLIENT_FOUND_ROWS) == NULL)
		give_up("connecting", mysql_error(b->db));
	for (size_t i = 0; i < sizeof(session) / sizeof(*session); i++)
		if (mysql_query(b->db, session[i]) != 0)
			give_up(session[i], mysql_error(b->db));
}

static void
land(struct bare *b, struct statement *s)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(s->handle);

	s->columns = meta == NULL ? 0 : mysql_num_fields(meta);
	if (s->columns > COLUMNS)
		give_up(s->sql, "too many columns");
	for (unsigned i = 0; i < s->columns; i++) {
		enum enum_field_types t = mysql_fetch_field_direct(meta, i)->type;

		s->out[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING,
			.buffer = b->cell[i],
			.buffer_length = CELL };
		if (t == MYSQL_TYPE_DATETIME || t == MYSQL_TYPE_LONGLONG)
			s->out[i].buffer_type = t;
	}
	mysql_free_result(meta);
}

static void
prepare(struct bare *b, struct statement *s, const char *sql)
{
	s->sql = sql;
	s->handle = mysql_stmt_init(b->db);
	if (s->handle == NULL || mysql_stmt_prepare(s->handle, sql, strlen(sql)) != 0)
		give_up(sql, mysql_error(b->db));
	land(b, s);
}

static void
add_line(struct bare *b, struct page *p, char *line)
{
	struct statement *s = p->count > 0 ? &p->list[p->count - 1] : NULL;
	const char *rest = line[0] != '\0' && line[1] != '\0' ? line + 2 : "";

	if (line[0] == '\0')
		return;
	if (line[0] == '=' || line[0] == '?') {
		if (p->count == STATEMENTS)
			give_up(p->name, "too many statements");
		s = &p->list[p->count++];
		if (line[0] == '?')
			prepare(b, s, rest);
		s->sql = rest;
		return;
	}
	if (s == NULL || s->count == ARGS)
		give_up(p->name, "an argument too many");
	s->args[s->count++] = (struct arg){ line[0], strtoll(rest, NULL, 10), rest, strlen(rest) };
}

static struct page *
page_of(struct bare *b, const char *name)
{
	struct page *p;
	size_t len;
	char *sql;

	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->pages[i].name, name) == 0)
			return &b->pages[i];
	if (b->count == PAGES || strchr(name, '/') != NULL)
		give_up(name, "no page");
	p = &b->pages[b->count++];
	p->name = strdup(name);
	p->bytes = read_file(b->folder, name, "bytes", &p->len);
	if (p->name == NULL || p->bytes == NULL)
		give_up(name, "no bytes");
	sql = read_file(b->folder, name, "sql", &len);
	if (sql != NULL && b->db == NULL)
		connect_to(b);
	p->list = room(STATEMENTS * sizeof(*p->list));
	for (char *next; sql != NULL && *sql != '\0'; sql = next) {
		next = sql + strcspn(sql, "\n");
		if (*next != '\0')
			*next++ = '\0';
		add_line(b, p, sql);
	}
	return p;
}

static void
bind_arg(struct bare *b, struct page *p, struct arg *a, MYSQL_BIND *to, char *word)
{
	switch (a->kind) {
	case 'u':
		a->len = (unsigned long)snprintf(word, WORD, "B%d-%llu", (int)getpid(), b->turn);
		a->text = word;
		break;
	case 'l':
		to->buffer = &p->list[a->n].inserted;
		break;
	case 'm':
		*(long long *)(void *)word = 1 + (long long)(b->turn % (unsigned long long)a->n);
		to->buffer = word;
		break;
	case '0':
		to->buffer_type = MYSQL_TYPE_NULL;
		return;
	default:
		to->buffer = &a->n;
	}
	if (a->kind == 's' || a->kind == 'u') {
		to->buffer_type = MYSQL_TYPE_STRING;
		to->buffer = (void *)(size_t)a->text;
		to->buffer_length = a->len;
		to->length = &a->len;
	} else {
		to->buffer_type = MYSQL_TYPE_LONGLONG;
	}
}

static void
run(struct bare *b, struct page *p, struct statement *s)
{
	MYSQL_BIND in[ARGS] = { 0 };
	_Alignas(long long) char words[ARGS][WORD];

	if (s->handle == NULL) {
		if (mysql_query(b->db, s->sql) != 0)
			give_up(s->sql, mysql_error(b->db));
		return;
	}
	for (unsigned i = 0; i < s->count; i++)
		bind_arg(b, p, &s->args[i], &in[i], words[i]);
	if (mysql_stmt_param_count(s->handle) != s->count)
		give_up(s->sql, "other arguments");
	if ((s->count > 0 && mysql_stmt_bind_param(s->handle, in) != 0) ||
	    mysql_stmt_execute(s->handle) != 0)
		give_up(s->sql, mysql_stmt_error(s->handle));
	s->inserted = mysql_stmt_insert_id(s->handle);
	if (s->columns == 0)
		return;
	if (mysql_stmt_bind_result(s->handle, s->out) != 0 ||
	    mysql_stmt_store_result(s->handle) != 0)
		give_up(s->sql, mysql_stmt_error(s->handle));
	while (mysql_stmt_fetch(s->handle) != MYSQL_NO_DATA)
		continue;
	mysql_stmt_free_result(s->handle);
}

int
main(int argc, char **argv)
{
	struct bare *b = room(sizeof(*b));
	char body[8192];
	FCGX_Request fcgi;

	if (argc != 2)
		give_up("usage", "bare FOLDER");
	b->folder = argv[1];
	if (FCGX_Init() != 0 || FCGX_InitRequest(&fcgi, 0, 0) != 0)
		give_up("fcgi", "cannot start");
	while (FCGX_Accept_r(&fcgi) == 0) {
		const char *name = FCGX_GetParam("HTTP_X_BARE", fcgi.envp);
		struct page *p = page_of(b, name != NULL ? name : "");

		while (FCGX_GetStr(body, sizeof(body), fcgi.in) > 0)
			continue;
		b->turn++;
		for (size_t i = 0; i < p->count; i++)
			run(b, p, &p->list[i]);
		FCGX_PutStr(p->bytes, (int)p->len, fcgi.out);
		FCGX_Finish_r(&fcgi);
	}
	return 0;
}
