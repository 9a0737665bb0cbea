/* search.h: one box: a number or a code leads straight there, words to machines and parts. */
#ifndef PAGE_SEARCH_H
#define PAGE_SEARCH_H

#include "http/request.h"

handler search_page;

#endif
