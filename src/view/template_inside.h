/* template_inside.h: the compiled form of a template; for template*.c only. */
#ifndef VIEW_TEMPLATE_INSIDE_H
#define VIEW_TEMPLATE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view/template.h"

struct arena;
struct value;

enum {
	TEMPLATE_DEPTH = 64, /* partials within partials; sections within sections */
	TEMPLATE_FORMS = 6,  /* plural forms; Arabic has six */
	TEMPLATE_BUCKETS = 256,
};

enum facet {
	FACET_NONE,
	FACET_LABEL,
	FACET_ISO,
	FACET_DAY,
	FACET_CLOCK,
	FACET_AGO,
	FACET_INPUT,
	FACET_MONEY,
	FACET_PLAIN,
	FACET_DURATION,
};

/* One name between points; a leaf's facet when the name is one's. */
struct part {
	const char *name; /* "" at the beginning of {{.iso}}: the innermost value */
	enum facet facet;
	/* What the name was in the last record asked: lists ask the same of each row. */
	const struct shape *shape;
	const struct field *field; /* NULL: it has no such member */
};

/* {{order.machine.name}}; {{.}} has no parts. */
struct path {
	const char *text;
	size_t count;
	struct part parts[];
};

enum token_kind {
	TOKEN_TEXT,
	TOKEN_VALUE, /* escaped */
	TOKEN_RAW,
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_PARTIAL,
	TOKEN_PARENT, /* its BLOCKs are arguments, all else in it is passed over */
	TOKEN_BLOCK,
	TOKEN_PLURAL, /* one FORM after the other */
	TOKEN_FORM,
};

/* Small: a worker keeps tens of thousands. */
struct token {
	const char *text;   /* the text, or the name of the partial, parent, block */
	const char *indent; /* what stood before it in its line */
	struct path *path;
	uint32_t end;  /* the first token behind; for all that is not a container the next one */
	uint32_t len;  /* of text */
	uint32_t hash; /* of the name of a partial or parent */
	uint16_t indent_len;
	uint8_t kind;   /* enum token_kind */
	bool line : 1;  /* begins a line: the indentation of the partial goes before it */
	bool clean : 1; /* BLOCK: nothing but white space before it in its line */
	bool alone : 1; /* PARTIAL, PARENT, BLOCK: has its line to itself */
};

struct template
{
	const char *name;
	uint32_t hash;
	struct token *tokens;
	size_t count;
	struct template *next; /* in its bucket */
};

struct templates {
	struct arena *arena;
	const struct catalogue *catalogue;
	/* NULL, or is told every msgid; many is NULL but for plurals */
	void (*each)(void *with, const char *file, const char *one, const char *many);
	void *with;
	struct template *buckets[TEMPLATE_BUCKETS];
};

struct mistake {
	const char *what; /* NULL for none */
	int line;
};

/* Compiles source (kept by address) into t; file is for messages. */
bool template_parse(struct templates *, struct template *t, const char *file, const char *source,
    size_t len, struct mistake *) MUST_CHECK;
/* White space folded to one space, none at the ends. */
const char *template_fold(struct arena *, const char *, size_t);
struct path *template_path(struct arena *, const char *, size_t); /* NULL when malformed */
uint32_t template_hash(const char *, size_t);
const struct template *template_find(const struct templates *, uint32_t hash, const char *name);

/* One context; the innermost first. */
struct scope {
	const struct scope *outer;
	const struct value *value;
};

/*
 * The value of a name, NULL when nothing offers it; kept in *made when it is a record's member.
 * *facet is the one asked of a leaf.
 */
const struct value *template_value_of(
    const struct scope *, struct path *, struct value *made, enum facet *facet);
/* Whether a section over it runs. */
bool template_true(const struct value *);

/* template_value.c: writes a leaf; false when it has no such facet. */
bool template_value(
    struct buf *, const struct render *, const struct value *, enum facet, bool escape);

#endif
