/* crew.h: does all jobs of all sites until it is told to end. */
#ifndef JOB_CREW_H
#define JOB_CREW_H

#include "base/status.h"

struct config;

/*
 * Two processes: one seals, notifies and sweeps, under a lease of each site; the other waits for
 * mail servers and pictures, so that these never make a notification late.  Returns when
 * end_asked().
 */
void crew_run(const struct config *);

#endif
