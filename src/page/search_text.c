/* search_text.c: see search_text.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "model/search.h"
#include "page/search_text.h"
#include "rule/spelling.h"
#include "view/view.h"

enum { MOST_WORDS = 2000, BEFORE = 48 /* bytes that are shown before the first of the words */ };

static bool
is_wanted(const struct rows *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(((const struct search_word *)row_at(words, i))->word, word) == 0)
			return true;
	return false;
}

static void
add(struct arena *a, struct pieces *p, const char *text, size_t len, bool marked)
{
	if (len > 0)
		p->at[p->count++] = (struct piece){ arena_text(a, text, len), marked };
	p->any |= marked && len > 0;
}

struct pieces
search_pieces(struct arena *a, const struct rows *words, const char *text)
{
	const struct spellings s = spelling_read(a, text, MOST_WORDS);
	struct pieces out = { NEW_ARRAY(a, struct piece, 2 * s.count + 1), 0, false };
	size_t done = 0;

	for (size_t i = 0; i < s.count; i++) {
		if (s.at[i].at < done || !is_wanted(words, s.at[i].word))
			continue;
		add(a, &out, text + done, s.at[i].at - done, false);
		add(a, &out, text + s.at[i].at, s.at[i].len, true);
		done = s.at[i].at + s.at[i].len;
	}
	add(a, &out, text + done, strlen(text) - done, false);
	return out;
}

/* The beginning of a word, or of a character at least. */
static size_t
begin_at(const char *text, size_t at)
{
	size_t from = at;

	while (from > 0 && at - from < 20 && text[from - 1] != ' ' && text[from - 1] != '\n')
		from--;
	while (from > 0 && ((unsigned char)text[from] & 0xc0) == 0x80)
		from--;
	return from;
}

struct pieces
search_cut(struct arena *a, const struct rows *words, const char *text, size_t most)
{
	const struct spellings s = spelling_read(a, text, MOST_WORDS);
	size_t first = 0, from;
	const char *cut;

	for (size_t i = 0; i < s.count && first == 0; i++)
		if (is_wanted(words, s.at[i].word))
			first = s.at[i].at;
	from = first > BEFORE ? begin_at(text, first - BEFORE) : 0;
	cut = text_cut(a, text + from, most);
	return search_pieces(a, words,
	    arena_print(a, "%s%s%s", from > 0 ? "… " : "", cut,
		strlen(cut) < strlen(text + from) ? " …" : ""));
}

void
search_view(struct view *view, const char *name, const struct pieces *p)
{
	struct view *list = view_list(view, name);

	for (size_t i = 0; i < p->count; i++) {
		struct view *item = view_item(list);

		view_text(item, "text", p->at[i].text);
		view_bool(item, "marked", p->at[i].marked);
	}
}

void
search_json(struct buf *out, const struct pieces *p)
{
	buf_text(out, "[");
	for (size_t i = 0; i < p->count; i++) {
		buf_text(out, i > 0 ? ",[" : "[");
		json_text(out, p->at[i].text);
		buf_text(out, p->at[i].marked ? ",1]" : ",0]");
	}
	buf_text(out, "]");
}
