/* chart.c: see chart.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "view/chart.h"
#include "view/locale.h"

enum { WIDE = 1000, HIGH = 400, STEPS = 4, DATES = 4, MOST_LABELS = 12 };

int64_t
chart_step(int64_t span, int most)
{
	static const int64_t steps[] = { 1, 2, 5 };
	int64_t power = 1;

	for (;; power *= 10)
		for (size_t i = 0; i < COUNT(steps); i++)
			if (steps[i] * power * most >= span)
				return steps[i] * power;
}

struct scale {
	int64_t low, step; /* units of a decimal */
	int count;         /* of steps */
};

/* The fewest whole steps that hold low to high. */
static struct scale
scale_of(int64_t low, int64_t high)
{
	struct scale s = { 0 };
	int most = STEPS;

	if (high <= low)
		high = low + DECIMAL_ONE;
	do {
		s.step = chart_step(high - low, most--);
		s.low = low / s.step * s.step - (low < 0 && low % s.step != 0 ? s.step : 0);
		s.count = (int)((high - s.low + s.step - 1) / s.step);
	} while (s.count > STEPS && most > 1);
	return s;
}

/* In the plot: y of a value. */
static double
y_of(const struct scale *s, int64_t value)
{
	return HIGH - (double)(value - s->low) * HIGH / ((double)s->step * s->count);
}

static void
put_scale(struct buf *b, struct locale *l, const struct scale *s)
{
	buf_text(b, "<div class=\"plot-scale\" aria-hidden=\"true\">");
	for (int i = s->count; i >= 0; i--)
		buf_print(b, "<span>%s</span>",
		    locale_decimal(l, b->arena, decimal(s->low + i * s->step)));
	buf_text(b, "</div>");
}

static void
begin(struct buf *b, const char *id, const char *title, const char *desc, const struct scale *s,
    struct locale *l)
{
	buf_print(b, "<div class=\"plot\" dir=\"ltr\" id=\"%s\">", id);
	put_scale(b, l, s);
	buf_print(b,
	    "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\""
	    " aria-labelledby=\"%s-title %s-desc\"><title id=\"%s-title\">",
	    WIDE, HIGH, id, id, id);
	buf_html(b, title);
	buf_print(b, "</title><desc id=\"%s-desc\">", id);
	buf_html(b, desc);
	buf_text(b, "</desc><path class=\"plot-grid\" d=\"");
	for (int i = 0; i <= s->count; i++)
		buf_print(b, "M0 %.1fH%d", y_of(s, s->low + i * s->step), WIDE);
	buf_text(b, "\"/>");
}

static bool
drawn(const struct chart_line *c, const struct chart_point *p)
{
	return p->value.known && p->at.us >= c->from.us && p->at.us <= c->to.us;
}

static double
x_of(const struct chart_line *c, struct instant at)
{
	return (double)(at.us - c->from.us) * WIDE / (double)(c->to.us - c->from.us);
}

static void
put_line(struct buf *b, const struct chart_line *c, const struct scale *s)
{
	char command = 'M';

	buf_text(b, "<path class=\"plot-line\" d=\"");
	for (size_t i = 0; i < c->count; i++) {
		if (!drawn(c, &c->at[i]))
			continue;
		buf_print(
		    b, "%c%.1f %.1f", command, x_of(c, c->at[i].at), y_of(s, c->at[i].value.units));
		command = 'L';
	}
	buf_text(b, "\"/>");
	if (c->count > 60) /* a line of dots would hide it */
		return;
	buf_text(b, "<path class=\"plot-dots\" d=\"");
	for (size_t i = 0; i < c->count; i++)
		if (drawn(c, &c->at[i]))
			buf_print(
			    b, "M%.1f %.1fh0", x_of(c, c->at[i].at), y_of(s, c->at[i].value.units));
	buf_text(b, "\"/>");
}

const char *
chart_line(struct arena *arena, struct locale *l, const struct chart_line *c)
{
	struct buf b = { .arena = arena };
	int64_t low = INT64_MAX, high = INT64_MIN;
	size_t n = 0;
	struct scale s;

	for (size_t i = 0; i < c->count; i++) {
		if (!drawn(c, &c->at[i]))
			continue;
		n++;
		low = c->at[i].value.units < low ? c->at[i].value.units : low;
		high = c->at[i].value.units > high ? c->at[i].value.units : high;
	}
	if (n < 2 || c->to.us <= c->from.us)
		return "";
	s = scale_of(c->from_zero && low > 0 ? 0 : low, high);
	begin(&b, c->id, c->title, c->desc, &s, l);
	put_line(&b, c, &s);
	buf_text(&b, "</svg><div class=\"plot-below\" aria-hidden=\"true\">");
	for (int i = 0; i < DATES; i++) {
		const struct instant at = { true,
			c->from.us + (c->to.us - c->from.us) * i / (DATES - 1) };

		buf_print(&b, "<span>%s</span>", locale_day(l, arena, at));
	}
	buf_text(&b, "</div></div>");
	return b.text;
}

static int64_t
units(const struct chart_bar *bar, int series)
{
	return bar->value[series].known && bar->value[series].units > 0 ? bar->value[series].units
									: 0;
}

static void
put_bars(struct buf *b, const struct chart_bars *c, const struct scale *s)
{
	const double room = (double)WIDE / (double)c->count, wide = room * 0.6;

	for (int k = 0; k < CHART_SERIES; k++) {
		buf_print(b, "<path class=\"plot-bar-%d\" d=\"", k + 1);
		for (size_t i = 0; i < c->count; i++) {
			const int64_t below = k > 0 ? units(&c->at[i], 0) : 0;
			const double y = y_of(s, below + units(&c->at[i], k));
			const double x = room * (double)i + (room - wide) / 2;

			if (units(&c->at[i], k) > 0)
				buf_print(b, "M%.1f %.1fH%.1fV%.1fH%.1fz", x, y, x + wide,
				    y_of(s, below), x);
		}
		buf_text(b, "\"/>");
	}
}

static void
put_legend(struct buf *b, const struct chart_bars *c)
{
	if (c->series[1] == NULL)
		return;
	buf_text(b, "<div class=\"plot-legend\" aria-hidden=\"true\">");
	for (int k = 0; k < CHART_SERIES; k++) {
		buf_print(b, "<span class=\"plot-key-%d\">", k + 1);
		buf_html(b, c->series[k]);
		buf_text(b, "</span>");
	}
	buf_text(b, "</div>");
}

const char *
chart_bars(struct arena *arena, struct locale *l, const struct chart_bars *c)
{
	struct buf b = { .arena = arena };
	const size_t each = (c->count + MOST_LABELS - 1) / MOST_LABELS;
	int64_t high = 0;
	struct scale s;

	if (c->count == 0)
		return "";
	for (size_t i = 0; i < c->count; i++) {
		const int64_t top = units(&c->at[i], 0) + units(&c->at[i], 1);

		high = top > high ? top : high;
	}
	s = scale_of(0, high);
	begin(&b, c->id, c->title, c->desc, &s, l);
	put_bars(&b, c, &s);
	buf_text(&b, "</svg><div class=\"plot-below plot-months\" aria-hidden=\"true\">");
	for (size_t i = 0; i < c->count; i++) {
		buf_text(&b, "<span>");
		if (i % each == 0)
			buf_html(&b, c->at[i].label);
		buf_text(&b, "</span>");
	}
	buf_text(&b, "</div>");
	put_legend(&b, c);
	buf_text(&b, "</div>");
	return b.text;
}
