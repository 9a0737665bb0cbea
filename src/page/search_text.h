/* search_text.h: a text with the words that were found in it. */
#ifndef PAGE_SEARCH_TEXT_H
#define PAGE_SEARCH_TEXT_H

#include "base/shape.h"

struct arena;
struct buf;
struct view;

struct piece {
	const char *text;
	bool marked;
};

struct pieces {
	struct piece *at;
	size_t count;
	bool any; /* is anything marked? */
};

/* words: struct search_word, folded. */
struct pieces search_pieces(struct arena *, const struct rows *words, const char *text);
/* At most about `most` characters, those around the first of the words. */
struct pieces search_cut(struct arena *, const struct rows *words, const char *text, size_t most);
/* The list `name` of {text, marked}. */
void search_view(struct view *, const char *name, const struct pieces *);
/* [["plain",0],["marked",1]] */
void search_json(struct buf *, const struct pieces *);

#endif
