/* notification.h: what a person is told.  Written by the jobs from sealed events (job/notify.c). */
#ifndef MODEL_NOTIFICATION_H
#define MODEL_NOTIFICATION_H

#include "base/shape.h"

struct actor;

struct notification {
	int64_t id;
	const char *act; /* a word: event_act_words */
	const char *actor_name;
	const char *kind;
	int64_t record_id;
	const char *title;
	const char *detail;
	struct instant created_at;
	bool unread;
};

extern const struct shape notification_shape;

enum status notification_list(
    const struct actor *, int64_t after, int most, struct rows *) MUST_CHECK;
/* Reads one; its record for the redirect.  NOT_FOUND when it is not the actor's. */
enum status notification_open(const struct actor *, int64_t id, struct notification *) MUST_CHECK;
enum status notification_read_all(const struct actor *) MUST_CHECK;

/* For the jobs: tells everybody whom the event concerns; done already: nothing. */
enum status notification_make(const struct actor *, int64_t event_id) MUST_CHECK;

#endif
