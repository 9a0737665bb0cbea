/* technician.h: what a technician has to do. */
#ifndef PAGE_TECHNICIAN_TECHNICIAN_H
#define PAGE_TECHNICIAN_TECHNICIAN_H

#include "http/request.h"

handler my_work_page;

#endif
