/* crew.h: does all jobs of all sites until it is told to end. */
#ifndef JOB_CREW_H
#define JOB_CREW_H

#include "base/status.h"

struct config;

/*
 * Three processes: one seals, notifies and sweeps, under a lease of each site; the second waits for
 * mail servers and pictures, so that these never make a notification late; the third imports and
 * exports, which may take minutes, so that mail does not wait for that.  Returns when end_asked().
 */
void crew_run(const struct config *);

#endif
