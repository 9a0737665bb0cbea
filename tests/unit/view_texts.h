/*
 * view_texts.h: the texts for people that the sources hold, found by reading them.
 *
 * A text of a template stands in {{#t}}.  C marks nothing, so every string literal is looked at:
 * one that looks like words is taken for a text, unless it is an argument of what writes no texts
 * for people (silent[]) or a line of spared[] says why not.
 */
#ifndef UNIT_VIEW_TEXTS_H
#define UNIT_VIEW_TEXTS_H

#include <ctype.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "view/template.h"

enum { TEXTS_MOST = 16000, TEXTS_DEEP = 64, TEXTS_NAME = 48, TEXTS_LITERAL = 4000 };

struct found {
	const char *where; /* "src/page/nav.c:14", or the template */
	const char *one;
	const char *many; /* NULL but for plurals of templates */
	bool people;      /* for people; else a literal that only may be a msgid */
};

struct texts {
	struct arena *arena;
	size_t count;
	struct found at[TEXTS_MOST];
};

/* Functions whose literals nobody reads but machines and operators. */
static const char *const silent[] = { "log_error", "log_warn", "log_info", "die", "header_set",
	"header_add", "arena_print", "buf_print", "buf_text", "_Static_assert", "strcasecmp",
	"strstr", "strlen", "strspn", "strcspn", "strcmp", "locale_check", "parser_wrong",
	"part_add", "HPDF_SetInfoAttr" };

/* These take msgids, whatever they look like. */
static const char *const spoken[] = { "page_text", "page_text_with", "catalogue_text" };

/* What looks like a text and is none. */
static const struct {
	const char *file;
	const char *text; /* NULL: nothing in that file is */
	const char *why;
} spared[] = {
	{ "src/job/mail_text.c", NULL, "days and months of RFC 5322" },
	{ "src/job/mail.c", NULL, "header lines of mail" },
	{ "src/job/picture.c", NULL, "matched against what libvips says" },
	{ "src/rule/password_common.c", NULL, "passwords" },
	{ "src/view/paper.c", NULL, "files of fonts" },
	{ "src/view/template_parse.c", NULL, "mistakes of templates, in English at start" },
	{ "src/view/qr.c", NULL, "SVG" },
	{ "src/page/page.c", "Millwright", "a name" },
};

static bool
texts_among(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

static void
texts_add(struct texts *t, const char *where, const char *one, const char *many, bool people)
{
	if (t->count == TEXTS_MOST)
		return; /* the test sees the full table, and fails */
	t->at[t->count].where = arena_text(t->arena, where, strlen(where));
	t->at[t->count].one = arena_text(t->arena, one, strlen(one));
	t->at[t->count].many = many == NULL ? NULL : arena_text(t->arena, many, strlen(many));
	t->at[t->count++].people = people;
}

static bool
texts_spared(const char *file, const char *text)
{
	for (size_t i = 0; i < sizeof(spared) / sizeof(spared[0]); i++)
		if (text_ends(file, spared[i].file) &&
		    (spared[i].text == NULL || strcmp(spared[i].text, text) == 0))
			return true;
	return false;
}

/* "Spare parts", "E-mail", "A reason", "%1 was created.", "30 days"; pages also say "pc, m, l, kg
 * …". */
static bool
texts_words(const char *file, const char *s)
{
	bool lower = false, space = false;

	for (const char *c = s; *c != '\0'; c++) {
		lower |= islower((unsigned char)*c) != 0;
		space |= *c == ' ';
	}
	if (!lower)
		return false;
	if (isupper((unsigned char)s[0]) && !isupper((unsigned char)s[1]))
		return true;
	if (strncmp(s, "%1 ", 3) == 0)
		return true;
	if (isdigit((unsigned char)s[0]) && space && strchr(s, '=') == NULL)
		return strstr(file, "/page/") != NULL || strstr(file, "/register/") != NULL;
	return space && isalpha((unsigned char)s[0]) && strchr(s, '=') == NULL &&
	       !(isupper((unsigned char)s[0]) && isupper((unsigned char)s[1])) &&
	       (strstr(file, "/page/") != NULL || strstr(file, "/rule/") != NULL);
}

/* Where a file is being read. */
struct reading {
	struct texts *texts;
	const char *file;
	int line;
	size_t depth;
	char callee[TEXTS_DEEP][TEXTS_NAME]; /* before each bracket that is open */
	char last[TEXTS_NAME];               /* the name just read */
	char literal[TEXTS_LITERAL];         /* adjacent literals are one */
	size_t len;
	bool open; /* a literal is being gathered */
	int began;
};

static void
texts_end_literal(struct reading *r)
{
	const char *callee = r->depth > 0 ? r->callee[r->depth - 1] : "";
	bool people;

	if (!r->open)
		return;
	r->open = false;
	r->literal[r->len] = '\0';
	people = texts_among(spoken, sizeof(spoken) / sizeof(spoken[0]), callee) ||
		 (!texts_among(silent, sizeof(silent) / sizeof(silent[0]), callee) &&
		     texts_words(r->file, r->literal));
	people = people && !texts_spared(r->file, r->literal);
	texts_add(r->texts, arena_print(r->texts->arena, "%s:%d", r->file, r->began), r->literal,
	    NULL, people);
}

/* After the quote that begins it; returns after the one that ends it. */
static const char *
texts_literal(struct reading *r, const char *c)
{
	if (!r->open) {
		r->open = true;
		r->len = 0;
		r->began = r->line;
	}
	for (; *c != '"' && *c != '\0'; c++) {
		char at = *c;

		if (at == '\\') {
			at = *++c;
			at = at == 'n' ? '\n' : at == 't' ? '\t' : at == 'r' ? '\r' : at;
		}
		if (r->len + 1 < TEXTS_LITERAL)
			r->literal[r->len++] = at;
	}
	return *c == '"' ? c + 1 : c;
}

static const char *
texts_comment(struct reading *r, const char *c)
{
	const char *end = c[1] == '*' ? strstr(c + 2, "*/") : strchr(c, '\n');

	if (end == NULL)
		return c + strlen(c);
	for (; c < end; c++)
		r->line += *c == '\n';
	return *end == '\n' ? end : end + 2;
}

static const char *
texts_name(struct reading *r, const char *c)
{
	size_t len = 0;

	texts_end_literal(r);
	for (; isalnum((unsigned char)*c) || *c == '_'; c++)
		if (len + 1 < TEXTS_NAME)
			r->last[len++] = *c;
	r->last[len] = '\0';
	return c;
}

static const char *
texts_sign(struct reading *r, const char *c)
{
	texts_end_literal(r);
	if (*c == '\'')
		return c[1] == '\\' ? strchr(c + 3, '\'') + 1 : strchr(c + 1, '\'') + 1;
	if (strchr("([{", *c) != NULL && r->depth < TEXTS_DEEP)
		memcpy(r->callee[r->depth++], *c == '(' ? r->last : "", *c == '(' ? TEXTS_NAME : 1);
	if (strchr(")]}", *c) != NULL && r->depth > 0)
		r->depth--;
	r->last[0] = '\0';
	return c + 1;
}

static void
texts_of_source(struct texts *texts, const char *file, const char *source)
{
	struct reading r = { .texts = texts, .file = file, .line = 1 };

	for (const char *c = source; *c != '\0';) {
		if (*c == '\n')
			r.line++;
		if (isspace((unsigned char)*c) || (*c == '\\' && c[1] == '\n'))
			c++;
		else if (*c == '/' && (c[1] == '*' || c[1] == '/'))
			c = texts_comment(&r, c);
		else if (*c == '"')
			c = texts_literal(&r, c + 1);
		else if (isalpha((unsigned char)*c) || *c == '_')
			c = texts_name(&r, c);
		else
			c = texts_sign(&r, c);
	}
	texts_end_literal(&r);
}

/* For templates_texts(). */
static void
texts_of_template(void *with, const char *file, const char *one, const char *many)
{
	texts_add(with, file, one, many, true);
}

static const struct found *
texts_find(const struct texts *t, const char *one)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->at[i].one, one) == 0)
			return &t->at[i];
	return NULL;
}

#endif
