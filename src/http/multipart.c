/* multipart.c: see multipart.h. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "http/decode.h"
#include "http/mime.h"
#include "http/multipart.h"

enum { MAX_BOUNDARY = 70, MAX_PART_HEADERS = 32 };

/* Where the reading stands. */
struct parts {
	struct arena *arena;
	const char *at;
	const char *end;
	const char *line; /* CR LF -- boundary: what ends a part */
	size_t line_len;
	struct pairs *pairs;
	struct uploads *uploads;
};

struct part {
	const char *name;
	const char *filename; /* NULL: a field */
	const char *type;
	const char *encoding;
	const char *data;
	size_t len;
};

/* RFC 2046 §5.1.1, without the space and the quotes that only a quoted one could have. */
static bool
boundary_is_good(const char *text)
{
	static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=?";
	size_t len = strlen(text);

	return len > 0 && len <= MAX_BOUNDARY && strspn(text, allowed) == len;
}

const char *
multipart_boundary(struct arena *a, const char *content_type)
{
	struct params params = { strchr(content_type, ';'), strchr(content_type, '\0') };
	struct param p;
	const char *boundary = NULL;
	enum param_found found;

	if (params.at == NULL)
		return NULL;
	while ((found = param_next(a, &params, &p)) == PARAM_FOUND) {
		if (strcmp(p.name, "boundary") != 0)
			continue;
		if (boundary != NULL || p.quoted || !boundary_is_good(p.value))
			return NULL;
		boundary = p.value;
	}
	return found == PARAM_END ? boundary : NULL;
}

static bool
at_text(const struct parts *ps, const char *at, const char *text, size_t len)
{
	return (size_t)(ps->end - at) >= len && memcmp(at, text, len) == 0;
}

/* Only to show it: without the folders that old browsers and attackers put before it. */
static const char *
last_component(const char *filename)
{
	for (const char *at = filename; *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			filename = at + 1;
	return filename;
}

static enum status
disposition_read(struct parts *ps, struct part *part, const char *value)
{
	struct params params = { value + strcspn(value, "; \t"), strchr(value, '\0') };
	struct param p;
	enum param_found found;

	if (part->name != NULL || params.at - value != 9 || strncasecmp(value, "form-data", 9) != 0)
		return BAD_REQUEST;
	while ((found = param_next(ps->arena, &params, &p)) == PARAM_FOUND) {
		const bool name = strcmp(p.name, "name") == 0;
		const bool filename = strcmp(p.name, "filename") == 0;

		/* RFC 7578 §4.2 forbids filename*: who sends it means to be read in two ways. */
		if ((name && part->name != NULL) || (filename && part->filename != NULL) ||
		    strcmp(p.name, "filename*") == 0)
			return BAD_REQUEST;
		if (name)
			part->name = p.value;
		if (filename)
			part->filename = last_component(p.value);
	}
	return found == PARAM_END && part->name != NULL ? OK : BAD_REQUEST;
}

static enum status
once(const char **into, const char *value)
{
	if (*into != NULL)
		return BAD_REQUEST;
	*into = value;
	return OK;
}

static enum status
header_read(struct parts *ps, struct part *part, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	const char *value, *name;

	if (colon == NULL || !is_token(line, (size_t)(colon - line)))
		return BAD_REQUEST;
	for (const char *at = colon; at < line + len; at++)
		if (((unsigned char)*at < ' ' && *at != '\t') || *at == 0x7f)
			return BAD_REQUEST;
	name = arena_text(ps->arena, line, (size_t)(colon - line));
	value = text_checked(ps->arena, colon + 1, (size_t)(line + len - colon) - 1);
	if (value == NULL)
		return BAD_REQUEST;
	value = text_trim(ps->arena, value);
	if (strcasecmp(name, "Content-Disposition") == 0)
		return disposition_read(ps, part, value);
	if (strcasecmp(name, "Content-Type") == 0)
		return once(&part->type, value);
	if (strcasecmp(name, "Content-Transfer-Encoding") == 0)
		return once(&part->encoding, value);
	return OK;
}

/* Until behind the empty line. */
static enum status
headers_read(struct parts *ps, struct part *part)
{
	for (size_t i = 0; i <= MAX_PART_HEADERS; i++) {
		const char *eol = memmem(ps->at, (size_t)(ps->end - ps->at), "\r\n", 2);
		enum status e;

		if (eol == NULL)
			return BAD_REQUEST;
		if (eol == ps->at) {
			ps->at += 2;
			return part->name == NULL ? BAD_REQUEST : OK;
		}
		e = header_read(ps, part, ps->at, (size_t)(eol - ps->at));
		if (e)
			return e;
		ps->at = eol + 2;
	}
	return BAD_REQUEST;
}

/* The next boundary line from ps->at on, or NULL; what only begins like one is data. */
static const char *
boundary_find(const struct parts *ps)
{
	const char *at = ps->at;

	for (;;) {
		at = memmem(at, (size_t)(ps->end - at), ps->line, ps->line_len);
		if (at == NULL)
			return NULL;
		if (at_text(ps, at + ps->line_len, "\r\n", 2) ||
		    at_text(ps, at + ps->line_len, "--", 2))
			return at;
		at += ps->line_len;
	}
}

static enum status
part_decode(struct parts *ps, struct part *part)
{
	const char *e = part->encoding;

	if (e == NULL || strcasecmp(e, "binary") == 0 || strcasecmp(e, "8bit") == 0 ||
	    strcasecmp(e, "7bit") == 0)
		return OK;
	if (strcasecmp(e, "base64") == 0)
		part->data = base64_decode(ps->arena, part->data, part->len, &part->len);
	else if (strcasecmp(e, "quoted-printable") == 0)
		part->data = printable_decode(ps->arena, part->data, part->len, &part->len);
	else
		return BAD_REQUEST;
	return part->data == NULL ? BAD_REQUEST : OK;
}

static void
upload_add(struct parts *ps, const struct part *part)
{
	struct uploads *u = ps->uploads;
	struct upload *more;

	if (u->count == u->room) {
		u->room = u->room == 0 ? 4 : u->room * 2;
		more = NEW_ARRAY(ps->arena, struct upload, u->room);
		if (u->count > 0)
			memcpy(more, u->at, u->count * sizeof(*more));
		u->at = more;
	}
	u->at[u->count++] = (struct upload){ part->name, part->filename,
		part->type == NULL ? "" : part->type, part->data, part->len };
}

static enum status
part_add(struct parts *ps, const struct part *part)
{
	const char *value;

	if (ps->pairs->count + ps->uploads->count >= MAX_FIELDS)
		return BAD_REQUEST;
	if (part->filename != NULL) {
		if (*part->filename != '\0' || part->len > 0)
			upload_add(ps, part);
		return OK;
	}
	value = text_checked(ps->arena, part->data, part->len);
	if (value == NULL)
		return BAD_REQUEST;
	pairs_add(ps->arena, ps->pairs, part->name, value);
	return OK;
}

static enum status
part_read(struct parts *ps)
{
	struct part part = { 0 };
	const char *stop;
	enum status e = headers_read(ps, &part);

	if (e)
		return e;
	stop = boundary_find(ps);
	if (stop == NULL)
		return BAD_REQUEST;
	part.data = ps->at;
	part.len = (size_t)(stop - ps->at);
	ps->at = stop + ps->line_len;
	e = part_decode(ps, &part);
	return e ? e : part_add(ps, &part);
}

enum status
multipart_read(struct arena *a, const char *boundary, const char *body, size_t len,
    struct pairs *pairs, struct uploads *uploads)
{
	const char *line = arena_print(a, "\r\n--%s", boundary);
	struct parts ps = { a, body, body + len, line, strlen(line), pairs, uploads };
	/* Empty fields of files are left out of the result, but not of the limit. */
	size_t left = MAX_FIELDS;

	/* Some senders put empty lines before the first boundary; nothing else may stand there. */
	while (at_text(&ps, ps.at, "\r\n", 2))
		ps.at += 2;
	if (!at_text(&ps, ps.at, line + 2, ps.line_len - 2))
		return BAD_REQUEST;
	ps.at += ps.line_len - 2;
	while (!at_text(&ps, ps.at, "--", 2)) {
		enum status e;

		if (!at_text(&ps, ps.at, "\r\n", 2) || left-- == 0)
			return BAD_REQUEST;
		ps.at += 2;
		e = part_read(&ps);
		if (e)
			return e;
	}
	return OK;
}
