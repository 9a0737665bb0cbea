/* job_mail_test.c: letters to a small SMTP server of our own, which writes down what it hears. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <openssl/evp.h>
#include <signal.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/time.h"
#include "job/mail.h"
#include "job/mail_text.h"
#include "smtp_sink.h"
#include "tool.h"

static const struct mail_message letter = {
	.to = "marie@plant.example",
	.to_name = "Marie Roux",
	.subject = "Work order WO-000124",
	.text = "Hello",
	.message_id = "wo-124.7@plant.example",
	.date = { true, INT64_C(1795266000000000) },
};

static enum status
post(struct fixture *f, const struct manner *m, const struct mail_message *message)
{
	const struct mail_config config = { .from = "Millwright <millwright@plant.example>" };
	struct mail_config c = config;
	enum status e;

	server_begin(f, m);
	c.url = f->url;
	e = mail_send(&c, message);
	if (file_get(f->heard, f->text, HEARD) < 0)
		f->text[0] = '\0';
	return e;
}

static bool
heard(const struct fixture *f, const char *text)
{
	return strstr(f->text, text) != NULL;
}

/* The encoded words of a header put together again. */
static const char *
decoded(struct fixture *f, const char *header)
{
	struct buf b = { .arena = f->arena };
	const char *at = strstr(f->text, header), *end;
	unsigned char bytes[256];
	int n;

	assert_non_null(at);
	for (at += strlen(header); strncmp(at, "=?UTF-8?B?", 10) == 0;) {
		end = strstr(at, "?=");
		assert_in_range(end + 2 - at, 12, 75);
		n = EVP_DecodeBlock(bytes, (const unsigned char *)at + 10, (int)(end - at - 10));
		n -= (end[-1] == '=') + (end[-2] == '=');
		buf_add(&b, (const char *)bytes, (size_t)n);
		at = end + 2;
		if (strncmp(at, "\r\n ", 3) == 0)
			at += 3;
	}
	return b.text;
}

static void
test_letter(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(post(f, &(struct manner){ 0 }, &letter), OK);
	assert_true(heard(f, "MAIL FROM:<millwright@plant.example>"));
	assert_true(heard(f, "RCPT TO:<marie@plant.example>"));
	assert_true(heard(f, "From: \"Millwright\" <millwright@plant.example>\r\n"));
	assert_true(heard(f, "To: \"Marie Roux\" <marie@plant.example>\r\n"));
	assert_true(heard(f, "Subject: Work order WO-000124\r\n"));
	assert_true(heard(f, "Message-ID: <wo-124.7@plant.example>\r\n"));
	assert_true(heard(f, "Date: Sat, 21 Nov 2026 13:00:00 +0000\r\n"));
	assert_true(heard(f, "Mime-Version: 1.0\r\n"));
	assert_true(heard(f, "\r\n\r\nHello\r\n"));
	assert_false(heard(f, "AUTH"));
}

static void
test_accents(void **state)
{
	static const char subject[] =
	    "\xc3\x89"
	    "chauffement anormal \xe2\x80\x94 presse n\xc2\xba 3 : arr\xc3\xaat imm\xc3\xa9"
	    "diat demand\xc3\xa9 par l\xe2\x80\x99op\xc3\xa9rateur"
	    " \xf0\x9f\x94\xa5\xf0\x9f\x94\xa5";
	struct fixture *f = *state;
	struct mail_message m = letter;

	m.subject = subject;
	m.to_name = "Jean-No\xc3\xabl Lef\xc3\xa8vre";
	assert_int_equal(post(f, &(struct manner){ 0 }, &m), OK);
	assert_string_equal(decoded(f, "\r\nSubject: "), subject);
	assert_string_equal(decoded(f, "\r\nTo: "), m.to_name);
	m.subject = "=?UTF-8?B?QQ==?=";
	m.to_name = "Roux, \"Marie\"";
	assert_int_equal(post(f, &(struct manner){ 0 }, &m), OK);
	assert_string_equal(decoded(f, "\r\nSubject: "), m.subject);
	assert_true(heard(f, "\r\nTo: \"Roux, \\\"Marie\\\"\" <marie@plant.example>\r\n"));
}

/* Quoted-printable taken off the text part, dots at line starts too. */
static void
unquote(char *text)
{
	char *to = text;
	unsigned code;

	for (const char *c = text; *c != '\0';) {
		if (strncmp(c, "=\r\n", 3) == 0) {
			c += strncmp(c + 3, "..", 2) == 0 ? 4 : 3;
		} else if (*c == '=' && sscanf(c + 1, "%2X", &code) == 1) {
			*to++ = (char)code;
			c += 3;
		} else if (strncmp(c, "\r\n..", 4) == 0) {
			memcpy(to, "\r\n.", 3);
			to += 3;
			c += 4;
		} else {
			*to++ = *c++;
		}
	}
	*to = '\0';
}

static void
test_body(void **state)
{
	struct fixture *f = *state;
	struct mail_message m = letter;
	struct buf text = { .arena = f->arena };

	for (int i = 0; i < 200; i++)
		buf_print(&text, "%s\xc3\xa9t\xc3\xa9 = %d %s", i % 7 == 0 ? "\n.\n.." : "", i,
		    i % 5 == 0 ? "\r\n" : "");
	m.text = text.text;
	m.html = "<p>Zwei &amp; drei: <b>\xc3\xbc</b></p>";
	assert_int_equal(post(f, &(struct manner){ 0 }, &m), OK);
	for (const char *line = f->text, *end; (end = strstr(line, "\r\n")) != NULL; line = end + 2)
		assert_in_range(end - line, 0, 120);
	assert_true(heard(f, "Content-Type: multipart/alternative; boundary="));
	assert_true(heard(f, "Content-Type: text/plain; charset=utf-8\r\n"));
	assert_true(heard(f, "Content-Type: text/html; charset=utf-8\r\n"));
	assert_false(heard(f, "multipart/mixed"));
	unquote(f->text);
	assert_true(heard(f, mail_lines(f->arena, m.text)));
	assert_true(heard(f, m.html));
	m.text = "";
	m.html = NULL;
	assert_int_equal(post(f, &(struct manner){ 0 }, &m), OK);
}

static void
test_outcomes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(post(f, &(struct manner){ .rcpt = "450 busy" }, &letter), RETRY);
	assert_int_equal(post(f, &(struct manner){ .rcpt = "550 no such user" }, &letter), INVALID);
	assert_int_equal(post(f, &(struct manner){ .end = "451 later" }, &letter), RETRY);
	assert_int_equal(post(f, &(struct manner){ .end = "554 spam" }, &letter), INVALID);
	assert_int_equal(post(f, &(struct manner){ .hang_up = true }, &letter), RETRY);
}

static void
test_no_server(void **state)
{
	struct mail_config c = { "smtp://127.0.0.1:1", NULL, NULL, "a@b.example" };

	(void)state;
	assert_int_equal(mail_send(&c, &letter), RETRY);
	c.url = "http://127.0.0.1:1";
	assert_int_equal(mail_send(&c, &letter), FAILED);
	c.url = "file:///etc/passwd";
	assert_int_equal(mail_send(&c, &letter), FAILED);
	c.url = NULL;
	assert_int_equal(mail_send(&c, &letter), FAILED);
	c.url = "smtp://127.0.0.1:1";
	c.from = "nobody";
	assert_int_equal(mail_send(&c, &letter), FAILED);
}

static void
test_sign_in(void **state)
{
	static const char login[] = "250-sink\r\n250 AUTH PLAIN";
	struct fixture *f = *state;
	struct mail_config c = { NULL, "plant", "secret", "millwright@plant.example" };

	server_begin(f, &(struct manner){ .ehlo = login });
	c.url = f->url;
	assert_int_equal(mail_send(&c, &letter), OK);
	file_get(f->heard, f->text, HEARD);
	assert_true(heard(f, "AUTH PLAIN\r\n" SECRET "\r\n"));
	server_begin(f, &(struct manner){ .ehlo = login, .auth = "535 wrong" });
	c.url = f->url;
	assert_int_equal(mail_send(&c, &letter), RETRY);
	/* Not this machine by name, and no TLS: the password is kept. */
	server_begin(f, &(struct manner){ .ehlo = login, .address = "127.0.0.2" });
	c.url = f->url;
	assert_int_equal(mail_send(&c, &letter), RETRY);
	file_get(f->heard, f->text, HEARD);
	assert_false(heard(f, "AUTH"));
}

/* None of these may reach a server at all. */
static void
test_injection(void **state)
{
	static const char *const addresses[] = { "", "x", "@b.example", "a@", "a@b\r\nBcc: c@d",
		"a@b.example>\r\nDATA", "a b@c.example", "<a@b.example>", "a@b@c", "a,b@c.example",
		"\xc3\xa9@b.example", "a@-b.example", "a@b.example\n" };
	static const char *const lines[] = { "a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\tb",
		"\x7f", "\xc0\xaf" };
	struct fixture *f = *state;
	struct mail_message m;

	for (size_t i = 0; i < COUNT(addresses); i++) {
		m = letter;
		m.to = addresses[i];
		assert_int_equal(post(f, &(struct manner){ 0 }, &m), INVALID);
		assert_string_equal(f->text, "");
		m = letter;
		m.message_id = addresses[i];
		assert_int_equal(post(f, &(struct manner){ 0 }, &m), INVALID);
	}
	for (size_t i = 0; i < COUNT(lines); i++) {
		m = letter;
		m.subject = lines[i];
		assert_int_equal(post(f, &(struct manner){ 0 }, &m), INVALID);
		m = letter;
		m.to_name = lines[i];
		assert_int_equal(post(f, &(struct manner){ 0 }, &m), INVALID);
		assert_string_equal(f->text, "");
	}
	m = letter;
	m.text = "a\r\n.\r\nMAIL FROM:<evil@x.example>\r\n";
	assert_int_equal(post(f, &(struct manner){ 0 }, &m), OK);
	assert_true(heard(f, "\r\n..\r\nMAIL FROM:<evil") || heard(f, "\r\n=2E\r\n"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_letter),
		TEST(test_accents),
		TEST(test_body),
		TEST(test_outcomes),
		TEST(test_no_server),
		TEST(test_sign_in),
		TEST(test_injection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
