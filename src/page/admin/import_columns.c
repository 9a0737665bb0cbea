/* import_columns.c: how the file is read, and which column is what. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv_file.h"
#include "base/text.h"
#include "page/admin/import_pages.h"
#include "page/page.h"
#include "register/history.h"

enum { PREVIEWED = 5, LONGEST_SAMPLE = 40, LONGEST_GIVEN = 400 };

static void
show_words(struct request *rq, struct view *into, const char *name, const struct words *words,
    const char *chosen)
{
	struct view *list = view_list(into, name);

	for (size_t i = 0; i < words->count; i++) {
		struct view *v = view_item(list);

		view_text(v, "value", words->list[i].code);
		view_text(v, "text", page_text(rq, words->list[i].text));
		view_bool(v, "selected", text_same(chosen, words->list[i].code));
	}
}

static void
show_members(
    struct request *rq, struct view *column, const struct import_target *t, const char *chosen)
{
	struct view *list = view_list(column, "options");

	for (size_t i = 0; i < t->form->count; i++) {
		const struct rule *r = &t->form->rules[i];
		struct view *v = view_item(list);

		view_text(v, "value", r->field.name);
		view_text(v, "text",
		    r->required ? arena_print(rq->arena, "%s *", page_text(rq, r->label))
				: page_text(rq, r->label));
		view_bool(v, "selected", strcmp(chosen, r->field.name) == 0);
	}
}

/* A few different ones of the column's cells. */
static void
show_samples(
    struct request *rq, struct view *column, const struct csv_row *rows, size_t count, size_t c)
{
	struct view *list = view_list(column, "samples");
	const char *last = "";

	for (size_t r = 0; r < count; r++) {
		const char *text =
		    c < rows[r].count ? text_trim(rq->arena, csv_arm(rows[r].field[c])) : "";

		if (*text == '\0' || strcmp(text, last) == 0)
			continue;
		view_text(view_item(list), "text",
		    text_length(text) <= LONGEST_SAMPLE
			? text
			: arena_print(rq->arena, "%s…", text_cut(rq->arena, text, LONGEST_SAMPLE)));
		last = text;
	}
}

static void
show_columns(struct request *rq, const struct import *im, const struct import_target *t)
{
	const size_t n = import_line_count(im->headers);
	struct view *list = view_list(rq->view, "columns");
	size_t count;
	const struct csv_row *rows = import_first_rows(rq, im, PREVIEWED + 1, &count);
	const size_t skip = im->headed && count > 0 ? 1 : 0;

	for (size_t c = 0; c < n; c++) {
		struct view *v = view_item(list);
		const char *member = import_line_at(rq->arena, im->mapping, c);

		view_int(v, "n", (int64_t)c);
		view_int(v, "number", (int64_t)c + 1);
		view_text(v, "header", import_line_at(rq->arena, im->headers, c));
		view_bool(v, "used", *member != '\0');
		show_samples(rq, v, rows + skip, count - skip, c);
		show_members(rq, v, t, member);
	}
}

static bool
is_mapped(struct request *rq, const struct import *im, const char *member)
{
	for (size_t i = 0; i < import_line_count(im->mapping); i++)
		if (strcmp(import_line_at(rq->arena, im->mapping, i), member) == 0)
			return true;
	return false;
}

/* What stands for an empty cell: what has to be filled and no column gives first. */
static void
show_given(struct request *rq, const struct import *im, const struct import_target *t)
{
	struct view *missing = view_list(rq->view, "missing");
	struct view *others = view_list(rq->view, "others");
	void *record = arena_alloc(rq->arena, 1, t->size);

	if (t->defaults != NULL)
		t->defaults(record);
	for (size_t i = 0; i < t->form->count; i++) {
		const struct rule *r = &t->form->rules[i];
		const char *given = import_given_of(rq->arena, im, r->field.name);
		const bool needed =
		    r->required && r->kind != RULE_CHECK && !is_mapped(rq, im, r->field.name) &&
		    (i >= t->own || *form_value_text(rq->arena, rq->zone, r, record) == '\0');
		struct view *v = view_item(needed || *given != '\0' ? missing : others);

		view_text(v, "name", r->field.name);
		view_text(v, "label", page_text(rq, r->label));
		view_text(v, "value", given);
		view_bool(v, "needed", needed);
		view_bool(v, "is_choice", r->field.words != NULL);
		if (r->field.words != NULL)
			show_words(rq, v, "options", r->field.words, given);
		else
			view_list(v, "options");
	}
	view_bool(rq->view, "has_missing", missing->first != NULL);
}

static enum status
show(struct request *rq, const struct import *im, const struct import_target *t,
    const char *complaint)
{
	struct view *v = view_group(rq->view, "format");

	view_record(rq->view, "import", &import_shape, im);
	view_text(rq->view, "target", page_text(rq, t->title));
	show_words(rq, v, "encodings", &csv_encoding_words, im->encoding);
	show_words(rq, v, "separators", &csv_separator_words, im->separator_kind);
	show_words(rq, v, "days", &import_day_words, im->day_order);
	show_words(rq, v, "decimals", &import_decimal_words, im->decimal_mark);
	show_columns(rq, im, t);
	show_given(rq, im, t);
	view_int(rq->view, "version", im->version);
	view_bool(rq->view, "has_refs", t->reg != NULL);
	view_bool(rq->view, "has_meters", strcmp(t->kind, reading_history.kind) == 0);
	view_text(rq->view, "complaint", complaint);
	view_bool(rq->view, "form_wrong", complaint != NULL);
	if (complaint != NULL)
		rq->response.code = 422;
	return page(rq, "import/columns");
}

static bool
is_open(const struct import *im)
{
	static const char *const states[] = { "MAPPING", "CHECKED", "STOPPED", "UNDONE" };

	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i], im->state) == 0)
			return true;
	return false;
}

enum status
import_columns_page(struct request *rq)
{
	struct import_target t;
	struct import im;
	enum status e = import_of(rq, &im, &t);

	if (e)
		return e;
	if (!is_open(&im))
		return redirect(rq, "/imports/%" PRId64, im.id);
	return show(rq, &im, &t, NULL);
}

/* One of the words, or what there was. */
static const char *
word(const struct request *rq, const char *name, const struct words *words, const char *now)
{
	const char *typed = pairs_get(&rq->form, name);

	return typed != NULL && word_index(words, typed) >= 0 ? typed : now;
}

static bool
is_ticked(const struct request *rq, const char *name)
{
	return text_same(pairs_get(&rq->form, name), "1");
}

/* The members that the form names; *twice is one that two columns have. */
static void
read_mapping(
    struct request *rq, struct import *im, const struct import_target *t, const struct rule **twice)
{
	const size_t n = import_line_count(im->headers);
	bool *taken = NEW_ARRAY(rq->arena, bool, t->form->count);
	struct buf out = { .arena = rq->arena };

	buf_text(&out, "");
	for (size_t c = 0; c < n; c++) {
		const char *typed = pairs_get(&rq->form, arena_print(rq->arena, "column_%zu", c));
		const char *member = "";

		for (size_t i = 0; typed != NULL && i < t->form->count; i++) {
			if (strcmp(t->form->rules[i].field.name, typed) != 0)
				continue;
			if (taken[i])
				*twice = &t->form->rules[i];
			taken[i] = true;
			member = typed;
		}
		buf_print(&out, "%s\n", member);
	}
	im->mapping = out.text;
}

static void
read_given(struct request *rq, struct import *im, const struct import_target *t)
{
	struct buf out = { .arena = rq->arena };

	buf_text(&out, "");
	for (size_t i = 0; i < t->form->count; i++) {
		const char *name = t->form->rules[i].field.name;
		const char *typed = pairs_get(&rq->form, arena_print(rq->arena, "given_%s", name));
		char *line;

		if (text_empty(typed) || *text_trim(rq->arena, typed) == '\0')
			continue;
		typed = text_cut(rq->arena, text_trim(rq->arena, typed), LONGEST_GIVEN);
		line = arena_text(rq->arena, typed, strlen(typed));
		for (char *c = line; *c != '\0'; c++)
			if ((unsigned char)*c < ' ')
				*c = ' ';
		buf_print(&out, "%s\t%s\n", name, line);
	}
	im->given = out.text;
}

static void
read_format(struct request *rq, struct import *im)
{
	im->encoding = word(rq, "encoding", &csv_encoding_words, im->encoding);
	im->separator_kind = word(rq, "separator_kind", &csv_separator_words, im->separator_kind);
	im->day_order = word(rq, "day_order", &import_day_words, im->day_order);
	im->decimal_mark = word(rq, "decimal_mark", &import_decimal_words, im->decimal_mark);
	im->headed = is_ticked(rq, "headed");
	im->make_missing = is_ticked(rq, "make_missing");
	im->keep_existing = is_ticked(rq, "keep_existing");
	im->version = form_version(rq);
}

/* Read otherwise, its columns may be others. */
static enum status
read_again(struct request *rq, struct import *im, const struct import_target *t)
{
	const char *day = im->day_order, *mark = im->decimal_mark;
	enum status e = import_read_headers(rq, im, t);

	im->day_order = day;
	im->decimal_mark = mark;
	if (!e)
		e = import_save(rq->by, im);
	if (e)
		return e;
	flash(rq, "import_read", NULL);
	return redirect(rq, "/imports/%" PRId64 "/columns", im->id);
}

enum status
import_columns_post(struct request *rq)
{
	static const char *const names[] = { "csrf", "once", "version", "encoding",
		"separator_kind", "day_order", "decimal_mark", "headed", "make_missing",
		"keep_existing", "then", "column_*", "given_*", NULL };
	const struct rule *twice = NULL;
	struct import_target t;
	struct import im;
	enum status e = form_only(rq, names);

	if (!e)
		e = import_of(rq, &im, &t);
	if (e)
		return e;
	read_format(rq, &im);
	if (text_same(pairs_get(&rq->form, "then"), "read"))
		return read_again(rq, &im, &t);
	read_mapping(rq, &im, &t, &twice);
	read_given(rq, &im, &t);
	if (twice != NULL)
		return show(rq, &im, &t,
		    page_text_with(
			rq, "Two columns cannot both be: %1.", page_text(rq, twice->label), NULL));
	e = import_save(rq->by, &im);
	if (!e)
		e = import_act(rq->by, &im, IMPORT_CHECK, false);
	return e ? e : redirect(rq, "/imports/%" PRId64, im.id);
}
