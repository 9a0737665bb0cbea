/*
 * catalogue.h: the texts of one language, from the .po files of templates/<language> (GNU gettext).
 *
 * A file for each part of the program, any number of them; a text stands in one only.  English has
 * none: the msgid is the text.  Read by libgettextpo at start.
 */
#ifndef VIEW_CATALOGUE_H
#define VIEW_CATALOGUE_H

#include <stddef.h>

struct arena;
struct catalogue;

/* Ends the program when a file is not well-formed, or two have the same text. */
struct catalogue *catalogue_read(struct arena *, const char *dir, const char *language);
/* The translation, or msgid itself when there is none. */
const char *catalogue_text(const struct catalogue *, const char *msgid);
/* msgid in a context (msgctxt); the msgid itself when there is none. */
const char *catalogue_context(const struct catalogue *, const char *context, const char *msgid);
/* Form number `form` of a plural; English by (one, many) when there is none. */
const char *catalogue_plural(const struct catalogue *, const char *one, const char *many, int form);
/* True when the catalogue is English or has a translation of msgid. */
int catalogue_has(const struct catalogue *, const char *msgid);

#endif
