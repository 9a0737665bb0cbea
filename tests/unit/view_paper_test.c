/* view_paper_test.c: PDFs are rendered and read back by other programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/paper_job_card.h"
#include "view_sheet.h"

#define JOB_URL "https://plant.example/w/124"

static const struct job_step steps[] = {
	{ "Lock out and tag the main switch Q1; check that no voltage is left.", "M. Roux, 09:12",
	    true },
	{ "Drain the oil below 40 \xc2\xb0"
	  "C and change the filter cartridge.",
	    NULL, false },
	{ "Measure the pressure at M3 (180 \xc2\xb1 5 bar).", NULL, false },
};

static const struct job_entry entries[] = {
	{ "21 Nov 2026, 09:05", "Marie Roux",
	    "Arrived at the machine. Oil on the floor below the pump, "
	    "the shaft seal drips." },
	{ "21 Nov 2026, 09:40", "Jean-No\xc3\xabl Lef\xc3\xa8vre",
	    "Seal ordered from the store; pump "
	    "dismounted." },
};

static const struct job_part parts[] = {
	{ "HYD-00213", "Shaft seal 35 \xc3\x97 52 \xc3\x97 7, FKM", "2", "2" },
	{ "FIL-10440", "Return filter cartridge 10 \xc2\xb5m, with gasket and spring", "1", "" },
	{ "OIL-046", "Hydraulic oil HLP 46", "12.5 l", "12.5 l" },
};

static const struct job_card job = {
	.site = "Usine de Saint-\xc3\x89tienne",
	.printed = "Printed 21 Nov 2026, 14:05 by Marie Roux",
	.url = JOB_URL,
	.number = "WO-000124",
	.title = "Press loses pressure in the holding phase",
	.kind = "Corrective",
	.priority = "Emergency",
	.urgent = true,
	.state = "In progress",
	.machine = "Hydraulic press Schuler MSP 400",
	.machine_code = "K7QF-2MXA",
	.department = "Stamping",
	.location = "Hall B, bay 12",
	.reported_by = "Ahmed Ben Salah",
	.reported_at = "21 Nov 2026, 08:47",
	.due = "21 Nov 2026, 12:47",
	.assigned = "Marie Roux, Jean-No\xc3\xabl Lef\xc3\xa8vre",
	.failure_code = "ELP: External leakage, process medium",
	.safety = "Lock-out required: Q1 electrical, V3 hydraulic accumulator. Wait 5 min.",
	.description =
	    "The pressure falls from 180 to 120 bar within 10 seconds. Oil below the pump.\n"
	    "The operator stopped the press and closed valve V3.",
	.steps = steps,
	.step_count = COUNT(steps),
	.log = entries,
	.log_count = COUNT(entries),
	.parts = parts,
	.part_count = COUNT(parts),
};

static void
test_job_card(void **state)
{
	struct fixture *f = *state;
	struct paper_bytes pdf;

	if (!tools_there())
		skip();
	assert_int_equal(paper_job_card(f->arena, PAPER_FONTS, f->english, &job, &pdf), OK);
	keep(f, &pdf, "job");
	read_codes(f);
	assert_string_equal(f->text, JOB_URL "\n");
	read_text(f);
	assert_non_null(strstr(f->text, "WO-000124"));
	assert_non_null(strstr(f->text, "Jean-No\xc3\xabl Lef\xc3\xa8vre"));
	assert_non_null(strstr(f->text, "HYD-00213"));
	assert_non_null(strstr(f->text, "What was done"));
}

/* Only what must be there: everything else is written by hand. */
static void
test_job_card_empty(void **state)
{
	static const struct job_card bare = { .url = JOB_URL, .number = "WO-000001" };
	struct fixture *f = *state;
	struct paper_bytes pdf;

	if (!tools_there())
		skip();
	assert_int_equal(paper_job_card(f->arena, PAPER_FONTS, f->english, &bare, &pdf), OK);
	keep(f, &pdf, "bare");
	read_text(f);
	assert_non_null(strstr(f->text, "1 / 1"));
}

/* Nothing is lost of long texts: each word comes back, on several pages with head and number. */
static void
test_job_card_long(void **state)
{
	struct fixture *f = *state;
	struct buf text = { .arena = f->arena };
	struct job_card large = job;
	struct job_part many[60];
	struct paper_bytes pdf;

	if (!tools_there())
		skip();
	for (int i = 0; i < 900; i++)
		buf_print(&text, "w%d%s", i, i % 100 == 99 ? "\n\n" : " ");
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = parts[i % COUNT(parts)];
	large.description = text.text;
	large.title = text.text;
	large.machine = text.text;
	large.parts = many;
	large.part_count = COUNT(many);
	large.remedy = large.cause = large.done = "As above.";
	assert_int_equal(paper_job_card(f->arena, PAPER_FONTS, f->english, &large, &pdf), OK);
	keep(f, &pdf, "long");
	read_text(f);
	for (int i = 0; i < 900; i++)
		assert_non_null(strstr(f->text, arena_print(f->arena, "w%d", i)));
	assert_non_null(strstr(f->text, "2 / 5"));
}

/* Emoji, Chinese, Arabic, control characters, bytes that are no UTF-8, a word wider than the page.
 */
static void
test_odd_texts(void **state)
{
	struct fixture *f = *state;
	char wide[4000], bytes[256];
	struct job_card odd = job;
	struct paper_bytes pdf;

	if (!tools_there())
		skip();
	memset(wide, 'W', sizeof(wide));
	wide[sizeof(wide) - 1] = '\0';
	for (int i = 0; i < 255; i++)
		bytes[i] = (char)(255 - i);
	bytes[255] = '\0';
	odd.title = "\xf0\x9f\x94\xa7 pump"
		    " \xf0\x9f\x91\xb7\xf0\x9f\x8f\xbd\xe2\x80\x8d\xe2\x99\x80\xef\xb8\x8f end";
	odd.machine = "\xe6\xb6\xb2\xe5\x8e\x8b\xe6\x9c\xba press \xd9\x85\xd8\xb6\xd8\xae\xd8\xa9";
	odd.assigned = "\xce\xa3\xcf\x84\xce\xad\xce\xbb\xce\xb9\xce\xbf\xcf\x82, "
		       "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd, \xc5\x81ukasz";
	odd.description = bytes;
	odd.cause = wide;
	odd.done = "a\tb\r\nc\x01"
		   "d\xed\xa0\x80"
		   "e\xc0\xaf"
		   "f\xf4\x90\x80\x80g\xe2\x82";
	assert_int_equal(paper_job_card(f->arena, PAPER_FONTS, f->english, &odd, &pdf), OK);
	keep(f, &pdf, "odd");
	read_text(f);
	assert_non_null(strstr(f->text, "pump"));
	assert_non_null(strstr(f->text, "end"));
	assert_non_null(strstr(f->text, "press"));
	assert_non_null(strstr(f->text, "\xc5\x81ukasz"));
	assert_non_null(strstr(f->text, "a b"));
	assert_non_null(strstr(f->text, "e??f"));
}

static void
test_failures(void **state)
{
	struct fixture *f = *state;
	struct paper_bytes pdf;

	assert_int_equal(paper_job_card(f->arena, f->dir, f->english, &job, &pdf), FAILED);
	assert_null(pdf.at);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_job_card),
		TEST(test_job_card_empty),
		TEST(test_job_card_long),
		TEST(test_odd_texts),
		TEST(test_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
