/* supervisor.h: from the scan to the report. */
#ifndef PAGE_SUPERVISOR_SUPERVISOR_H
#define PAGE_SUPERVISOR_SUPERVISOR_H

#include "http/request.h"

handler scan_page, report_page, report_post, add_to_post;

#endif
