/* import_reading.h: what the files of importing readings share. */
#ifndef JOB_IMPORT_READING_H
#define JOB_IMPORT_READING_H

#include "job/import_past.h"
#include "rule/meter.h"

/* A meter as the file's rows so far leave it. */
struct counted {
	int64_t id; /* 0: it is to be added */
	int64_t machine_id;
	const char *name, *unit;
	bool counter, run_hours;
	struct decimal rollover;
	bool several; /* of that name at that machine */
	bool looked;  /* at what is there */
	struct instant last_there, last;
	struct meter_point points[METER_USUAL]; /* the latest first */
	size_t count;
};

/* A row of readings. */
struct shown {
	struct past_reading said; /* first: the form fills it */
	struct counted *meter;
	struct decimal carried;
	uint64_t identity; /* meter, time, value; 0: not read */
	int64_t id;
};

struct meters {
	struct hashes names; /* by machine and name: struct counted */
	struct hashes times; /* by identity: how many rows */
};

enum status reading_write(struct load *, struct row *, size_t count) MUST_CHECK;

#endif
