/* demo_chance.c: the same dice at each run, and small look-ups in the tables. */
#include <string.h>

#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"

/* SplitMix64, by Sebastiano Vigna. */
static uint64_t
next(struct demo *d)
{
	uint64_t z = (d->seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint32_t
demo_below(struct demo *d, uint32_t n)
{
	return (uint32_t)((next(d) >> 32) * n >> 32);
}

int64_t
demo_between(struct demo *d, int64_t least, int64_t most)
{
	return most <= least ? least : least + (int64_t)(next(d) % (uint64_t)(most - least + 1));
}

bool
demo_percent(struct demo *d, int percent)
{
	return (int)demo_below(d, 100) < percent;
}

const char *
demo_fill(struct demo *d, const char *text)
{
	char *copy = arena_text(d->arena, text, strlen(text));

	for (char *c = copy; *c != '\0'; c++)
		if (*c == '#')
			*c = (char)('1' + demo_below(d, 6));
	return copy;
}

int
demo_person_of(struct demo *d, const char *role, int department)
{
	int found = NOBODY;
	uint32_t n = 0;

	for (int i = 0; demo_people[i].name != NULL; i++) {
		const struct demo_person *p = &demo_people[i];

		if (strcmp(p->role, role) == 0 &&
		    (department == NOBODY || (p->departments >> department & 1)) &&
		    demo_below(d, ++n) == 0)
			found = i;
	}
	return found;
}

static const struct demo_code *
code_find(const char *kind, const char *code)
{
	for (size_t i = 0; demo_codes[i].kind != NULL; i++)
		if (text_same(demo_codes[i].kind, kind) && text_same(demo_codes[i].code, code))
			return &demo_codes[i];
	die("demo: no %s code %s", kind, code);
}

int64_t
demo_code_id(const struct demo *d, const char *kind, const char *code)
{
	return d->code + (code_find(kind, code) - demo_codes);
}

const char *
demo_code_name(const char *kind, const char *code)
{
	return code_find(kind, code)->name;
}
