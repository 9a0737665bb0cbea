/* flash.h: one message, on the next page that this browser shows.  It travels in a cookie as a
 * code. */
#ifndef PAGE_FLASH_H
#define PAGE_FLASH_H

struct request;

/* Adds {{flash.kind}} and {{flash.text}}, and takes the cookie back. */
void flash_show(struct request *);

#endif
