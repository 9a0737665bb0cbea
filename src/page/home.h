/* home.h: the first page of each role: what waits for me, oldest and worst first. */
#ifndef PAGE_HOME_H
#define PAGE_HOME_H

#include "http/request.h"

handler home_page;

#endif
