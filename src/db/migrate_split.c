/* migrate_split.c: where a statement of a file begins and ends. */
#include <string.h>

#include "db/migrate.h"

/* Bytes of the comment that begins there, its end of line not counted; 0 when none does. */
static size_t
comment(const char *at)
{
	const char *end;

	if (at[0] == '#' || (at[0] == '-' && at[1] == '-' && strchr(" \t\r\n", at[2]) != NULL))
		return strcspn(at, "\n");
	if (at[0] != '/' || at[1] != '*')
		return 0;
	end = strstr(at + 2, "*/");
	return end == NULL ? strlen(at) : (size_t)(end + 2 - at);
}

/* Bytes of the quoted text or name that begins there; 0 when none does. */
static size_t
quoted(const char *at)
{
	const char quote = *at;
	const char *end = at + 1;

	if (quote != '\'' && quote != '"' && quote != '`')
		return 0;
	/* A quote that is doubled ends one piece and begins the next: nothing to be done. */
	for (; *end != '\0' && *end != quote; end++)
		if (*end == '\\' && quote != '`' && end[1] != '\0')
			end++;
	return (size_t)(end - at) + (*end != '\0');
}

static const char *
skip_blank(const char *at)
{
	for (;;) {
		size_t n = strspn(at, " \t\r\n");

		n += comment(at + n);
		if (n == 0)
			return at;
		at += n;
	}
}

/* Only blanks and comments up to the end of the line. */
static int
ends_line(const char *at)
{
	for (;;) {
		size_t n = strspn(at, " \t\r");

		n += comment(at + n);
		if (n == 0)
			return *at == '\n' || *at == '\0';
		at += n;
	}
}

const char *
migrate_statement(const char *text, const char **start, size_t *len)
{
	const char *at = skip_blank(text);

	while (*at == ';')
		at = skip_blank(at + 1);
	*start = at;
	while (*at != '\0' && !(*at == ';' && ends_line(at + 1))) {
		size_t n = comment(at);

		if (n == 0)
			n = quoted(at);
		at += n == 0 ? 1 : n;
	}
	*len = (size_t)(at - *start);
	if (*len == 0)
		return NULL;
	return *at == ';' ? at + 1 : at;
}
