/* health.c: see health.h. */
#include "app/health.h"
#include "app/app.h"
#include "base/buf.h"
#include "base/config.h"
#include "db/db.h"
#include "page/page.h"

static enum status
say(struct request *rq, int code, const char *json)
{
	header_set(rq, "Content-Type", "application/json");
	rq->response.code = code;
	buf_text(&rq->response.body, json);
	return OK;
}

enum status
health_page(struct request *rq)
{
	return say(rq, 200, "{\"status\":\"ok\"}\n");
}

/* A real read of a real table, through the worker's own connection: a ping would not tell. */
enum status
ready_page(struct request *rq)
{
	static const char sql[] = "SELECT COUNT(*) FROM site WHERE archived_at IS NULL";
	int64_t sites;
	enum status e = db_ready(rq->kit->directory);

	if (!e)
		e = db_int(rq->kit->directory, sql, NO_ARGS, &sites);
	if (e)
		return say(rq, 503, "{\"status\":\"waiting\",\"for\":\"database\"}\n");
	if (sites == 0)
		return say(rq, 503, "{\"status\":\"waiting\",\"for\":\"a site\"}\n");
	return say(rq, 200, "{\"status\":\"ready\"}\n");
}
