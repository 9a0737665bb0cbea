/* base_json_test.c: records and their changes as JSON, read back by jansson. */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

struct part {
	int64_t id;
	bool stocked;
	const char *name;
	struct number place;
	struct decimal cost;
	struct instant counted;
	struct date expires;
};

static const struct field part_fields[] = {
	FIELD(struct part, id),
	FIELD(struct part, stocked),
	FIELD(struct part, name),
	FIELD(struct part, place),
	FIELD(struct part, cost),
	FIELD(struct part, counted),
	FIELD(struct part, expires),
};
static const struct shape part_shape = SHAPE(struct part, part_fields);

static const struct part bearing = {
	.id = 7,
	.stocked = true,
	.name = "Bearing \"6204\"\n\\ <b>\x01 é",
	.place = { true, 3 },
	.cost = { true, 125000 },
	.counted = { true, INT64_C(1795266300000000) },
	.expires = { true, 20778 },
};

static const char bearing_json[] =
    "{\"id\":7,\"stocked\":true,\"name\":\"Bearing \\\"6204\\\"\\n\\\\"
    " \\u003cb>\\u0001 é\",\"place\":3,"
    "\"cost\":12.5,\"counted\":\"2026-11-21T13:05:00Z\",\"expires\":\"2026-11-21\"}";

static const char nothing_json[] =
    "{\"id\":0,\"stocked\":false,\"name\":null,\"place\":null,\"cost\":null,\"counted\":null,"
    "\"expires\":null}";

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

static void
test_record(void **state)
{
	struct buf b = { .arena = *state };
	const struct part none = { 0 };
	json_t *read;

	json_record(&b, &part_shape, &bearing);
	assert_string_equal(b.text, bearing_json);
	read = json_loads(b.text, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(read, "name")), bearing.name);
	json_decref(read);
	b = (struct buf){ .arena = *state };
	json_record(&b, &part_shape, &none);
	assert_string_equal(b.text, nothing_json);
	b = (struct buf){ .arena = *state };
	json_record(&b, &part_shape, NULL);
	assert_string_equal(b.text, "null");
}

static void
test_rows(void **state)
{
	struct part parts[2] = { bearing, bearing };
	struct rows rows = { &part_shape, parts, 2 };
	struct buf b = { .arena = *state };
	json_t *read;

	json_rows(&b, &rows);
	read = json_loads(b.text, 0, NULL);
	assert_int_equal(json_array_size(read), 2);
	json_decref(read);
	b = (struct buf){ .arena = *state };
	rows.count = 0;
	json_rows(&b, &rows);
	assert_string_equal(b.text, "[]");
}

static const char *
change(struct arena *arena, const struct part *before, const struct part *after, bool any)
{
	struct buf b = { .arena = arena };

	assert_int_equal(json_change(&b, &part_shape, before, after), any);
	return b.text;
}

static void
test_change(void **state)
{
	const struct part none = { 0 };
	struct part after = bearing;

	assert_string_equal(change(*state, &bearing, &after, false), "{}");
	after.name =
	    arena_text(*state, bearing.name, strlen(bearing.name)); /* the same text elsewhere */
	assert_string_equal(change(*state, &bearing, &after, false), "{}");
	after.name = "Seal";
	after.place.known = false;
	after.cost.units = 1;
	assert_string_equal(change(*state, &bearing, &after, true),
	    "{\"name\":[\"Bearing \\\"6204\\\"\\n\\\\ \\u003cb>\\u0001 é\",\"Seal\"],"
	    "\"place\":[3,null],\"cost\":[12.5,0.0001]}");
	after = none;
	after.place.n = 9; /* not known: what else stands there does not count */
	assert_string_equal(change(*state, &none, &after, false), "{}");
	after.stocked = true;
	after.expires = bearing.expires;
	assert_string_equal(change(*state, &none, &after, true),
	    "{\"stocked\":[false,true],\"expires\":[null,\"2026-11-21\"]}");
}

static void
test_made_and_gone(void **state)
{
	const struct part none = { .id = 4 };

	assert_string_equal(
	    change(*state, NULL, &none, true), "{\"id\":[null,4],\"stocked\":[null,false]}");
	assert_string_equal(
	    change(*state, &none, NULL, true), "{\"id\":[4,null],\"stocked\":[false,null]}");
	assert_string_equal(change(*state, NULL, NULL, false), "{}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_made_and_gone),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
