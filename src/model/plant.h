/* plant.h: the settings of the site: the one row of the table plant. */
#ifndef MODEL_PLANT_H
#define MODEL_PLANT_H

#include "base/shape.h"

struct actor;

struct plant {
	const char *title;
	const char *zone;     /* Europe/Paris; that it exists is the caller's to check */
	const char *currency; /* ISO 4217 */
	const char *language; /* of people who chose none */
	bool open_registration;
	struct number file_most_mb;   /* of one uploaded file */
	struct number file_keep_days; /* how long the bytes of a removed file stay */
	bool open_report;             /* people without an account may report at machines */
	bool open_report_badge;       /* who gives a badge needs no confirmation */
	int64_t version;
};

extern const struct shape plant_shape;

enum status plant_find(const struct actor *, struct plant *) MUST_CHECK;
/* Saves; plant->version is the one that the person saw.  CONFLICT: another stands now, in *now. */
enum status plant_change(const struct actor *, const struct plant *, struct plant *now) MUST_CHECK;

#endif
