/* fold.h: texts that people take for the same: capitals, accents and blanks aside. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Lower case, without accents; about what the database takes for equal.  For comparing only. */
const char *text_fold(struct arena *, const char *);
/* The same without anything but letters and digits, wide letters and ligatures as plain ones: "N°
 * de série" and "no. de Serie" differ, "Serial-No" and "serial no" do not. */
const char *text_fold_word(struct arena *, const char *);
/* FNV-1a; chains: hash_text(hash_text(0, a), b).  Never 0. */
uint64_t hash_text(uint64_t before, const char *);

#endif
