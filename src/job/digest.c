/* digest.c: see digest.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "job/digest.h"

enum { WORD = 8 };

#define EVENT_COLUMNS \
	FIELD(struct link, id), FIELD(struct link, at), FIELD(struct link, user_id), \
	    FIELD(struct link, user_name), FIELD(struct link, address), FIELD(struct link, trace), \
	    FIELD(struct link, act), FIELD(struct link, kind), FIELD(struct link, record_id), \
	    FIELD(struct link, title), FIELD(struct link, work_order_id), \
	    FIELD(struct link, machine_id), FIELD(struct link, department_id), \
	    FIELD(struct link, changes)

static const struct field columns[] = { EVENT_COLUMNS };

static const struct field link_fields[] = {
	FIELD(struct link, seq),
	FIELD(struct link, event_id),
	FIELD(struct link, digest),
	FIELD(struct link, hash),
	EVENT_COLUMNS,
};

const struct shape event_columns = SHAPE(struct link, columns);
const struct shape link_shape = SHAPE(struct link, link_fields);

static void
big_endian(int64_t n, unsigned char out[WORD])
{
	uint64_t u = (uint64_t)n;

	for (int i = WORD - 1; i >= 0; i--) {
		out[i] = (unsigned char)(u & 0xff);
		u >>= 8;
	}
}

static void
put(struct buf *b, const void *bytes, size_t len)
{
	unsigned char size[WORD];

	big_endian((int64_t)len, size);
	buf_add(b, "\1", 1);
	buf_add(b, (const char *)size, WORD);
	buf_add(b, bytes, len);
}

static void
put_number(struct buf *b, bool known, int64_t n)
{
	unsigned char bytes[WORD];

	if (!known) {
		buf_add(b, "\0", 1);
		return;
	}
	big_endian(n, bytes);
	put(b, bytes, WORD);
}

static void
put_column(struct buf *b, const struct field *f, const struct link *l)
{
	const void *at = field_of(f, l);

	if (f->type == TYPE_INT) {
		put_number(b, true, *(const int64_t *)at);
	} else if (f->type == TYPE_NUMBER) {
		const struct number *n = at;

		put_number(b, n->known, n->n);
	} else if (f->type == TYPE_INSTANT) {
		const struct instant *t = at;

		put_number(b, t->known, t->us);
	} else {
		const char *text = *(const char *const *)at;

		if (text == NULL)
			buf_add(b, "\0", 1);
		else
			put(b, text, strlen(text));
	}
}

void
event_digest(struct arena *a, const struct link *l, unsigned char out[SHA256_BYTES])
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < COUNT(columns); i++)
		put_column(&b, &columns[i], l);
	sha256(b.text, b.len, out);
}

void
chain_hash(const unsigned char before[SHA256_BYTES], int64_t seq,
    const unsigned char digest[SHA256_BYTES], unsigned char out[SHA256_BYTES])
{
	unsigned char all[SHA256_BYTES + WORD + SHA256_BYTES];

	memcpy(all, before, SHA256_BYTES);
	big_endian(seq, all + SHA256_BYTES);
	memcpy(all + SHA256_BYTES + WORD, digest, SHA256_BYTES);
	sha256(all, sizeof(all), out);
}
