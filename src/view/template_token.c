/* template_token.c: tokens and names, as a compilation adds them. */
#include <string.h>

#include "base/arena.h"
#include "view/template_parser.h"

void
parser_wrong(struct parser *p, const char *what)
{
	int line = 1;

	if (p->mistake->what != NULL)
		return;
	for (const char *c = p->source; c < p->where; c++)
		line += *c == '\n';
	p->mistake->what = what;
	p->mistake->line = line;
}

struct token *
parser_token(struct parser *p, enum token_kind kind)
{
	if (p->count == p->room) {
		struct token *bigger;

		p->room = p->room == 0 ? 256 : p->room * 2;
		bigger = NEW_ARRAY(p->scratch, struct token, p->room);
		if (p->count > 0)
			memcpy(bigger, p->tokens, p->count * sizeof(*bigger));
		p->tokens = bigger;
	}
	p->tokens[p->count] = (struct token){
		.kind = (uint8_t)kind,
		.line = p->line,
		.end = (uint32_t)(p->count + 1),
	};
	p->line = false;
	return &p->tokens[p->count++];
}

/* The text without the first `dedent` blanks of each line. */
static const char *
dedent(struct parser *p, const char *from, const char *to, size_t *len)
{
	char *kept = arena_alloc(p->templates->arena, (size_t)(to - from) + 1, 1);
	bool begins = p->clean;
	size_t n = 0;

	while (from < to) {
		for (size_t i = 0; begins && i < p->dedent && from < to && char_is_blank(*from);
		     i++)
			from++;
		begins = false;
		while (from < to && !begins) {
			begins = *from == '\n';
			kept[n++] = *from++;
		}
	}
	*len = n;
	return kept;
}

void
parser_text(struct parser *p, const char *from, const char *to)
{
	size_t len = (size_t)(to - from);
	struct token *t;

	if (p->dedent > 0)
		from = dedent(p, from, to, &len);
	if (len == 0)
		return;
	t = parser_token(p, TOKEN_TEXT);
	t->text = from;
	t->len = (uint32_t)len;
	p->line = from[len - 1] == '\n';
	p->clean = p->line;
}

void
parser_path(struct parser *p, struct token *t, const char *name, size_t len)
{
	t->path = template_path(p->templates->arena, name, len);
	t->text = t->path == NULL ? "" : t->path->text;
	t->len = (uint32_t)strlen(t->text);
	if (t->path == NULL)
		parser_wrong(p, "a name is malformed");
}

static enum facet
facet_of(const char *name)
{
	static const struct {
		const char *name;
		enum facet facet;
	} facets[] = {
		{ "label", FACET_LABEL },
		{ "iso", FACET_ISO },
		{ "day", FACET_DAY },
		{ "clock", FACET_CLOCK },
		{ "ago", FACET_AGO },
		{ "input", FACET_INPUT },
		{ "money", FACET_MONEY },
		{ "plain", FACET_PLAIN },
		{ "duration", FACET_DURATION },
	};

	for (size_t i = 0; i < COUNT(facets); i++)
		if (strcmp(facets[i].name, name) == 0)
			return facets[i].facet;
	return FACET_NONE;
}

static size_t
count_of(const char *text, char c)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == c;
	return n;
}

struct path *
template_path(struct arena *arena, const char *name, size_t len)
{
	char *text = arena_text(arena, name, len), *rest = text, *point = NULL;
	const bool itself = strcmp(text, ".") == 0;
	const size_t most = itself ? 0 : count_of(text, '.') + 1;
	struct path *path = arena_alloc(arena, 1, sizeof(*path) + most * sizeof(path->parts[0]));

	path->text = text;
	if (most > 1) /* the points in it become ends */
		rest = arena_text(arena, name, len);
	for (; !itself && rest != NULL; rest = point) {
		point = strchr(rest, '.');
		if (point != NULL)
			*point++ = '\0';
		if ((*rest == '\0' && (path->count > 0 || point == NULL)) ||
		    strpbrk(rest, " \t\r\n") != NULL)
			return NULL;
		path->parts[path->count++] = (struct part){ .name = rest, .facet = facet_of(rest) };
	}
	return path;
}

uint32_t
template_hash(const char *text, size_t len)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619U;
	return h;
}
