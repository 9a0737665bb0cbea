/* paper_job_card.c: see paper_job_card.h. */
#include "view/paper_job_card.h"
#include "base/arena.h"
#include "base/text.h"
#include "view/catalogue.h"
#include "view/paper.h"
#include "view/qr.h"

#define QR_SIDE 27.0

/* Distance of the lines to write on, and how much room notes want at least. */
enum { RULED = 8, NOTES_LEAST = 3 * RULED, COLUMNS = 3 };

struct card {
	struct paper *p;
	struct arena *arena;
	const struct catalogue *texts;
	const struct job_card *job;
};

struct fact {
	const char *caption, *text;
	bool strong;
};

static const struct paper_style caption_style = { PAPER_PLAIN, 7, 0.35, PAPER_LEFT };
static const struct paper_style fact_style = { PAPER_PLAIN, 9.5, 0, PAPER_LEFT };
static const struct paper_style body_style = { PAPER_PLAIN, 9.5, 0, PAPER_LEFT };
static const struct paper_style strong_style = { PAPER_BOLD, 9.5, 0, PAPER_LEFT };
static const struct paper_style heading_style = { PAPER_BOLD, 10.5, 0, PAPER_LEFT };
static const struct paper_style title_style = { PAPER_BOLD, 13, 0, PAPER_LEFT };
static const struct paper_style number_style = { PAPER_BOLD, 22, 0, PAPER_LEFT };
static const struct paper_style badge_style = { PAPER_BOLD, 9.5, 0, PAPER_LEFT };

/* A word in a box; black when it must be seen from afar.  Answers where the next may begin. */
static double
badge(struct card *c, double x, double y, const char *text, bool black)
{
	struct paper_style s = badge_style;
	double width;

	if (text_empty(text))
		return x;
	width = paper_text_width(c->p, &s, text) + 5;
	if (black) {
		paper_fill(c->p, x, y, width, 6.4, 0);
		s.grey = 1;
	} else {
		paper_frame(c->p, x, y, width, 6.4, PAPER_FINE);
	}
	paper_text(c->p, x + 2.5, y + 4.4, &s, text);
	return x + width + 2.5;
}

static enum status
head_put(struct card *c)
{
	const struct job_card *j = c->job;
	struct qr *q = qr_make(c->arena, j->url, QR_MEDIUM);
	double x = paper_left(c->p), y = paper_y(c->p), right = x + paper_wide(c->p);
	struct paper_area title = { x, y + 20.5, paper_wide(c->p) - QR_SIDE - 10, 2 };
	int lines;

	if (q == NULL)
		return INVALID;
	paper_qr(c->p, q, right - QR_SIDE, y, QR_SIDE);
	paper_text(c->p, x, y + 2.5, &caption_style,
	    text_empty(j->site) ? catalogue_text(c->texts, "Work order")
				: arena_print(c->arena, "%s · %s", j->site,
				      catalogue_text(c->texts, "Work order")));
	paper_text(c->p, x, y + 11.5, &number_style, j->number);
	lines = paper_wrap(c->p, &title, &title_style, j->title);
	y += lines > 1 ? 28.5 : 23.5;
	x = badge(c, x, y, j->priority, j->urgent);
	x = badge(c, x, y, j->state, false);
	badge(c, x, y, j->kind, false);
	paper_move(c->p, y + 11.5 - paper_y(c->p));
	return OK;
}

static const struct paper_style *
fact_style_of(const struct fact *f)
{
	return f->strong ? &strong_style : &fact_style;
}

/* A row of three facts: captions above, a hair line below; what is not known is written by hand. */
static void
facts_row(struct card *c, const struct fact *facts)
{
	double x = paper_left(c->p), width = paper_wide(c->p) / COLUMNS, height;
	int most = 1, lines;

	for (int i = 0; i < COLUMNS; i++) {
		struct paper_area area = { 0, 0, width - 4, 3 };

		lines = paper_wrap_lines(c->p, &area, fact_style_of(&facts[i]), facts[i].text);
		most = lines > most ? lines : most;
	}
	height = 6.5 + most * paper_line_height(&fact_style);
	paper_room(c->p, height);
	for (int i = 0; i < COLUMNS; i++, x += width) {
		struct paper_area caption = { x, paper_y(c->p) + 3, width - 4, 1 };
		struct paper_area area = { x, paper_y(c->p) + 7.5, width - 4, 3 };

		paper_wrap(c->p, &caption, &caption_style, facts[i].caption);
		paper_wrap(c->p, &area, fact_style_of(&facts[i]), facts[i].text);
		paper_line(c->p, x, paper_y(c->p) + height, x + width - 4, paper_y(c->p) + height,
		    PAPER_HAIR);
	}
	paper_move(c->p, height);
}

static void
facts_put(struct card *c)
{
	const struct job_card *j = c->job;
	const struct fact facts[][COLUMNS] = {
		{ { catalogue_text(c->texts, "Machine"), j->machine, true },
		    { catalogue_text(c->texts, "Code"), j->machine_code },
		    { catalogue_text(c->texts, "Failure code"), j->failure_code } },
		{ { catalogue_text(c->texts, "Department"), j->department },
		    { catalogue_text(c->texts, "Location"), j->location },
		    { catalogue_text(c->texts, "Due"), j->due } },
		{ { catalogue_text(c->texts, "Technician"), j->assigned },
		    { catalogue_text(c->texts, "Reported by"), j->reported_by },
		    { catalogue_text(c->texts, "Reported"), j->reported_at } },
	};

	for (size_t i = 0; i < COUNT(facts); i++)
		facts_row(c, facts[i]);
	paper_move(c->p, 2);
}

/* A heading stays with at least `with` mm of what it heads. */
static void
heading(struct card *c, const char *text, double with)
{
	double y;

	paper_move(c->p, 4);
	paper_room(c->p, 6 + with);
	y = paper_y(c->p);
	paper_text(c->p, paper_left(c->p), y + 3.5, &heading_style, text);
	paper_line(c->p, paper_left(c->p), y + 5.2, paper_left(c->p) + paper_wide(c->p), y + 5.2,
	    PAPER_FINE);
	paper_move(c->p, 6.5);
}

static void
section(struct card *c, const char *caption, const char *text)
{
	if (text_empty(text))
		return;
	heading(c, caption, 2 * paper_line_height(&body_style));
	paper_paragraph(c->p, &body_style, text);
}

static void
rule(struct card *c, int lines)
{
	for (int i = 0; i < lines; i++) {
		paper_move(c->p, RULED);
		paper_line(c->p, paper_left(c->p), paper_y(c->p),
		    paper_left(c->p) + paper_wide(c->p), paper_y(c->p), PAPER_HAIR);
	}
}

/* What was found and done: the text, or lines to write it on. */
static void
section_or_lines(struct card *c, const char *caption, const char *text, int lines)
{
	if (!text_empty(text)) {
		section(c, caption, text);
		return;
	}
	heading(c, caption, lines * RULED);
	rule(c, lines);
}

static void
safety_put(struct card *c)
{
	const char *text = c->job->safety;
	struct paper_area area = { paper_left(c->p) + 4, 0, paper_wide(c->p) - 8, 12 };
	double height;

	if (text_empty(text))
		return;
	height =
	    paper_wrap_lines(c->p, &area, &strong_style, text) * paper_line_height(&strong_style) +
	    9.5;
	paper_move(c->p, 4);
	paper_room(c->p, height);
	area.y = paper_y(c->p) + 9.8;
	paper_frame(c->p, paper_left(c->p), paper_y(c->p), paper_wide(c->p), height, 0.6);
	paper_text(
	    c->p, area.x, paper_y(c->p) + 4.8, &caption_style, catalogue_text(c->texts, "Safety"));
	paper_wrap(c->p, &area, &strong_style, text);
	paper_move(c->p, height + 1);
}

static void
steps_put(struct card *c)
{
	const struct paper_column columns[] = {
		{ catalogue_text(c->texts, "Done"), 0.08, PAPER_CENTRE },
		{ catalogue_text(c->texts, "Step"), 0.57, PAPER_LEFT },
		{ catalogue_text(c->texts, "Reading, remark"), 0.35, PAPER_LEFT },
	};
	const struct paper_table table = { columns, COUNT(columns), 7.5 };

	if (c->job->step_count == 0)
		return;
	heading(c, catalogue_text(c->texts, "Steps"), 16);
	paper_table_head(c->p, &table);
	for (size_t i = 0; i < c->job->step_count; i++) {
		const struct job_step *s = &c->job->steps[i];
		const char *const cells[] = { s->done ? "☒" : "☐",
			arena_print(c->arena, "%zu. %s", i + 1, s->text == NULL ? "" : s->text),
			s->note };

		paper_table_row(c->p, &table, cells);
	}
}

static void
log_put(struct card *c)
{
	if (c->job->log_count == 0)
		return;
	heading(c, catalogue_text(c->texts, "Work log"), 14);
	for (size_t i = 0; i < c->job->log_count; i++) {
		const struct job_entry *entry = &c->job->log[i];

		/* Who and when stay on the page of the first line of what. */
		paper_room(c->p, 11);
		paper_paragraph(c->p, &caption_style,
		    arena_print(c->arena, "%s · %s", entry->at == NULL ? "" : entry->at,
			entry->by == NULL ? "" : entry->by));
		paper_paragraph(c->p, &body_style, entry->text);
		paper_move(c->p, 1.8);
	}
}

/* Two empty rows more than there are parts: what was taken from the shelf on the way. */
static void
parts_put(struct card *c)
{
	const struct paper_column columns[] = {
		{ catalogue_text(c->texts, "Number"), 0.2, PAPER_LEFT },
		{ catalogue_text(c->texts, "Part"), 0.41, PAPER_LEFT },
		{ catalogue_text(c->texts, "Asked for"), 0.13, PAPER_RIGHT },
		{ catalogue_text(c->texts, "Issued"), 0.13, PAPER_RIGHT },
		{ catalogue_text(c->texts, "Used"), 0.13, PAPER_RIGHT },
	};
	const struct paper_table table = { columns, COUNT(columns), 7.5 };
	static const char *const empty[COUNT(columns)] = { NULL };

	heading(c, catalogue_text(c->texts, "Parts"), 16);
	paper_table_head(c->p, &table);
	for (size_t i = 0; i < c->job->part_count; i++) {
		const struct job_part *part = &c->job->parts[i];
		const char *const cells[] = { part->number, part->name, part->asked, part->issued,
			NULL };

		paper_table_row(c->p, &table, cells);
	}
	paper_table_row(c->p, &table, empty);
	paper_table_row(c->p, &table, empty);
}

/* Captions below lines to write on, side by side. */
static void
blanks_put(struct card *c, const char *const captions[COLUMNS], double height)
{
	double width = paper_wide(c->p) / COLUMNS, x = paper_left(c->p), y;

	paper_room(c->p, height);
	y = paper_y(c->p) + height - 4.5;
	for (int i = 0; i < COLUMNS; i++, x += width) {
		struct paper_area area = { x, y + 3.2, width - 6, 1 };

		paper_line(c->p, x, y, x + width - 6, y, PAPER_FINE);
		paper_wrap(c->p, &area, &caption_style, captions[i]);
	}
	paper_move(c->p, height);
}

/* Lines down to where times and signatures begin, which stand at the foot of the last page. */
static void
end_put(struct card *c)
{
	const char *const times[] = { catalogue_text(c->texts, "Work began"),
		catalogue_text(c->texts, "Work ended"), catalogue_text(c->texts, "Hours") };
	const char *const names[] = { catalogue_text(c->texts, "Technician: date, signature"),
		catalogue_text(c->texts, "Taken over: date, signature"),
		catalogue_text(c->texts, "Supervisor: date, signature") };
	const double foot = 13 + 17;
	double spare;

	heading(c, catalogue_text(c->texts, "Notes"), NOTES_LEAST + foot);
	spare = paper_left_over(c->p) - foot;
	if (spare > 0)
		rule(c, (int)(spare / RULED));
	paper_move(c->p, paper_left_over(c->p) - foot);
	blanks_put(c, times, 13);
	blanks_put(c, names, 17);
}

static enum status
card_put(struct card *c)
{
	const struct job_card *j = c->job;
	enum status e = head_put(c);

	if (e)
		return e;
	facts_put(c);
	safety_put(c);
	section(c, catalogue_text(c->texts, "Description"), j->description);
	steps_put(c);
	log_put(c);
	parts_put(c);
	section_or_lines(c, catalogue_text(c->texts, "Cause"), j->cause, 1);
	section_or_lines(c, catalogue_text(c->texts, "Remedy"), j->remedy, 1);
	section_or_lines(c, catalogue_text(c->texts, "What was done"), j->done, 3);
	end_put(c);
	return OK;
}

enum status
paper_job_card(struct arena *a, const char *font_dir, const struct catalogue *texts,
    const struct job_card *j, struct paper_bytes *out)
{
	struct card card = { paper_begin(a, font_dir, j->number), a, texts, j };
	const struct paper_flow flow = {
		.left = 16,
		.right = 16,
		.top = 16,
		.bottom = 18,
		.header = arena_print(a, "%s  %s", j->number == NULL ? "" : j->number,
		    j->title == NULL ? "" : j->title),
		.footer = j->printed,
	};
	enum status e, end;

	paper_flow(card.p, &flow);
	e = card_put(&card);
	end = paper_end(card.p, out);
	return e ? e : end;
}
