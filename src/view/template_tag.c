/* template_tag.c: reads one tag of a template and looks at what stands around it. */
#include <stdio.h>
#include <string.h>

#include "view/template_parser.h"

bool
char_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
char_is_space(char c)
{
	return char_is_blank(c) || c == '\n' || c == '\r';
}

const char *
tag_find(const char *from, const char *end, const char *what)
{
	return from >= end ? NULL : memmem(from, (size_t)(end - from), what, strlen(what));
}

const char *
tag_skip(const char *at, const char *end, bool (*what)(char))
{
	while (at < end && what(*at))
		at++;
	return at;
}

/* Where the next line begins when only white space is left in this one, or NULL. */
static const char *
next_line(const char *at, const char *end)
{
	at = tag_skip(at, end, char_is_blank);
	if (at < end && *at == '\r')
		at++;
	if (at == end)
		return at;
	return *at == '\n' ? at + 1 : NULL;
}

static void
trim(struct tag *tag, const char *end)
{
	tag->name = tag_skip(tag->name, end, char_is_space);
	while (end > tag->name && char_is_space(end[-1]))
		end--;
	tag->len = (size_t)(end - tag->name);
}

bool
tag_read(const struct parser *p, struct tag *tag)
{
	const char *at = tag->start + strlen(p->left);
	const char *end;
	char closing[DELIMITER + 3];
	const char *before = "";

	tag->kind = at < p->end && strchr("#^/!><$&=", *at) != NULL ? *at++ : '\0';
	if (tag->kind == '\0' && at < p->end && *at == '{' && strcmp(p->left, "{{") == 0) {
		tag->kind = *at++;
		before = "}";
	} else if (tag->kind == '=') {
		before = "=";
	}
	snprintf(closing, sizeof(closing), "%s%s", before, p->right);
	end = tag_find(at, p->end, closing);
	if (end == NULL)
		return false;
	tag->name = at;
	trim(tag, end);
	tag->after = end + strlen(closing);
	return true;
}

/* What stands around it in its line. */
void
tag_look(const struct parser *p, struct tag *tag)
{
	tag->white = tag->start;
	while (tag->white > p->at && char_is_blank(tag->white[-1]))
		tag->white--;
	tag->clean = tag->white > p->at ? tag->white[-1] == '\n' : p->clean;
	tag->next = next_line(tag->after, p->end);
	tag->alone = tag->clean && tag->next != NULL;
}
