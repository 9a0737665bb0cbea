/* db_value_test.c: each type there and back, and what must not be lost on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/money.h"
#include "base/time.h"
#include "throwaway.h"

struct fixture {
	struct throwaway server;
	struct arena *arena;
	struct db *db;
};

struct thing {
	int64_t id;
	bool yes;
	const char *name;
	struct number other;
	struct decimal price;
	struct instant at;
	struct date day;
};

static const struct field thing_fields[] = {
	FIELD(struct thing, id),
	FIELD(struct thing, yes),
	FIELD(struct thing, name),
	FIELD(struct thing, other),
	FIELD(struct thing, price),
	FIELD(struct thing, at),
	FIELD(struct thing, day),
};

static const struct shape thing_shape = SHAPE(struct thing, thing_fields);

/* In another order than the members, on purpose. */
#define SELECT "SELECT day, at, price, other, name, yes, id FROM thing "
#define INSERT \
	"INSERT INTO thing (id, yes, name, other, price, at, day) VALUES (?, ?, ?, ?, ?, ?, ?)"

static struct fixture *
fresh(void **state)
{
	struct fixture *f = *state;

	arena_reset(f->arena);
	assert_int_equal(db_ready(f->db), OK);
	assert_int_equal(db_script(f->db, "DELETE FROM thing"), OK);
	return f;
}

static enum status
put(struct fixture *f, const struct thing *t)
{
	return db_change(f->db, INSERT,
	    ARGS(ARG(t->id), ARG(t->yes), ARG(t->name), ARG(t->other), ARG(t->price), ARG(t->at),
		ARG(t->day)),
	    NULL);
}

static void
there_and_back(struct fixture *f, const struct thing *t)
{
	struct thing back = { .name = "not read" };

	assert_int_equal(put(f, t), OK);
	assert_int_equal(
	    db_row(f->db, f->arena, SELECT "WHERE id = ?", ARGS(ARG(t->id)), &thing_shape, &back),
	    OK);
	assert_true(back.id == t->id && back.yes == t->yes);
	assert_true(back.name == t->name || strcmp(back.name, t->name) == 0);
	assert_true(back.other.known == t->other.known && back.other.n == t->other.n);
	assert_true(back.price.known == t->price.known && back.price.units == t->price.units);
	assert_true(back.at.known == t->at.known && back.at.us == t->at.us);
	assert_true(back.day.known == t->day.known && back.day.day == t->day.day);
	/* The same values find the row: they compare as what they are. */
	if (t->price.known)
		assert_int_equal(db_row(f->db, f->arena,
				     SELECT "WHERE id = ? AND price = ? AND at = ? AND day = ?",
				     ARGS(ARG(t->id), ARG(t->price), ARG(t->at), ARG(t->day)),
				     &thing_shape, &back),
		    OK);
}

static void
round_trips(void **state)
{
	struct fixture *f = fresh(state);
	const struct thing things[] = {
		{ .id = 0 },
		{ INT64_MAX, true, "", { true, INT64_MIN }, decimal(DECIMAL_MOST),
		    instant_parse("9999-12-31T23:59:59.999999"), date_parse("9999-12-31") },
		{ INT64_MIN, false, "Größe 工場 😀 '\"\\%_", { true, 0 }, decimal(-DECIMAL_MOST),
		    instant_parse("1969-12-31T23:59:59.000001"), date_parse("1000-01-01") },
		{ 3, true, "x", { true, 3 }, decimal(-1), instant_parse("2026-11-21T13:00:00Z"),
		    date_parse("2024-02-29") },
	};

	for (size_t i = 0; i < COUNT(things); i++)
		there_and_back(f, &things[i]);
}

static void
long_texts(void **state)
{
	static const size_t lengths[] = { 1, 8, 255, 256, 65535, 65536, 1000003 };
	struct fixture *f = fresh(state);

	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct thing t = { .id = (int64_t)i + 1 };
		char *text = arena_alloc(f->arena, lengths[i] + 1, 1);

		for (size_t j = 0; j < lengths[i]; j++)
			text[j] = (char)('a' + j % 26);
		t.name = text;
		there_and_back(f, &t);
	}
}

/* Short ones after long ones and NULL in between: each row has its own lengths. */
static void
many_rows(void **state)
{
	static const char *const names[] = { "a long one, longer than eight bytes", NULL, "", "b" };
	struct fixture *f = fresh(state);
	struct rows rows;

	for (int64_t i = 0; i < 1000; i++)
		assert_int_equal(put(f, &(struct thing){ .id = i, .name = names[i % 4] }), OK);
	assert_int_equal(
	    db_rows(f->db, f->arena, SELECT "ORDER BY id", NO_ARGS, &thing_shape, &rows), OK);
	assert_int_equal(rows.count, 1000);
	for (size_t i = 0; i < rows.count; i++) {
		const struct thing *t = row_at(&rows, i);

		assert_int_equal(t->id, i);
		if (names[i % 4] == NULL)
			assert_null(t->name);
		else
			assert_string_equal(t->name, names[i % 4]);
	}
	assert_int_equal(
	    db_rows(f->db, f->arena, SELECT "WHERE id < 0", NO_ARGS, &thing_shape, &rows), OK);
	assert_int_equal(rows.count, 0);
}

static void
bytes(void **state)
{
	struct fixture *f = fresh(state);
	const char raw[] = "\0\xff\x80'\\\0end";
	int64_t n;

	assert_int_equal(db_change(f->db, "INSERT INTO raw (id, bytes) VALUES (?, ?)",
			     ARGS(ARG(1), arg_bytes(raw, sizeof(raw))), NULL),
	    OK);
	assert_int_equal(
	    db_int(f->db,
		"SELECT COUNT(*) FROM raw WHERE bytes = ? AND HEX(bytes) = '00FF80275C00656E6400'",
		ARGS(arg_bytes(raw, sizeof(raw))), &n),
	    OK);
	assert_int_equal(n, 1);
}

struct one {
	int64_t n;
};

static const struct field one_fields[] = { FIELD(struct one, n) };
static const struct shape one_shape = SHAPE(struct one, one_fields);

struct flag {
	bool n;
};

static const struct field flag_fields[] = { FIELD(struct flag, n) };
static const struct shape flag_shape = SHAPE(struct flag, flag_fields);

struct amount {
	struct decimal n;
};

static const struct field amount_fields[] = { FIELD(struct amount, n) };
static const struct shape amount_shape = SHAPE(struct amount, amount_fields);

static enum status
ask(struct fixture *f, const char *sql, const struct shape *shape, void *record)
{
	return db_row(f->db, f->arena, sql, NO_ARGS, shape, record);
}

static void
what_does_not_fit(void **state)
{
	struct fixture *f = fresh(state);
	struct one one = { 0 };
	struct flag flag;
	struct amount amount;

	assert_int_equal(ask(f, "SELECT NULL AS n", &one_shape, &one), FAILED);
	assert_int_equal(ask(f, "SELECT NULL AS n", &flag_shape, &flag), FAILED);
	assert_int_equal(
	    ask(f, "SELECT CAST(18446744073709551615 AS UNSIGNED) AS n", &one_shape, &one), FAILED);
	assert_int_equal(
	    ask(f, "SELECT CAST(9223372036854775807 AS UNSIGNED) AS n", &one_shape, &one), OK);
	assert_true(one.n == INT64_MAX);
	assert_int_equal(ask(f, "SELECT 1.5 AS n", &one_shape, &one), FAILED);
	assert_int_equal(ask(f, "SELECT 'x' AS n", &one_shape, &one), FAILED);
	assert_int_equal(ask(f, "SELECT 1e0 AS n", &one_shape, &one), FAILED);
	assert_int_equal(ask(f, "SELECT 0.00001 AS n", &amount_shape, &amount), FAILED);
	assert_int_equal(ask(f, "SELECT 99999999999 AS n", &amount_shape, &amount), FAILED);
	/* After each of them the statement and the connection are still good. */
	assert_int_equal(ask(f, "SELECT 5.0 AS n", &one_shape, &one), OK);
	assert_int_equal(one.n, 5);
}

static void
sums(void **state)
{
	struct fixture *f = fresh(state);
	struct one one = { 0 };
	struct amount amount;
	int64_t n;

	assert_int_equal(put(f, &(struct thing){ .id = 7, .price = decimal(15000) }), OK);
	assert_int_equal(put(f, &(struct thing){ .id = 8, .price = decimal(1) }), OK);
	assert_int_equal(ask(f, "SELECT SUM(id) AS n FROM thing", &one_shape, &one), OK);
	assert_int_equal(one.n, 15);
	assert_int_equal(
	    ask(f, "SELECT SUM(price * 1.00) AS n FROM thing", &amount_shape, &amount), OK);
	assert_int_equal(amount.n.units, 15001);
	assert_int_equal(
	    ask(f, "SELECT SUM(price) AS n FROM thing WHERE id < 0", &amount_shape, &amount), OK);
	assert_false(amount.n.known);
	assert_int_equal(ask(f, "SELECT COUNT(*) AS n FROM thing", &amount_shape, &amount), OK);
	assert_int_equal(amount.n.units, 20000);
	assert_int_equal(db_int(f->db, "SELECT SUM(id) FROM thing", NO_ARGS, &n), OK);
	assert_int_equal(n, 15);
	assert_int_equal(db_int(f->db, "SELECT MAX(id) FROM thing WHERE id < 0", NO_ARGS, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(
	    db_int(f->db, "SELECT id FROM thing WHERE id < 0", NO_ARGS, &n), NOT_FOUND);
	assert_int_equal(db_int(f->db, "SELECT 1.5", NO_ARGS, &n), FAILED);
}

static void
shapes_must_fit(void **state)
{
	struct fixture *f = fresh(state);
	struct one one;
	struct rows rows;
	int64_t changed;

	assert_int_equal(ask(f, "SELECT 1 AS m", &one_shape, &one), FAILED);
	assert_int_equal(ask(f, "SELECT 1 AS n, 2 AS m", &one_shape, &one), FAILED);
	assert_int_equal(
	    db_rows(f->db, f->arena, "SELECT id, id, name, other, price, at, day FROM thing",
		NO_ARGS, &thing_shape, &rows),
	    FAILED);
	assert_int_equal(db_change(f->db, "SELECT 1", NO_ARGS, &changed), FAILED);
	assert_int_equal(ask(f, "DELETE FROM thing", &one_shape, &one), FAILED);
	assert_int_equal(db_int(f->db, "SELECT ? + ?", ARGS(ARG(1)), &changed), FAILED);
	/* The same text with another shape is another statement. */
	assert_int_equal(ask(f, "SELECT 1 AS n", &one_shape, &one), OK);
	assert_int_equal(ask(f, "SELECT 1 AS n", &flag_shape, &(struct flag){ 0 }), OK);
	assert_int_equal(ask(f, "SELECT 1 AS n", &amount_shape, &(struct amount){ { 0 } }), OK);
	assert_int_equal(ask(f, "SELECT 1 AS n UNION SELECT 2", &one_shape, &one), FAILED);
}

static void
changes(void **state)
{
	struct fixture *f = fresh(state);
	int64_t n, id;

	assert_int_equal(
	    db_insert(f->db, "INSERT INTO numbered (name) VALUES (?)", ARGS(ARG("a")), &id), OK);
	assert_int_equal(db_last_id(f->db), id);
	assert_int_equal(
	    db_insert(f->db, "INSERT INTO numbered (name) VALUES (?)", ARGS(ARG("b")), &n), OK);
	assert_true(n > id);
	/* Matched, not changed, is what counts. */
	assert_int_equal(db_change(f->db, "UPDATE numbered SET name = 'a'", NO_ARGS, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(db_change(f->db, "UPDATE numbered SET name = 'a'", NO_ARGS, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(
	    db_change_one(f->db, "UPDATE numbered SET name = 'c' WHERE id = ?", ARGS(ARG(id))), OK);
	assert_int_equal(
	    db_change_one(f->db, "UPDATE numbered SET name = 'c' WHERE id = ?", ARGS(ARG(0))),
	    CONFLICT);
	assert_int_equal(db_change_one(f->db, "UPDATE numbered SET name = 'c'", NO_ARGS), FAILED);
	assert_int_equal(
	    db_change(f->db, "UPDATE numbered SET other_id = ?", ARGS(arg_ref(0)), &n), OK);
	assert_int_equal(
	    db_int(f->db, "SELECT COUNT(*) FROM numbered WHERE other_id IS NULL", NO_ARGS, &n), OK);
	assert_int_equal(n, 2);
}

static void
refused_values(void **state)
{
	struct fixture *f = fresh(state);

	assert_int_equal(db_change(f->db, "INSERT INTO numbered (name) VALUES (?)",
			     ARGS(ARG("a name that is too long for its column")), NULL),
	    FAILED);
	assert_int_equal(
	    db_change(f->db, "INSERT INTO numbered (name) VALUES (?)", ARGS(ARG("\xff")), NULL),
	    FAILED);
	assert_int_equal(db_change(f->db, "INSERT INTO thing (id, yes, price) VALUES (1, 0, ?)",
			     ARGS(ARG(decimal(INT64_MAX))), NULL),
	    FAILED);
	assert_int_equal(db_change(f->db, "INSERT INTO thing (id, yes, at) VALUES (1, 0, ?)",
			     ARGS(ARG(((struct instant){ true, INT64_MAX }))), NULL),
	    FAILED);
}

static int
setup(void **state)
{
	static const char tables[] =
	    "CREATE TABLE thing (id BIGINT PRIMARY KEY, yes BOOL NOT NULL, name LONGTEXT, "
	    "other BIGINT, price DECIMAL(14,4), at DATETIME(6), day DATE);"
	    "CREATE TABLE raw (id BIGINT PRIMARY KEY, bytes VARBINARY(64));"
	    "CREATE TABLE numbered (id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20), "
	    "other_id BIGINT)";
	struct fixture *f = calloc(1, sizeof(*f));

	f->arena = arena_new();
	throwaway_begin(&f->server, "value");
	f->db = throwaway_connect(&f->server.config);
	*state = f;
	return db_script(f->db, tables) == OK ? 0 : -1;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	db_close(f->db);
	throwaway_end(&f->server);
	arena_free(f->arena);
	free(f);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trips),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(many_rows),
		cmocka_unit_test(bytes),
		cmocka_unit_test(what_does_not_fit),
		cmocka_unit_test(sums),
		cmocka_unit_test(shapes_must_fit),
		cmocka_unit_test(changes),
		cmocka_unit_test(refused_values),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
