/* file.h: uploaded files, sent with the permission of their record. */
#ifndef PAGE_FILE_H
#define PAGE_FILE_H

#include "http/request.h"

handler file_page, file_small_page, file_large_page;

#endif
