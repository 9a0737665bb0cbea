/* location.h: a location's page with its map, the map's form, and the tree of all locations. */
#ifndef PAGE_LOCATION_LOCATION_H
#define PAGE_LOCATION_LOCATION_H

#include "http/request.h"

handler location_list_page; /* GET /locations: a list, or with ?tree= the tree */
handler location_map_page;  /* GET /locations/:id/map */
handler location_map_post;  /* POST /locations/:id/map */

/* What /locations/:id shows beside its details: page/registers.c. */
enum status location_more(struct request *, const void *record) MUST_CHECK;

struct location;

/* {{map}}, {{places}} and the first machines as {{machines}}, for the page and the form; one query.
 */
enum status location_map_show(
    struct request *, const struct location *, size_t machines) MUST_CHECK;

#endif
