/* verify.c: the looking half of seal.h. */
#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "job/digest.h"
#include "job/seal.h"
#include "job/seal_hex.h"
#include "model/actor.h"

enum { LINKS = 1000 /* read at a time */ };

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
seal_unhex(const char *hex, unsigned char out[SHA256_BYTES])
{
	if (hex == NULL || strlen(hex) != 2 * SHA256_BYTES)
		return false;
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

static enum fault
judge(struct arena *a, struct seal_walk *w, const struct link *l)
{
	unsigned char digest[SHA256_BYTES], stored[SHA256_BYTES], hash[SHA256_BYTES];

	if (l->seq != w->seq + 1)
		return FAULT_GAP;
	if (l->id == 0)
		return FAULT_MISSING;
	event_digest(a, l, digest);
	if (!seal_unhex(l->digest, stored) || memcmp(digest, stored, sizeof(digest)) != 0)
		return FAULT_CHANGED;
	chain_hash(w->hash, l->seq, digest, hash);
	if (!seal_unhex(l->hash, stored) || memcmp(hash, stored, sizeof(hash)) != 0)
		return FAULT_HASH;
	memcpy(w->hash, hash, sizeof(hash));
	w->seq = l->seq;
	return FAULT_NONE;
}

/* The next links; *end when these were the last, or one is bad. */
static enum status
walk_on(
    const struct actor *by, struct arena *a, struct seal_walk *w, struct verification *v, bool *end)
{
	static const char sql[] =
	    "SELECT s.seq, s.event_id, HEX(s.digest) AS digest, HEX(s.hash) AS hash,"
	    " COALESCE(e.id, 0) AS id, e.at, e.user_id, e.user_name, e.address, e.trace, e.act,"
	    " e.kind, COALESCE(e.record_id, 0) AS record_id, e.title, e.work_order_id,"
	    " e.machine_id, e.department_id, e.changes"
	    " FROM event_seal s LEFT JOIN event e ON e.id = s.event_id"
	    " WHERE s.seq > ? ORDER BY s.seq LIMIT ?";
	struct rows links;
	enum status e;

	e = db_rows(by->db, a, sql, ARGS(ARG(w->seq), ARG((int64_t)LINKS)), &link_shape, &links);
	if (e)
		return e;
	for (size_t i = 0; i < links.count; i++) {
		const struct link *l = row_at(&links, i);

		v->fault = judge(a, w, l);
		if (v->fault != FAULT_NONE) {
			v->seq = v->fault == FAULT_GAP ? w->seq + 1 : l->seq;
			v->event_id = v->fault == FAULT_GAP ? 0 : l->event_id;
			break;
		}
		v->count++;
	}
	*end = v->fault != FAULT_NONE || links.count < LINKS;
	return OK;
}

/* What stands beside the chain: the first event that sql finds is a fault. */
static enum status
look_beside(const struct actor *by, const char *sql, enum fault fault, struct verification *v)
{
	enum status e;

	if (v->fault != FAULT_NONE)
		return OK;
	e = db_int(by->db, sql, NO_ARGS, &v->event_id);
	if (e == NOT_FOUND)
		return OK;
	if (!e)
		v->fault = fault;
	return e;
}

enum status
seal_verify_some(
    const struct actor *by, struct seal_walk *w, int batches, struct verification *v, bool *end)
{
	struct arena *a = arena_new();
	enum status e = OK;

	*end = false;
	v->fault = FAULT_NONE;
	v->count = w->seq;
	while (!e && !*end && batches-- > 0) {
		arena_reset(a);
		e = walk_on(by, a, w, v, end);
	}
	memcpy(v->head, hex_text(a, w->hash, sizeof(w->hash)), sizeof(v->head));
	arena_free(a);
	return e;
}

enum status
seal_verify_beside(const struct actor *by, struct verification *v)
{
	static const char stray[] =
	    "SELECT e.id FROM event e LEFT JOIN event_seal s ON s.event_id = e.id"
	    " LEFT JOIN event_unsealed u ON u.event_id = e.id"
	    " WHERE s.event_id IS NULL AND u.event_id IS NULL LIMIT 1";
	static const char lost[] = "SELECT u.event_id FROM event_unsealed u LEFT JOIN event e"
				   " ON e.id = u.event_id WHERE e.id IS NULL LIMIT 1";
	enum status e = look_beside(by, stray, FAULT_STRAY, v);

	return e ? e : look_beside(by, lost, FAULT_LOST, v);
}

enum status
seal_verify(const struct actor *by, struct verification *v)
{
	struct seal_walk w = { 0 };
	bool end;
	enum status e;

	*v = (struct verification){ 0 };
	e = seal_verify_some(by, &w, INT_MAX, v, &end);
	return e ? e : seal_verify_beside(by, v);
}

const char *
seal_fault_code(enum fault fault)
{
	static const char *const codes[FAULTS] = {
		[FAULT_NONE] = "",
		[FAULT_GAP] = "GAP",
		[FAULT_MISSING] = "MISSING",
		[FAULT_CHANGED] = "CHANGED",
		[FAULT_HASH] = "HASH",
		[FAULT_STRAY] = "STRAY",
		[FAULT_LOST] = "LOST",
	};

	return codes[fault];
}

const char *
seal_fault_text(struct arena *a, const struct verification *v)
{
	static const char *const texts[FAULTS] = {
		[FAULT_NONE] = "the chain holds",
		[FAULT_GAP] = "a seal is not there",
		[FAULT_MISSING] = "its event was deleted",
		[FAULT_CHANGED] = "its event was changed after it was sealed",
		[FAULT_HASH] = "its hash does not follow from the one before",
		[FAULT_STRAY] = "it was never sealed and does not wait for it",
		[FAULT_LOST] = "it was deleted before it was sealed",
	};

	if (v->fault == FAULT_NONE)
		return texts[FAULT_NONE];
	if (v->seq == 0)
		return arena_print(a, "event %" PRId64 ": %s", v->event_id, texts[v->fault]);
	if (v->event_id == 0)
		return arena_print(a, "seq %" PRId64 ": %s", v->seq, texts[v->fault]);
	return arena_print(
	    a, "seq %" PRId64 ", event %" PRId64 ": %s", v->seq, v->event_id, texts[v->fault]);
}
