/* nav.h: the navigation, as far as the person may go. */
#ifndef PAGE_NAV_H
#define PAGE_NAV_H

struct request;

/* Adds the list {{#nav}}: href, text, icon, current, count. */
void nav_show(struct request *);

#endif
