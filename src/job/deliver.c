/* deliver.c: sends what lies in the outbox (model/mail.h), one letter a turn. */
#include "base/config.h"
#include "base/log.h"
#include "db/db.h"
#include "job/end.h"
#include "job/job.h"
#include "job/mail.h"
#include "model/actor.h"
#include "model/mail.h"

enum { TRIES = 5, PAUSE_MS = 200 };

static enum status
record_once(const struct actor *by, const struct mail_row *m, enum status sent)
{
	static const char *const why[STATUSES] = {
		[RETRY] = "the server did not take it; see the log",
		[INVALID] = "the server refused it for good; see the log",
		[FAILED] = "the mail settings are wrong; see the log",
	};
	enum status e = db_begin(by->db);

	if (e)
		return e;
	if (sent == OK)
		e = mail_sent(by, m->id);
	else
		e = mail_failed(by, m, sent == INVALID, why[sent] ? why[sent] : why[FAILED]);
	return db_end(by->db, e);
}

/* It is sent: not to write that down would send it again.  So more than once. */
static enum status
record(const struct actor *by, const struct mail_row *m, enum status sent)
{
	enum status e = RETRY;

	for (int i = 0; i < TRIES && e == RETRY && !(i > 0 && end_asked()); i++) {
		if (i > 0)
			end_pause(PAUSE_MS << i);
		e = record_once(by, m, sent);
	}
	return e;
}

enum status
deliver_work(const struct job_turn *turn, bool *more)
{
	const struct config *c = turn->config;
	struct mail_config server = { .url = c->smtp_url,
		.user = c->smtp_user,
		.password = c->smtp_password,
		.from = c->mail_from };
	struct mail_row m;
	enum status e, sent;

	if (c->smtp_url == NULL)
		return OK;
	e = mail_take(turn->by, &m);
	if (e)
		return e == NOT_FOUND ? OK : e;
	sent = mail_send(&server, &(struct mail_message){ .to = m.recipient,
				      .subject = m.subject,
				      .text = m.body,
				      .message_id = m.message_id,
				      .date = turn->by->now });
	e = record(turn->by, &m, sent);
	if (e)
		return e;
	*more = sent == OK || sent == INVALID;
	return *more ? OK : sent; /* the server is away: no use to ask it for each letter */
}
