/* headers.h: the headers that every answer carries, from one place. */
#ifndef APP_HEADERS_H
#define APP_HEADERS_H

struct request;

/* Content security policy and its like; no-store unless the page said otherwise. */
void headers_finish(struct request *);

#endif
