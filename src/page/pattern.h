/* pattern.h: every component in every state, for developers; and what the installed app needs. */
#ifndef PAGE_PATTERN_H
#define PAGE_PATTERN_H

#include "http/request.h"

handler patterns_page, offline_page;

#endif
