/* register_settings.h: the page of the site's settings (admin/plant.c). */
#ifndef PAGE_REGISTER_SETTINGS_H
#define PAGE_REGISTER_SETTINGS_H

#include "http/request.h"

handler settings_page; /* GET /settings */
handler settings_post; /* POST /settings */

#endif
