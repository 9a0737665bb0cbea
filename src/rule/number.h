/* number.h: the numbers of work orders, and the codes on machines' labels. */
#ifndef RULE_NUMBER_H
#define RULE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { CODE_BYTES = 7, CODE_LENGTH = 9 /* with the dash */ };

/* "WO-2026-000123". */
char *work_order_number(struct arena *, int year, int64_t n);

/*
 * "K7QP-2M4C", of digits and capitals without I, L, O and U: seven from random bytes (35 bits),
 * the last one a check character.
 */
char *code_from_bytes(struct arena *, const unsigned char bytes[CODE_BYTES]);
/*
 * As it stands on the label, from what a person types: any case, dashes and spaces or none, O for
 * 0, I and L for 1.  NULL when it is not eight such characters.  Says nothing of the check
 * character.
 */
char *code_normal(struct arena *, const char *typed);
/* In the form of the label, and the check character fits: most mistypings do not. */
bool code_valid(const char *code);

/*
 * The code in what was scanned or typed: the code itself, or an address as labels carry it
 * ("https://plant.example/q/K7QP-2M4C").  NULL: it is none, or mistyped.
 */
const char *code_in(struct arena *, const char *typed);

#endif
