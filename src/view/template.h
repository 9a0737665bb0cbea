/*
 * template.h: mustache, compiled once a language, read-only ever after.
 *
 * All of the official specification's required parts ({{name}}, {{{name}}}, {{&name}},
 * {{#section}},
 * {{^inverted}}, {{!comment}}, {{>partial}}, {{=<% %>=}}) and inheritance ({{<parent}},
 * {{$block}}). Three things of our own:
 *   {{#t}}Report a problem on {{name}}{{/t}}   the text of the language, at compile time; the msgid
 * is what stands between, as written (white space folded to one space, ends trimmed)
 *   {{#tn count}}one part|{{count}} parts{{/tn}}   plural forms, chosen by the value named
 *   facets of a leaf: {{state.label}} (a word's text), {{at.iso}} {{at.day}} {{at.clock}}
 * {{at.ago}}
 *       {{at.input}}, {{cost.money}} {{cost.plain}}, {{seconds.duration}}, {{n.plain}}; a bare
 * instant, date, number or decimal prints as locale.h says, text as it is A section over an int
 * runs when it is not 0; over a text when it is not empty; over a number, decimal, instant or date
 * when it is known.  In a section over a leaf {{.}} is the leaf, {{.iso}} its facet, and every
 * other name is looked for further out.  A bool prints true or false. A block's argument is
 * rendered with the arguments that its own source sees: a {{<card}} inside a page's
 * {{$content}} is not changed by the page's own {{$title}}.
 * Partials nest 64 deep, then the rendering is FAILED.
 */
#ifndef VIEW_TEMPLATE_H
#define VIEW_TEMPLATE_H

#include <stdbool.h>

#include "base/shape.h"

struct buf;
struct catalogue;
struct locale;
struct templates;
struct view;

/*
 * Every *.html below dir, texts from the catalogue, which must live as long.  A template that does
 * not parse ends the program with file and line.  Partials are named by path without ".html":
 * {{>partial/field}}.
 */
struct templates *templates_load(const char *dir, const struct catalogue *);
void templates_free(struct templates *);

struct render {
	struct locale *locale;             /* never NULL */
	const struct catalogue *catalogue; /* texts of words; NULL is English */
	struct instant now;
	bool strict; /* FAILED, and logged with its name, for a name that nothing offers */
};

/* NOT_FOUND for a template that is not there; else OK, or FAILED when strict. */
enum status template_render(const struct templates *, const char *name, const struct view *,
    const struct render *, struct buf *) MUST_CHECK;

/* For the tests of the specification: compile from memory. */
struct templates *templates_new(const struct catalogue *);
/* false when it does not parse. */
bool templates_add(struct templates *, const char *name, const char *source);
/* Calls each with every msgid that the templates below dir use; many is NULL but for plurals. */
void templates_texts(const char *dir,
    void (*each)(void *with, const char *file, const char *one, const char *many), void *with);

#endif
