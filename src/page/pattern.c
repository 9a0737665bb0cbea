/* pattern.c: see pattern.h. */
#include "page/pattern.h"
#include "base/config.h"
#include "page/page.h"

enum status
patterns_page(struct request *rq)
{
	if (!rq->kit->config->developer)
		return NOT_FOUND;
	return page(rq, "pattern/patterns");
}

/* What the service worker shows when there is no network. */
enum status
offline_page(struct request *rq)
{
	return page(rq, "layout/offline");
}
