/*
 * template_parse.c: mustache source to tokens.
 *
 * White space: a tag that has its line to itself takes the line with it.  The content of a block
 * that begins on a line of its own loses the indentation of its first line here and gets that of
 * the place where it is put when it is rendered.
 */
#include <string.h>

#include "base/arena.h"
#include "view/template_parser.h"

/* The text before the tag; without the line's white space when the tag takes it. */
static void
text_before(struct parser *p, const struct tag *tag, bool takes)
{
	parser_text(p, p->at, takes ? tag->white : tag->start);
}

static void
go_behind(struct parser *p, const struct tag *tag, bool takes)
{
	p->at = takes ? tag->next : tag->after;
	p->clean = takes;
	if (takes)
		p->line = true;
}

/* Of the white space before a tag no more than that is kept. */
static uint16_t
blanks(size_t n)
{
	return n < UINT16_MAX ? (uint16_t)n : UINT16_MAX;
}

static void
set_indent(const struct parser *p, const struct tag *tag, const char **indent, uint16_t *len)
{
	const size_t all = (size_t)(tag->start - tag->white);
	const size_t lost = all < p->dedent ? all : p->dedent;

	*indent = tag->white + lost;
	*len = blanks(all - lost);
}

static const char *
tag_name(struct parser *p, const struct tag *tag)
{
	return arena_text(p->templates->arena, tag->name, tag->len);
}

static void
set_name(struct parser *p, struct token *t, const struct tag *tag)
{
	t->text = tag_name(p, tag);
	t->len = (uint32_t)tag->len;
	t->hash = template_hash(tag->name, tag->len);
}

static void
on_value(struct parser *p, const struct tag *tag)
{
	text_before(p, tag, false);
	parser_path(
	    p, parser_token(p, tag->kind == '\0' ? TOKEN_VALUE : TOKEN_RAW), tag->name, tag->len);
	go_behind(p, tag, false);
}

static void
on_comment(struct parser *p, const struct tag *tag)
{
	text_before(p, tag, tag->alone);
	go_behind(p, tag, tag->alone);
}

static void
on_partial(struct parser *p, const struct tag *tag)
{
	struct token *t;

	text_before(p, tag, tag->alone);
	t = parser_token(p, TOKEN_PARTIAL);
	set_name(p, t, tag);
	t->alone = tag->alone;
	if (tag->alone) {
		t->line = false;
		set_indent(p, tag, &t->indent, &t->indent_len);
	}
	go_behind(p, tag, tag->alone);
}

static void
on_delimiters(struct parser *p, const struct tag *tag)
{
	const char *end = tag->name + tag->len;
	const char *middle = tag->name;
	const char *right;

	while (middle < end && !char_is_space(*middle))
		middle++;
	right = tag_skip(middle, end, char_is_space);
	if (middle == tag->name || right == end || middle - tag->name > DELIMITER ||
	    end - right > DELIMITER || memchr(right, ' ', (size_t)(end - right)) != NULL) {
		parser_wrong(p, "delimiters are malformed");
		return;
	}
	on_comment(p, tag);
	memset(p->left, 0, sizeof(p->left));
	memset(p->right, 0, sizeof(p->right));
	memcpy(p->left, tag->name, (size_t)(middle - tag->name));
	memcpy(p->right, right, (size_t)(end - right));
}

static struct open *
open_add(struct parser *p)
{
	struct open *o;

	if (p->depth == TEMPLATE_DEPTH) {
		parser_wrong(p, "sections are nested too deep");
		return NULL;
	}
	o = &p->open[p->depth++];
	*o = (struct open){ .token = p->count - 1, .dedent = p->dedent, .white = NO_TOKEN };
	return o;
}

static void
on_section(struct parser *p, const struct tag *tag)
{
	struct token *t;

	text_before(p, tag, tag->alone);
	t = parser_token(p, tag->kind == '#' ? TOKEN_SECTION : TOKEN_INVERTED);
	if (tag->alone)
		t->line = false;
	parser_path(p, t, tag->name, tag->len);
	open_add(p);
	go_behind(p, tag, tag->alone);
}

static void
on_parent(struct parser *p, const struct tag *tag)
{
	size_t before;
	struct token *t;
	struct open *o;

	text_before(p, tag, tag->clean);
	before = p->count;
	if (tag->clean)
		parser_text(p, tag->white, tag->start);
	t = parser_token(p, TOKEN_PARENT);
	set_name(p, t, tag);
	o = open_add(p);
	if (o != NULL) {
		o->clean = tag->clean;
		o->white = p->count - 1 > before ? (long)before : NO_TOKEN;
		o->dedent = p->dedent;
		set_indent(p, tag, &o->indent, &o->indent_len);
	}
	go_behind(p, tag, false);
}

static bool
is_in_parent(const struct parser *p)
{
	return p->depth > 0 && p->tokens[p->open[p->depth - 1].token].kind == TOKEN_PARENT;
}

/* The content of a block begins on the next line: its first line says what each loses. */
static void
block_content(struct parser *p, struct token *t)
{
	const char *first = tag_skip(p->at, p->end, char_is_blank);
	const size_t wide = (size_t)(first - p->at);
	const size_t left = strlen(p->left);

	if ((size_t)(p->end - first) > left && memcmp(first, p->left, left) == 0 &&
	    first[left] == '/')
		return; /* nothing in it: the indentation is that of the tag */
	t->indent = p->at + (wide > p->dedent ? p->dedent : wide);
	t->indent_len = blanks((size_t)(first - t->indent));
	if (wide > p->dedent)
		p->dedent = wide;
}

static void
on_block(struct parser *p, const struct tag *tag)
{
	const bool clean = tag->clean || is_in_parent(p);
	const bool alone = clean && tag->next != NULL;
	struct token *t;

	text_before(p, tag, tag->clean);
	t = parser_token(p, TOKEN_BLOCK);
	set_name(p, t, tag);
	t->clean = clean;
	t->alone = alone;
	if (clean)
		t->line = false;
	if (tag->clean)
		set_indent(p, tag, &t->indent, &t->indent_len);
	if (open_add(p) == NULL)
		return;
	go_behind(p, tag, alone);
	if (alone)
		block_content(p, &p->tokens[p->count - 1]);
}

static bool
is_name_of(const struct token *t, const struct tag *tag)
{
	return t->len == tag->len && memcmp(t->text, tag->name, tag->len) == 0;
}

static void
close_parent(struct parser *p, const struct open *o, const struct tag *tag)
{
	const bool alone = o->clean && tag->next != NULL;
	struct token *t = &p->tokens[o->token];

	t->alone = alone;
	if (alone) {
		t->indent = o->indent;
		t->indent_len = o->indent_len;
		t->line = false;
		if (o->white != NO_TOKEN) {
			p->tokens[o->white].len = 0;
			p->tokens[o->white].line = false;
		}
	}
	p->line = false;
	go_behind(p, tag, alone);
}

static void
on_close(struct parser *p, const struct tag *tag)
{
	const struct open *o;
	bool takes = tag->alone;

	if (p->depth == p->floor) {
		parser_wrong(p, "a section is closed that was not opened");
		return;
	}
	o = &p->open[p->depth - 1];
	if (!is_name_of(&p->tokens[o->token], tag)) {
		parser_wrong(p, "another section is open");
		return;
	}
	p->depth--;
	if (p->tokens[o->token].kind == TOKEN_BLOCK && is_in_parent(p))
		takes = tag->clean;
	text_before(p, tag, takes);
	p->tokens[o->token].end = (uint32_t)p->count;
	p->dedent = o->dedent;
	if (p->tokens[o->token].kind == TOKEN_PARENT)
		close_parent(p, o, tag);
	else
		go_behind(p, tag, tag->alone);
}

static void
on_tag(struct parser *p, const struct tag *tag)
{
	switch (tag->kind) {
	case '!':
		on_comment(p, tag);
		break;
	case '#':
		if (parser_language(p, tag))
			break;
		on_section(p, tag);
		break;
	case '^':
		on_section(p, tag);
		break;
	case '/':
		on_close(p, tag);
		break;
	case '>':
		on_partial(p, tag);
		break;
	case '<':
		on_parent(p, tag);
		break;
	case '$':
		on_block(p, tag);
		break;
	case '=':
		on_delimiters(p, tag);
		break;
	default:
		on_value(p, tag);
	}
}

void
parser_run(struct parser *p)
{
	while (p->mistake->what == NULL) {
		struct tag tag = { .start = tag_find(p->at, p->end, p->left) };

		if (tag.start == NULL) {
			parser_text(p, p->at, p->end);
			p->at = p->end;
			return;
		}
		if (!p->inside)
			p->where = tag.start;
		if (!tag_read(p, &tag)) {
			parser_wrong(p, "a tag has no end");
			return;
		}
		tag_look(p, &tag);
		if (tag.len == 0 && tag.kind != '!')
			parser_wrong(p, "a tag is empty");
		else
			on_tag(p, &tag);
	}
}

bool
template_parse(struct templates *templates, struct template *t, const char *file,
    const char *source, size_t len, struct mistake *mistake)
{
	struct parser p = {
		.templates = templates,
		.scratch = arena_new(),
		.file = file,
		.source = source,
		.at = source,
		.end = source + len,
		.left = "{{",
		.right = "}}",
		.line = true,
		.clean = true,
		.mistake = mistake,
		.where = source,
	};

	parser_run(&p);
	if (p.depth > 0)
		parser_wrong(&p, "a section is not closed");
	t->tokens = NEW_ARRAY(templates->arena, struct token, p.count + 1);
	t->count = p.count;
	if (p.count > 0)
		memcpy(t->tokens, p.tokens, p.count * sizeof(*p.tokens));
	arena_free(p.scratch);
	return mistake->what == NULL;
}
