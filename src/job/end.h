/*
 * end.h: a program that ends within a second of SIGTERM or SIGINT, whatever it waits for:
 * gracefully when it asks in time, else at once.  What is cut off is a transaction that the server
 * undoes, or a row whose lease runs out.
 */
#ifndef JOB_END_H
#define JOB_END_H

#include <stdbool.h>

/* From now on signals are heard. */
void end_arm(void);
/* Was it told to end? */
bool end_asked(void);
/* Sleeps; shorter when a signal comes. */
void end_pause(int ms);

#endif
