/* filetype.h: what a file really is, by its bytes (libmagic), whatever its sender says. */
#ifndef HTTP_FILETYPE_H
#define HTTP_FILETYPE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct filetype;

/* Kept by the program; the database of types (7 MB) is loaded at the first question. */
struct filetype *filetype_open(void);
void filetype_close(struct filetype *);

/*
 * "image/jpeg".  A type is only believed when the file's own first bytes say so too; what nobody
 * knows is "application/octet-stream".  Never NULL.
 */
const char *filetype_of(struct filetype *, struct arena *, const void *bytes, size_t len);
/* What may be kept on a record, by its type: the list of all types that are taken. */
struct filekind {
	const char *mime;
	const char *category;   /* PHOTO, VIDEO, SOUND, DOCUMENT */
	const char *extensions; /* of names, ".jpg .jpeg"; the first is the usual one */
	bool shown;             /* in the page; else it is only ever downloaded */
};

/* NULL: not taken. */
const struct filekind *filetype_kind(const char *mime);
/* The name, with the usual extension behind it when it has none of the type's: a text that is
 * called x.html is sent as x.html.txt. */
const char *filetype_name(struct arena *, const struct filekind *, const char *name);

/* image/jpeg, png, webp, heic or heif. */
bool filetype_is_photo(const char *mime);
/* What phones write where it was taken into: MP4, MOV, M4A. */
bool filetype_is_film(const char *mime);
/* The file begins as files of that type must; false for a type whose beginning is not known. */
bool filetype_begins(const char *mime, const void *bytes, size_t len);

#endif
