/*
 * store.h: uploaded files, kept under the SHA-256 of their bytes: <root>/ab/cd/abcd….
 *
 * The same bytes are kept once; a name never changes its content; nothing in it can be run.
 */
#ifndef BASE_STORE_H
#define BASE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;

enum { STORE_HEX = 64 };

/* 64 lower-case hex digits and nothing else. */
bool store_is_hex(const char *);

/* The name that these bytes have in the store. */
void store_name(const void *bytes, size_t len, char sha256_hex[STORE_HEX + 1]);

/*
 * Writes the bytes so that they survive a power cut once this answers OK; sha256_hex is their name,
 * also after a failure.  Kept already: OK.  FAILED, and logged with the reason, when the disk is
 * full or does not take it; then nothing is left behind.
 */
enum status store_put(
    const char *root, const void *bytes, size_t len, char sha256_hex[STORE_HEX + 1]) MUST_CHECK;

/* Removes it, if it is there; suffix as below.  FAILED, and logged, when it cannot be. */
enum status store_remove(
    struct arena *, const char *root, const char *hex, const char *suffix) MUST_CHECK;

/*
 * "ab/cd/abcd…" and the suffix (NULL, or like ".small.jpg"), relative to the root.  NULL when hex
 * is not such a name or the suffix has anything but a-z, 0-9 and single points in it.
 */
char *store_path(struct arena *, const char *hex, const char *suffix);

/*
 * All of a kept file, in the arena.  NOT_FOUND when there is none of that name or the name is none;
 * FAILED, and logged, when it cannot be read or its bytes no longer have that digest.
 */
enum status store_read(
    struct arena *, const char *root, const char *hex, const char **bytes, size_t *len) MUST_CHECK;

#endif
