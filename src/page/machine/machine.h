/* machine.h: a machine's page, its code and its label.  The register's pages are in
 * page/register.h. */
#ifndef PAGE_MACHINE_MACHINE_H
#define PAGE_MACHINE_MACHINE_H

#include "http/request.h"

handler machine_page, machine_code_page, machine_label_page;

#endif
