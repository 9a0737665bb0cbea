/* template_text.c: {{#t}} and {{#tn name}}: a language's texts, put in place when a template is
 * compiled. */
#include <string.h>

#include "base/arena.h"
#include "view/catalogue.h"
#include "view/template_parser.h"

const char *
template_fold(struct arena *arena, const char *text, size_t len)
{
	char *folded = arena_alloc(arena, len + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (!char_is_space(text[i]))
			folded[n++] = text[i];
		else if (n > 0 && folded[n - 1] != ' ')
			folded[n++] = ' ';
	}
	if (n > 0 && folded[n - 1] == ' ')
		folded[n - 1] = '\0';
	return folded;
}

/* A translation may hold tags, in an order of its own. */
static void
compile(struct parser *p, const char *text)
{
	const struct parser outer = *p;

	p->at = text;
	p->end = text + strlen(text);
	p->floor = p->depth;
	p->clean = false;
	p->inside = true;
	parser_run(p);
	if (p->depth != p->floor)
		parser_wrong(p, "a section is not closed in a text");
	p->at = outer.at;
	p->end = outer.end;
	p->floor = outer.floor;
	p->inside = outer.inside;
	memcpy(p->left, outer.left, sizeof(p->left));
	memcpy(p->right, outer.right, sizeof(p->right));
}

/* Finds {{/name}}; false when there is none. */
static bool
find_close(struct parser *p, const char *from, const char *name, struct tag *close)
{
	while ((close->start = tag_find(from, p->end, p->left)) != NULL) {
		if (!tag_read(p, close))
			return false;
		if (close->kind == '/' && close->len == strlen(name) &&
		    memcmp(close->name, name, close->len) == 0)
			return true;
		from = close->after;
	}
	return false;
}

static void
add_one(struct parser *p, const char *from, const char *to)
{
	const char *msgid = template_fold(p->templates->arena, from, (size_t)(to - from));

	if (p->templates->each != NULL)
		p->templates->each(p->templates->with, p->file, msgid, NULL);
	compile(p, catalogue_text(p->templates->catalogue, msgid));
}

/* One FORM a plural form; they end where the catalogue repeats itself. */
static void
add_forms(struct parser *p, const char *one, const char *many)
{
	const size_t plural = p->count - 1;
	const bool line = p->tokens[plural].line;
	const char *last = NULL;

	for (int i = 0; i < TEMPLATE_FORMS; i++) {
		const char *text = catalogue_plural(p->templates->catalogue, one, many, i);
		const size_t form = p->count;

		if (i > 1 && text == last)
			break;
		parser_token(p, TOKEN_FORM);
		compile(p, text);
		p->tokens[form].end = (uint32_t)p->count;
		p->line = false;
		last = text;
	}
	p->tokens[plural].line = line;
	p->tokens[plural].end = (uint32_t)p->count;
}

static void
add_plural(struct parser *p, const struct tag *tag, const char *to)
{
	struct arena *arena = p->templates->arena;
	const char *name = tag->name + strlen("tn");
	const char *bar = tag_find(tag->after, to, "|");
	const char *one, *many;

	if (bar == NULL) {
		parser_wrong(p, "a plural has no |");
		return;
	}
	name = tag_skip(name, tag->name + tag->len, char_is_space);
	parser_path(p, parser_token(p, TOKEN_PLURAL), name, (size_t)(tag->name + tag->len - name));
	one = template_fold(arena, tag->after, (size_t)(bar - tag->after));
	many = template_fold(arena, bar + 1, (size_t)(to - bar - 1));
	if (p->templates->each != NULL)
		p->templates->each(p->templates->with, p->file, one, many);
	add_forms(p, one, many);
}

bool
parser_language(struct parser *p, const struct tag *tag)
{
	const bool one = tag->len == 1 && tag->name[0] == 't';
	const bool plural =
	    tag->len > 3 && memcmp(tag->name, "tn", 2) == 0 && char_is_space(tag->name[2]);
	struct tag close = { .after = tag->after };

	if (!one && !plural)
		return false;
	parser_text(p, p->at, tag->start);
	if (!find_close(p, tag->after, one ? "t" : "tn", &close))
		parser_wrong(p, "a text is not closed");
	else if (one)
		add_one(p, tag->after, close.start);
	else
		add_plural(p, tag, close.start);
	p->at = close.after;
	p->clean = false;
	return true;
}
