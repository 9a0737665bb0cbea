/*
 * request.h: everything that one request knows, and everything that it answers.
 *
 * A handler gets a struct request and nothing else.  The answer is buffered, so that a page may
 * fail, redirect or set a status until its last line.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/buf.h"
#include "base/shape.h"

struct kit;
struct arena;
struct actor;
struct db;
struct site;
struct view;

enum method { GET = 1, POST };

enum {
	MAX_CAPTURES = 4,
	MAX_BODY = 64 * 1024 * 1024,
	MAX_FORM_BODY = 1024 * 1024,
	MAX_FIELDS = 512
};

/* What came over the wire, whoever carried it: libfcgi or a test.  No member is NULL; absent is "".
 */
struct wire {
	const char *method;
	const char *path;  /* decoded and normalised by nginx (DOCUMENT_URI) */
	const char *query; /* raw, as are the next two */
	const char *cookie;
	const char *body;
	size_t body_len;
	const char *content_type;
	const char *host;    /* without port */
	const char *address; /* the client's */
	const char *origin;
	const char *fetch_site; /* Sec-Fetch-Site */
	const char *accept_language;
	const char *user_agent;
	const char *if_none_match;
	const char *trace; /* nginx's $request_id */
	bool body_too_large;
};

struct pair {
	const char *name;
	const char *value;
};

struct pairs {
	struct pair *at;
	size_t count;
	size_t room;
};

/* A file of a multipart form; its bytes stay in the body. */
struct upload {
	const char *field;
	const char *filename; /* the client's, only to show; the last path component */
	const char *type;     /* the client's claim; trust magic instead */
	const char *data;
	size_t len;
};

struct uploads {
	struct upload *at;
	size_t count;
	size_t room;
};

/*
 * A body that is made while it is sent, for what is larger than memory should be.  more() adds the
 * next piece to out, whose arena is forgotten after each, and nothing at the end; other than OK:
 * the answer is cut off, so that nobody takes it for whole.  end() is called once in any case, also
 * when the client has gone or asked for the headers only.
 */
struct stream {
	enum status (*more)(struct stream *, struct buf *out);
	void (*end)(struct stream *);
};

struct response {
	int code;
	struct buf headers; /* "Name: value\r\n" … without the Status line */
	struct buf body;
	struct stream *stream; /* NULL: body is all */
};

struct request;
typedef enum status handler(struct request *);

enum route_flags {
	ROUTE_OPEN = 1,    /* no transaction around a POST, no once value: sign-in and its like */
	ROUTE_OFFLINE = 2, /* X-Offline: keep */
	ROUTE_PLAIN = 4,   /* no site, no session: /health */
	ROUTE_SECRET = 64, /* the path holds a secret: the log has the pattern instead */
};

struct route {
	enum method method;
	const char *pattern; /* "/parts/:id"; captures in order */
	int permission;      /* enum permission of rule/permission.h; 0 denies */
	handler *handle;
	unsigned flags;
};

struct request {
	struct arena *arena;
	struct kit *kit; /* texts, templates, locale, config: page/page.h */
	struct db *db;
	const struct site *site;
	struct actor *by; /* who asks; model/actor.h; never NULL in a handler */
	const struct wire *wire;

	enum method method;
	const char *path;
	struct pairs query;
	struct pairs form;
	struct pairs cookies;
	struct uploads uploads;

	const struct route *route;
	const char *capture[MAX_CAPTURES];
	const char *csrf; /* the form token of this session, for the page */

	struct form_state *form_state; /* http/form.h: set by the last form_read() */
	const struct form_zone *zone;  /* http/form.h: how typed times are read */
	struct options *options;       /* page/form_view.c: choices that wait for their field */
	struct view *view;
	bool names_known;            /* http/form.h: the names of all fields were looked at */
	struct rows *code_names;     /* page/history.c: codes and their French names, once read */
	struct rows *custom_fields;  /* page/history.c: likewise what custom fields are called */
	bool refused;                /* the act was not legal: the page says why */
	const char *photo_complaint; /* why a photo was not taken, or NULL */
	struct response response;
	int64_t queries_before; /* db_count() when the site was found */
};

/* Reads method, query, cookies, form and files.  BAD_REQUEST when malformed: stray %, NUL, not
 * UTF-8. */
enum status request_read(struct request *, const struct wire *) MUST_CHECK;
/* The first value of that name, or NULL. */
const char *pairs_get(const struct pairs *, const char *name);
void pairs_add(struct arena *, struct pairs *, const char *name, const char *value);
/* "a=1&b=2" into pairs; BAD_REQUEST for a stray %, a NUL or bytes that are not UTF-8. */
enum status pairs_read(struct arena *, struct pairs *, const char *text, size_t len) MUST_CHECK;
/* A capture as an id; 0, which no row has, for nonsense. */
int64_t request_id(const struct request *, size_t capture);
/* The query's value as an id; 0 likewise. */
int64_t query_id(const struct request *, const char *name);

/* The one door for headers, replacing an earlier one; a value with a line break never passes. */
void header_set(struct request *, const char *name, const char *value);
enum cookie_life { COOKIE_SESSION = 0, COOKIE_DELETE = -1 };
/*
 * HttpOnly, SameSite=Lax, Path=/; __Host- and Secure when the site is https.  seconds: life, or
 * enum. The value is percent-encoded on the wire, and decoded in rq->cookies.
 */
void cookie_set(
    struct request *, const char *name, const char *value, int64_t seconds, bool secure);
/* The cookie's value: under its __Host- name when secure, else under its plain one; or NULL. */
const char *cookie_get(const struct request *, const char *name, bool secure);

/* 303 to a path of our own; FAILED for anything else: "//host", "/\host", a control character. */
enum status redirect(struct request *, const char *fmt, ...) PRINTF(2, 3) MUST_CHECK;

/* NOT_FOUND, or OK with rq->route and rq->capture set.  "/machines/new" wins over "/machines/:id".
 */
enum status route_match(struct request *, const struct route *, size_t) MUST_CHECK;

#endif
