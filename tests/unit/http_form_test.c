/* http_form_test.c: forms read by their rules, and shown again. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "http/request.h"
#include "http_form_thing.h"

static struct arena *arena;
static struct request rq;
static struct thing thing;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new();
	rq = (struct request){ .arena = arena };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The form with what every good one has, and more. */
static enum status
fill(const char *more)
{
	const char *text =
	    arena_print(arena, "name=Pump&machine_id=3&agreed=1&csrf=x&once=y&version=4&%s", more);

	rq = (struct request){ .arena = arena };
	thing = (struct thing){ 0 };
	assert_int_equal(pairs_read(arena, &rq.form, text, strlen(text)), OK);
	return form_read(&rq, &form, &thing);
}

static const struct field_state *
field(const char *name)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].field.name, name) == 0)
			return &rq.form_state->at[i];
	fail_msg("no field %s", name);
	return NULL;
}

static bool
is_listed(const char *text)
{
	for (const char *const *t = form_texts; *t != NULL; t++)
		if (strcmp(*t, text) == 0)
			return true;
	return false;
}

/* name=value (value as typed) is refused, with this complaint, and kept. */
static void
refused(const char *name, const char *value, const char *complaint)
{
	const struct field_state *f;

	if (fill(arena_print(arena, "%s=%s", name, text_url(arena, value))) != INVALID)
		fail_msg("%s taken: %s", name, value);
	f = field(name);
	assert_true(rq.form_state->wrong);
	assert_int_equal(rq.response.code, 422);
	assert_non_null(f->complaint.text);
	assert_true(is_listed(f->complaint.text));
	assert_string_equal(f->complaint.text, complaint);
	assert_string_equal(f->typed, value);
}

static void
taken(const char *name, const char *value)
{
	if (fill(arena_print(arena, "%s=%s", name, text_url(arena, value))) != OK)
		fail_msg("%s refused: %s: %s", name, value, field(name)->complaint.text);
	assert_string_equal(field(name)->typed, value);
}

static void
test_good(void **state)
{
	(void)state;
	assert_int_equal(
	    fill("note=+a%0Ab+&email=me@plant&state=DOWN&count=7&floor=-2&parent_id=9&"
		 "price=12,5&change=-1.25&at=2026-11-21T14:05&on=2026-11-21&urgent=on"),
	    OK);
	assert_false(rq.form_state->wrong);
	assert_string_equal(thing.name, "Pump");
	assert_string_equal(thing.note, "a\nb");
	assert_string_equal(thing.email, "me@plant");
	assert_string_equal(thing.state, "DOWN");
	assert_int_equal(thing.count, 7);
	assert_int_equal(thing.machine_id, 3);
	assert_true(thing.floor.known && thing.floor.n == -2);
	assert_true(thing.parent_id.known && thing.parent_id.n == 9);
	assert_true(thing.price.known && thing.price.units == 125000);
	assert_true(thing.change.known && thing.change.units == -12500);
	assert_string_equal(instant_iso(arena, thing.at), "2026-11-21T14:05:00Z");
	assert_string_equal(date_iso(arena, thing.on), "2026-11-21");
	assert_true(thing.urgent && thing.agreed);
	assert_int_equal(form_version(&rq), 4);
}

static void
test_names(void **state)
{
	(void)state;
	assert_int_equal(fill("line_1_part=2&line_1_part=3&photo=x"), OK);
	assert_int_equal(fill("role=ADMIN"), BAD_REQUEST);
	assert_int_equal(fill("line=1"), BAD_REQUEST);
	assert_int_equal(fill("name=Other"), BAD_REQUEST);
	assert_int_equal(fill("csrf=z"), BAD_REQUEST);
	assert_int_equal(fill("=1"), BAD_REQUEST);
	rq = (struct request){ .arena = arena };
	rq.uploads = (struct uploads){ &(struct upload){ .field = "file" }, 1, 1 };
	assert_int_equal(form_read(&rq, &form, &thing), BAD_REQUEST);
}

static void
test_absent(void **state)
{
	(void)state;
	rq = (struct request){ .arena = arena };
	thing = (struct thing){ .note = "kept", .count = 8, .price = decimal(5), .urgent = true };
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
	assert_string_equal(field("name")->complaint.text, "Fill in this field");
	assert_string_equal(field("machine_id")->complaint.text, "Choose one");
	assert_string_equal(field("agreed")->complaint.text, "Tick this box");
	assert_null(field("note")->complaint.text);
	assert_string_equal(thing.note, "kept");
	assert_string_equal(field("note")->typed, "kept");
	assert_int_equal(thing.count, 8);
	assert_int_equal(thing.price.units, 5);
	assert_false(thing.urgent);
}

static void
test_empty(void **state)
{
	(void)state;
	assert_int_equal(
	    fill("note=&email=+&state=&count=&floor=&parent_id=0&price=&at=&on=&urgent="), OK);
	assert_string_equal(thing.note, "");
	assert_string_equal(thing.email, "");
	assert_null(thing.state);
	assert_int_equal(thing.count, 0);
	assert_false(thing.floor.known || thing.parent_id.known || thing.price.known);
	assert_false(thing.at.known || thing.on.known || thing.urgent);
}

static void
test_texts(void **state)
{
	const char *lines = "a\r\nb";
	char *longer = arena_alloc(arena, 10002, 1);

	(void)state;
	assert_int_equal(fill("note=x"), OK);
	rq.form.at[0].value = "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"; /* five characters */
	assert_int_equal(form_read(&rq, &form, &thing), OK);
	rq.form.at[0].value = " 123456 ";
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
	assert_string_equal(field("name")->complaint.text, "Enter at most %2 characters");
	assert_int_equal(field("name")->complaint.most, 5);
	assert_string_equal(field("name")->typed, " 123456 ");
	rq.form.at[0].value = " x ";
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
	assert_string_equal(field("name")->complaint.text, "Enter at least %1 characters");
	rq.form.at[0].value = "a\nb";
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
	assert_string_equal(field("name")->complaint.text, "Enter a single line");
	rq.form.at[0].value = " \xc2\xa0 ";
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
	assert_string_equal(field("name")->complaint.text, "Fill in this field");
	refused("note", "a\x01", "Type this text again: it has characters that cannot be shown");
	refused(
	    "note", "a\xc2\x85", "Type this text again: it has characters that cannot be shown");
	refused("note", lines, "Type this text again: it has characters that cannot be shown");
	taken("note", "a\tb\nc");
	refused("note", memset(longer, 'x', 10001), "Enter at most %2 characters");
}

static void
test_numbers(void **state)
{
	static const char *const wrong[] = { "+5", "5x", "x", "0x5", "1e2", "--5", "-", "5 5",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999999999",
		"1.0" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		refused("count", wrong[i], "Enter a whole number");
		refused("floor", wrong[i], "Enter a whole number");
		refused("parent_id", wrong[i], "Choose one from the list");
	}
	taken("count", " 5 ");
	assert_int_equal(thing.count, 5);
	taken("count", "100");
	refused("count", "101", "Enter a number from %1 to %2");
	refused("count", "-1", "Enter a number from %1 to %2");
	assert_int_equal(field("count")->complaint.most, 100);
	refused("parent_id", "-1", "Choose one from the list");
	refused("floor", "-4", "Enter a number from %1 to %2");
}

static void
test_decimals(void **state)
{
	static const char *const wrong[] = { "+5", "5x", "1.2.3", "1.23456", "1e2", "x", ".", "-",
		"NaN", "inf", "99999999999", "0x10" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		refused("price", wrong[i], "Enter a number with at most four decimal places");
	taken("price", "0,0001");
	taken("price", " 1 234.50 ");
	assert_int_equal(thing.price.units, 12345000);
	refused("price", "-0.01", "Enter %1 or more");
	taken("change", "-5");
	refused("change", "-5.0001", "Enter a number from %1 to %2");
}

static void
test_times(void **state)
{
	static const char *const wrong[] = { "2026-02-30", "21/11/2026", "tomorrow", "2026-13-01",
		"2026-11-21x" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		refused("on", wrong[i], "Enter a date, such as 2026-11-21");
		refused("at", wrong[i], "Enter a date and a time, such as 2026-11-21 14:05");
	}
	refused("at", "2026-11-21T25:00", "Enter a date and a time, such as 2026-11-21 14:05");
	refused("on", "0002-11-21", "Enter a year from 1900 on, with four digits");
	refused("at", "0002-11-21T10:00", "Enter a year from 1900 on, with four digits");
	taken("on", "1900-01-01");
}

static struct instant
parse_fixed(void *with, const char *text)
{
	(void)text;
	return *(struct instant *)with;
}

static const char *
show_fixed(void *with, struct arena *a, struct instant t)
{
	(void)with;
	return arena_print(a, "at %lld", (long long)t.us);
}

static void
test_zone(void **state)
{
	struct instant t = { true, 42 };
	struct form_zone zone = { parse_fixed, show_fixed, &t };

	(void)state;
	assert_int_equal(fill("at=2026-11-21T14:05"), OK);
	rq.zone = &zone;
	assert_int_equal(form_read(&rq, &form, &thing), OK);
	assert_int_equal(thing.at.us, 42);
	form_show(&rq, &form, &thing);
	assert_string_equal(field("at")->typed, "at 42");
	t.known = false;
	assert_int_equal(form_read(&rq, &form, &thing), INVALID);
}

static void
test_choices(void **state)
{
	(void)state;
	taken("state", "UP");
	refused("state", "SIDEWAYS", "Choose one from the list");
	refused("state", "up", "Choose one from the list");
	refused("urgent", "maybe", "Choose one from the list");
	taken("urgent", "0");
	assert_false(thing.urgent);
}

static void
test_emails(void **state)
{
	static const char *const good[] = { "a@b", "a.b+c@d.example", "o'x@caf\xc3\xa9.example",
		" a@b.c " };
	static const char *const wrong[] = { "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c",
		"a@.b", "a@b.", "a@b..c", ".a@b", "a.@b", "<a@b>", "a@b,c@d", "a@b;c", "a@-b",
		"\"a\"@b" };
	char *longer = arena_alloc(arena, 300, 1);

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		taken("email", good[i]);
	for (size_t i = 0; i < COUNT(wrong); i++)
		refused("email", wrong[i], "Enter an e-mail address, such as name@example.com");
	refused("email", "a@b\nBcc:c", "Enter a single line");
	memset(longer, 'x', 255);
	longer[1] = '@';
	refused("email", longer, "Enter at most %2 characters");
	longer[254] = '\0';
	taken("email", longer);
}

static void
test_passwords(void **state)
{
	(void)state;
	assert_int_equal(fill("password=+secret++"), OK);
	assert_string_equal(thing.password, " secret  ");
	assert_string_equal(field("password")->typed, "");
	form_show(&rq, &form, &thing);
	assert_string_equal(field("password")->typed, "");
	assert_int_equal(fill("password=short"), INVALID);
	assert_string_equal(field("password")->typed, "");
	rq.form_state = NULL;
	assert_int_equal(form_refuse(&rq, &form, "password", "Try another"), INVALID);
	assert_string_equal(field("password")->typed, "");
}

static void
test_refuse(void **state)
{
	(void)state;
	assert_int_equal(fill("note=n"), OK);
	assert_int_equal(form_refuse(&rq, &form, "note", "This note is taken"), INVALID);
	assert_true(rq.form_state->wrong);
	assert_int_equal(rq.response.code, 422);
	assert_string_equal(field("note")->complaint.text, "This note is taken");
	assert_string_equal(field("note")->typed, "n");
	assert_int_equal(form_refuse(&rq, &form, "line_1", "Too many"), INVALID);
	assert_string_equal(field("name")->complaint.text, "Too many");
	rq.form_state = NULL;
	assert_int_equal(form_refuse(&rq, &form, NULL, "No"), INVALID);
	assert_string_equal(field("name")->typed, "Pump");
}

static void
test_show(void **state)
{
	(void)state;
	thing = (struct thing){ .name = "Pump",
		.count = -5,
		.floor = { true, 3 },
		.price = decimal(125000),
		.on = day_of(2026, 11, 21),
		.urgent = true };
	form_show(&rq, &form, &thing);
	assert_false(rq.form_state->wrong);
	assert_string_equal(field("name")->typed, "Pump");
	assert_string_equal(field("note")->typed, "");
	assert_string_equal(field("count")->typed, "-5");
	assert_string_equal(field("machine_id")->typed, "");
	assert_string_equal(field("floor")->typed, "3");
	assert_string_equal(field("parent_id")->typed, "");
	assert_string_equal(field("price")->typed, "12.5");
	assert_string_equal(field("change")->typed, "");
	assert_string_equal(field("on")->typed, "2026-11-21");
	assert_string_equal(field("urgent")->typed, "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, begin, end),
		cmocka_unit_test_setup_teardown(test_names, begin, end),
		cmocka_unit_test_setup_teardown(test_absent, begin, end),
		cmocka_unit_test_setup_teardown(test_empty, begin, end),
		cmocka_unit_test_setup_teardown(test_texts, begin, end),
		cmocka_unit_test_setup_teardown(test_numbers, begin, end),
		cmocka_unit_test_setup_teardown(test_decimals, begin, end),
		cmocka_unit_test_setup_teardown(test_times, begin, end),
		cmocka_unit_test_setup_teardown(test_zone, begin, end),
		cmocka_unit_test_setup_teardown(test_choices, begin, end),
		cmocka_unit_test_setup_teardown(test_emails, begin, end),
		cmocka_unit_test_setup_teardown(test_passwords, begin, end),
		cmocka_unit_test_setup_teardown(test_refuse, begin, end),
		cmocka_unit_test_setup_teardown(test_show, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
