/* health.h: for load balancers and operators: /health, the program lives; /ready, it can serve. */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H

#include "http/request.h"

handler health_page, ready_page;

#endif
