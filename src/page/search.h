/* search.h: one box: a number or a code leads straight there, words to whatever has them. */
#ifndef PAGE_SEARCH_H
#define PAGE_SEARCH_H

#include "http/request.h"

handler search_page;
/* As one types: the same in JSON, a few of each kind. */
handler search_json_page;

#endif
