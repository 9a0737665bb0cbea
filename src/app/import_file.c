/* import_file.c: a CSV file with a first row of names. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/import_inside.h"
#include "base/arena.h"
#include "base/text.h"

enum { FILE_MOST = 256 * 1024 * 1024 };

/* The whole file; NULL, and listed, when it cannot be read. */
static const char *
read_file(struct import *im, const char *path, size_t *len)
{
	FILE *file = fopen(path, "rbe");
	char *bytes = NULL;
	long size = -1;

	if (file != NULL && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (size >= 0 && size <= FILE_MOST && fseek(file, 0, SEEK_SET) == 0) {
		bytes = arena_alloc(im->arena, (size_t)size + 1, 1);
		*len = fread(bytes, 1, (size_t)size, file);
		if (*len != (size_t)size)
			bytes = NULL;
	}
	if (file != NULL)
		fclose(file);
	if (bytes == NULL)
		import_error(im, path, 0, size > FILE_MOST ? "is too big" : "cannot be read");
	return bytes;
}

/* Names are compared without regard to capitals and blanks around. */
static bool
find_columns(struct sheet *s, const char *const *names, size_t count)
{
	bool good = true;

	for (size_t i = 0; i < count; i++) {
		bool must = names[i][0] != '?';
		const char *name = names[i] + !must;

		s->at[i] = s->columns;
		for (size_t c = 0; c < s->columns && s->at[i] == s->columns; c++)
			if (strcasecmp(text_trim(s->im->arena, s->row.field[c]), name) == 0)
				s->at[i] = c;
		if (!must || s->at[i] < s->columns)
			continue;
		import_error(s->im, s->file, s->row.line, "has no column \"%s\"", name);
		good = false;
	}
	return good;
}

bool
sheet_open(
    struct sheet *s, struct import *im, const char *file, const char *const *names, size_t count)
{
	size_t len = 0;
	const char *bytes;

	*s = (struct sheet){ .im = im, .file = file };
	if (count > COUNT(s->at))
		return false;
	bytes = read_file(im, file, &len);
	if (bytes == NULL)
		return false;
	csv_open(&s->csv, bytes, len);
	if (!csv_next(&s->csv, im->arena, &s->row)) {
		import_error(im, file, 1, "is empty");
		return false;
	}
	if (s->row.fault != NULL) {
		import_error(im, file, s->row.fault_line, "%s", s->row.fault);
		return false;
	}
	s->columns = s->row.count;
	return find_columns(s, names, count);
}

bool
sheet_next(struct sheet *s)
{
	while (csv_next(&s->csv, s->im->arena, &s->row)) {
		if (s->row.fault != NULL)
			import_error(s->im, s->file, s->row.fault_line, "%s", s->row.fault);
		else if (s->row.count != s->columns && !s->repair)
			import_error(s->im, s->file, s->row.line, "has %zu columns, not %zu",
			    s->row.count, s->columns);
		else
			return true;
	}
	return false;
}

const char *
sheet_text(const struct sheet *s, size_t i)
{
	return s->at[i] < s->row.count && s->at[i] < s->columns
		   ? text_trim(s->im->arena, s->row.field[s->at[i]])
		   : "";
}

const char *
sheet_limited(struct sheet *s, size_t i, const char *name, size_t least, size_t most)
{
	const char *text = sheet_text(s, i);
	size_t length = text_length(text);

	if (length < least)
		import_error(s->im, s->file, s->row.line, "%s is empty", name);
	else if (length > most)
		import_error(s->im, s->file, s->row.line, "%s has %zu characters; %zu are the most",
		    name, length, most);
	return text;
}
