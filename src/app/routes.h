/* routes.h: every address that the program answers to. */
#ifndef APP_ROUTES_H
#define APP_ROUTES_H

#include "http/request.h"

extern const struct route routes[];
extern const size_t nroutes;

#endif
