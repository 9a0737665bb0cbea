/* history.h: the before and after of an event, unfolded for people. */
#ifndef PAGE_HISTORY_H
#define PAGE_HISTORY_H

struct request;
struct view;

/* Adds {{#changes}}: label, before, after, from {"member":[before,after],…}; NULL for none. */
void history_changes(struct request *, struct view *, const char *changes);

#endif
