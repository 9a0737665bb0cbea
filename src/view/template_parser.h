/* template_parser.h: the state of a compilation; for template_parse.c, _tag.c and _text.c only. */
#ifndef VIEW_TEMPLATE_PARSER_H
#define VIEW_TEMPLATE_PARSER_H

#include "view/template_inside.h"

enum { NO_TOKEN = -1, DELIMITER = 15 };

/* A section, parent or block that was not closed yet. */
struct open {
	size_t token;
	size_t dedent; /* of what is around */
	bool clean;
	long white; /* PARENT: the token of the white space before it, or NO_TOKEN */
	const char *indent;
	uint16_t indent_len;
};

struct parser {
	struct templates *templates;
	const char *file;
	const char *source;
	const char *at;
	const char *end;
	char left[DELIMITER + 1];
	char right[DELIMITER + 1];
	struct arena *scratch; /* of the tokens, while they grow */
	struct token *tokens;
	size_t count;
	size_t room;
	struct open open[TEMPLATE_DEPTH];
	size_t depth;
	size_t floor;  /* what {{#t}} opens it must close */
	size_t dedent; /* characters of white space that each line loses */
	bool line;     /* the next token begins a line of the output */
	bool clean;    /* at stands at the beginning of a line */
	struct mistake *mistake;
	const char *where; /* of the tag, in the file */
	bool inside;       /* at stands in a text of the catalogue, not in the file */
};

struct tag {
	char kind; /* 0 for a value */
	const char *name;
	size_t len;
	const char *start;
	const char *after;
	const char *white; /* where the white space before it begins, if clean */
	bool clean;
	bool alone;       /* nothing else in its line */
	const char *next; /* the next line, if nothing follows in this one; or NULL */
};

bool char_is_blank(char); /* space and tab */
bool char_is_space(char); /* also the ends of lines */
/* The first place of what in from..end, or NULL. */
const char *tag_find(const char *from, const char *end, const char *what);
/* The first character from at that is not of that kind, or end. */
const char *tag_skip(const char *at, const char *end, bool (*what)(char));
/* Reads the tag at tag->start; false when it has no end. */
bool tag_read(const struct parser *, struct tag *);
/* What stands around it in its line. */
void tag_look(const struct parser *, struct tag *);

void parser_wrong(struct parser *, const char *what);
struct token *parser_token(struct parser *, enum token_kind);
void parser_text(struct parser *, const char *from, const char *to);
void parser_path(struct parser *, struct token *, const char *name, size_t len);
/* Compiles what stands between at and end. */
void parser_run(struct parser *);

/* {{#t}} and {{#tn name}}; false when the tag is neither. */
bool parser_language(struct parser *, const struct tag *);

#endif
