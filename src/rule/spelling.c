/* spelling.c: see spelling.h. */
#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/arena.h"
#include "base/text.h"
#include "rule/spelling.h"

enum { FORMS = 40 /* characters that one becomes: U+FDFA, 18 */ };

/* A word as it is being read. */
struct reading {
	char word[WORD_BYTES + 1];
	size_t len, chars;
	bool digit, only_digits;
};

/* What Unicode does not take apart. */
static const struct {
	UChar32 c;
	const char *plain;
} letters[] = {
	{ 0x153, "oe" },
	{ 0x152, "oe" },
	{ 0xe6, "ae" },
	{ 0xc6, "ae" },
	{ 0xdf, "ss" },
	{ 0x1e9e, "ss" },
	{ 0xf8, "o" },
	{ 0xd8, "o" },
	{ 0x142, "l" },
	{ 0x141, "l" },
	{ 0x111, "d" },
	{ 0x110, "d" },
	{ 0x131, "i" },
};

/* The character at *at, which moves behind it; -1 for bytes that are none. */
static UChar32
next_character(const char *text, size_t len, size_t *at)
{
	static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	const size_t n = text_char(text + *at, len - *at);
	UChar32 c;

	if (n == 0) {
		++*at;
		return -1;
	}
	c = (unsigned char)text[*at] & first[n];
	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)text[*at + i] & 0x3f);
	*at += n;
	return c;
}

/* As UTF-8; answers its length. */
static size_t
encode(UChar32 c, char *out)
{
	const size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(first[n] | c);
	return n;
}

static uint32_t
category(UChar32 c)
{
	return UINT32_C(1) << u_charType(c);
}

static bool
is_mark(UChar32 c)
{
	return (category(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}

static bool
in_word(UChar32 c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return u_isalnum(c) || (category(c) & (U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

static void
add(struct reading *r, UChar32 c)
{
	if (r->chars == WORD_CHARS || is_mark(c) || !in_word(c))
		return;
	c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
	r->len += encode(c, r->word + r->len);
	r->chars++;
	r->digit |= u_isdigit(c);
	r->only_digits = r->only_digits && c < 0x80 && u_isdigit(c);
}

static void
fold(struct reading *r, const UNormalizer2 *forms, UChar32 c)
{
	UChar form[FORMS];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = c < 0x80 ? -1 : unorm2_getDecomposition(forms, c, form, FORMS, &e);

	for (size_t i = 0; c >= 0x80 && i < COUNT(letters); i++)
		if (letters[i].c == c) {
			for (const char *p = letters[i].plain; *p != '\0'; p++)
				add(r, *p);
			return;
		}
	if (n < 0 || U_FAILURE(e))
		add(r, c);
	for (int32_t i = 0; i < n && U_SUCCESS(e); i++) {
		UChar32 part = form[i];

		if (part >= 0xd800 && part < 0xdc00 && i + 1 < n)
			part = 0x10000 + ((part - 0xd800) << 10) + (form[++i] - 0xdc00);
		add(r, part);
	}
}

static bool
joins(UChar32 c)
{
	return c == '-' || c == '.' || c == '/' || c == '_' || c == '+' || c == '#' || c == 0x2011;
}

struct reader {
	struct arena *arena;
	const UNormalizer2 *forms;
	const char *text;
	size_t len, at;
	struct spellings out;
	size_t room, most;
};

static struct spelling *
put(struct reader *r, const char *word, size_t len, size_t at, size_t until)
{
	struct spelling *s;

	if (r->out.count == r->room) {
		const size_t room = r->room > 0 ? r->room * 2 : 16;
		struct spelling *more = NEW_ARRAY(r->arena, struct spelling, room);

		if (r->out.count > 0)
			memcpy(more, r->out.at, r->out.count * sizeof(*more));
		r->out.at = more;
		r->room = room;
	}
	s = &r->out.at[r->out.count++];
	*s = (struct spelling){
		.word = arena_text(r->arena, word, len), .at = at, .len = until - at
	};
	return s;
}

/* One run of letters and digits; nothing when none stands there. */
static struct reading
read_word(struct reader *r)
{
	struct reading word = { .only_digits = true };

	while (r->at < r->len && word.chars < WORD_CHARS) {
		size_t next = r->at;
		const UChar32 c = next_character(r->text, r->len, &next);

		if (c < 0 || (!in_word(c) && !(word.chars > 0 && is_mark(c))))
			break;
		fold(&word, r->forms, c);
		r->at = next;
	}
	return word;
}

/* Does another word follow at once, behind a character that joins? */
static bool
goes_on(struct reader *r)
{
	size_t next = r->at, behind;
	UChar32 c;

	if (r->at >= r->len)
		return false;
	c = next_character(r->text, r->len, &next);
	if (!joins(c) || next >= r->len)
		return false;
	behind = next;
	c = next_character(r->text, r->len, &behind);
	if (c < 0 || !in_word(c))
		return false;
	r->at = next;
	return true;
}

static void
put_part(struct reader *r, const struct reading *word, size_t at, bool part)
{
	const size_t zeros = word->only_digits ? strspn(word->word, "0") : 0;

	if (word->len == 0)
		return;
	put(r, word->word, word->len, at, r->at)->part = part;
	if (zeros > 0 && zeros < word->len)
		put(r, word->word + zeros, word->len - zeros, at, r->at)->part = true;
}

/* The parts of what may be a code, then, when it is one, the whole in the place before them. */
static void
read_run(struct reader *r)
{
	const size_t from = r->at, first = r->out.count;
	struct reading whole = { .only_digits = true };
	bool more;
	int parts = 0;

	do {
		const size_t at = r->at;
		struct reading word = read_word(r);
		const size_t room = WORD_BYTES - whole.len;
		const size_t n = word.len < room ? word.len : room;

		put_part(r, &word, at, false);
		whole.digit |= word.digit;
		if (whole.chars + word.chars <= WORD_CHARS) {
			memcpy(whole.word + whole.len, word.word, n);
			whole.len += n;
			whole.chars += word.chars;
		}
		parts++;
		more = goes_on(r);
	} while (more && r->out.count < r->most);
	if (parts < 2 || !whole.digit)
		return;
	put(r, whole.word, whole.len, from, r->at);
	struct spelling code = r->out.at[r->out.count - 1];
	memmove(&r->out.at[first + 1], &r->out.at[first],
	    (r->out.count - 1 - first) * sizeof(*r->out.at));
	code.code = true;
	r->out.at[first] = code;
	for (size_t i = first + 1; i < r->out.count; i++)
		r->out.at[i].part = true;
}

struct spellings
spelling_read(struct arena *a, const char *text, size_t most)
{
	UErrorCode e = U_ZERO_ERROR;
	struct reader r = { .arena = a,
		.forms = unorm2_getNFKDInstance(&e),
		.text = text,
		.len = strlen(text),
		.most = most };

	while (r.at < r.len && r.out.count < most) {
		size_t next = r.at;
		const UChar32 c = next_character(r.text, r.len, &next);

		if (c >= 0 && in_word(c) && !is_mark(c))
			read_run(&r);
		else
			r.at = next;
	}
	if (r.out.count > most)
		r.out.count = most;
	return r.out;
}

struct spellings
spelling_typos(struct arena *a, const char *word)
{
	struct spellings out = { NEW_ARRAY(a, struct spelling, WORD_CHARS + 1), 1 };
	const size_t len = strlen(word), chars = text_length(word);

	out.at[0].word = word;
	for (size_t at = 0, next = 0; chars > 3 && chars <= TYPO_CHARS && at < len; at = next) {
		next_character(word, len, &next);
		const char *without = arena_print(a, "%.*s%s", (int)at, word, word + next);

		/* Of two letters alike either gives the same. */
		if (strcmp(out.at[out.count - 1].word, without) != 0)
			out.at[out.count++].word = without;
	}
	return out;
}

static size_t
characters(const char *word, UChar32 out[WORD_CHARS + 1])
{
	const size_t len = strlen(word);
	size_t n = 0;

	for (size_t at = 0; at < len && n <= WORD_CHARS;)
		out[n++] = next_character(word, len, &at);
	return n;
}

bool
spelling_near(const char *one, const char *two)
{
	UChar32 a[WORD_CHARS + 1], b[WORD_CHARS + 1];
	size_t m = characters(one, a), n = characters(two, b), from = 0, end = 0;

	while (from < m && from < n && a[from] == b[from])
		from++;
	while (end < m - from && end < n - from && a[m - 1 - end] == b[n - 1 - end])
		end++;
	m -= from + end;
	n -= from + end;
	if (m <= 1 && n <= 1)
		return true;
	return m == 2 && n == 2 && a[from] == b[from + 1] && a[from + 1] == b[from];
}
