/* http_multipart_case.h: what a case of ../shared/data/multipart-cases expects. */
#ifndef TEST_HTTP_MULTIPART_CASE_H
#define TEST_HTTP_MULTIPART_CASE_H

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

enum { CASE_MAX = 64 * 1024 };

/* What one NAME.yaml says; only the words that these thirty files use. */
struct expected {
	char boundary[80];
	bool wrong;
	size_t count;
	struct {
		char name[40];
		char file_name[40];
		char type[60];
		char data[CASE_MAX];
		bool is_file;
	} part[8];
};

/* The rest of the line behind `word`, without quotes; NULL when the line has another word. */
static inline bool
yaml_value(const char *line, const char *word, char *into, size_t room)
{
	size_t len;

	line += strspn(line, " -");
	if (strncmp(line, word, strlen(word)) != 0 || line[strlen(word)] != ':')
		return false;
	line += strlen(word) + 1;
	line += strspn(line, " '\"");
	len = strcspn(line, "'\"\n");
	assert_true(len < room);
	memcpy(into, line, len);
	into[len] = '\0';
	return true;
}

static inline void
yaml_line(struct expected *x, const char *line, bool *in_data)
{
	const size_t at = x->count == 0 ? 0 : x->count - 1;
	char word[CASE_MAX];

	if (strncmp(line + strspn(line, " "), "- name:", 7) == 0) {
		*in_data = false;
		assert_true(yaml_value(line, "name", x->part[x->count].name, 40));
		assert_true(++x->count <= COUNT(x->part));
	} else if (yaml_value(line, "boundary", x->boundary, sizeof(x->boundary))) {
		*in_data = false;
	} else if (yaml_value(line, "error", word, sizeof(word))) {
		x->wrong = true;
	} else if (yaml_value(line, "type", word, sizeof(word))) {
		x->part[at].is_file = strcmp(word, "file") == 0;
	} else if (yaml_value(line, "content_type", x->part[at].type, 60)) {
		return;
	} else if (yaml_value(line, "data", word, sizeof(word))) {
		*in_data = true;
	} else if (!yaml_value(line, "file_name", x->part[at].file_name, 40) && *in_data) {
		strncat(x->part[at].data, line + strspn(line, " "), CASE_MAX - 1000);
	}
}

static inline void
yaml_read(struct arena *arena, struct expected *x, char *text)
{
	bool in_data = false;
	char *next;

	memset(x, 0, sizeof(*x));
	for (char *line = text; *line != '\0'; line = next) {
		next = strchr(line, '\n');
		next = next == NULL ? strchr(line, '\0') : next + 1;
		yaml_line(x, arena_text(arena, line, (size_t)(next - line)), &in_data);
	}
}

#endif
