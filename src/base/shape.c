/* shape.c: see shape.h. */
#include <string.h>

#include "base/shape.h"

const struct field *
shape_field(const struct shape *shape, const char *name)
{
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(shape->fields[i].name, name) == 0)
			return &shape->fields[i];
	return NULL;
}

int
word_index(const struct words *words, const char *code)
{
	for (size_t i = 0; code != NULL && i < words->count; i++)
		if (strcmp(words->list[i].code, code) == 0)
			return (int)i;
	return -1;
}

size_t
type_size(enum type type)
{
	static const size_t sizes[] = {
		[TYPE_INT] = sizeof(int64_t),
		[TYPE_BOOL] = sizeof(bool),
		[TYPE_TEXT] = sizeof(const char *),
		[TYPE_NUMBER] = sizeof(struct number),
		[TYPE_DECIMAL] = sizeof(struct decimal),
		[TYPE_INSTANT] = sizeof(struct instant),
		[TYPE_DATE] = sizeof(struct date),
	};

	return sizes[type];
}
