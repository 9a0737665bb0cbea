/*
 * log.h: one JSON object a line on stderr; nginx, systemd or a file keeps it.
 *
 * {"time":"2026-11-21T13:00:00.123Z","level":"error","program":"millwright.fcgi","pid":7,
 * "trace":"…","message":"…"}; the levels are info, warn, error and, ending the program, fatal.
 * The trace id is the request's; log_trace() sets it for the lines that follow.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>

#include "base/status.h"

void log_info(const char *fmt, ...) PRINTF(1, 2);
void log_warn(const char *fmt, ...) PRINTF(1, 2);
void log_error(const char *fmt, ...) PRINTF(1, 2);
/* Logs and ends the program with status 1. */
void die(const char *fmt, ...) PRINTF(1, 2) __attribute__((noreturn));

/* One line a request: level info, or error from 500 on. */
void log_request(const char *trace, const char *method, const char *path, int code, int64_t us,
    int64_t queries, int64_t user_id, const char *address);

/* Kept by address until set again; NULL for none.  The one exception to "no file-scope state". */
void log_trace(const char *trace);

#endif
