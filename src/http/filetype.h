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
 * "image/jpeg".  A photo is only called one when its own first bytes say so too; what nobody knows
 * is "application/octet-stream".  Never NULL.
 */
const char *filetype_of(struct filetype *, struct arena *, const void *bytes, size_t len);
/* image/jpeg, png, webp, heic or heif. */
bool filetype_is_photo(const char *mime);
/* The file begins as files of that photo type must. */
bool filetype_begins(const char *mime, const void *bytes, size_t len);

#endif
