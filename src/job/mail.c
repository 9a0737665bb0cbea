/* mail.c: see mail.h. */
#include <curl/curl.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "job/mail.h"
#include "job/mail_text.h"

enum { CONNECT_SECONDS = 5, ALL_SECONDS = 20 };

struct letter {
	struct arena *arena;
	const struct mail_config *config;
	const struct mail_message *message;
	const char *from_name, *from;
	CURL *curl;
	curl_mime *mime;
	struct curl_slist *headers, *to;
	char why[CURL_ERROR_SIZE];
};

static bool
is_letter(const struct mail_message *m)
{
	if (!mail_is_address(m->to) || !mail_is_address(m->message_id) || !m->date.known ||
	    m->subject == NULL || !mail_is_line(m->subject) || !mail_is_line(m->to_name))
		return false;
	return m->text != NULL && text_is_utf8(m->text, strlen(m->text)) &&
	       (m->html == NULL || text_is_utf8(m->html, strlen(m->html)));
}

static bool
append(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (longer == NULL)
		return false;
	*list = longer;
	return true;
}

static bool
headers_make(struct letter *l)
{
	const struct mail_message *m = l->message;
	struct arena *a = l->arena;
	const char *const lines[] = {
		arena_print(a, "Date: %s", mail_date(a, m->date)),
		arena_print(a, "From: %s", mail_mailbox(a, l->from_name, l->from)),
		arena_print(a, "To: %s", mail_mailbox(a, m->to_name, m->to)),
		arena_print(a, "Subject: %s", mail_words(a, m->subject)),
		arena_print(a, "Message-ID: <%s>", m->message_id),
		"Auto-Submitted: auto-generated",
		"Content-Type: multipart/alternative",
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		if (!append(&l->headers, lines[i]))
			return false;
	return append(&l->to, arena_print(a, "<%s>", m->to));
}

static bool
part_add(struct letter *l, const char *type, const char *text)
{
	curl_mimepart *part;

	if (text_empty(text))
		return true;
	part = curl_mime_addpart(l->mime);
	return part != NULL && curl_mime_type(part, type) == CURLE_OK &&
	       curl_mime_data(part, mail_lines(l->arena, text), CURL_ZERO_TERMINATED) == CURLE_OK &&
	       curl_mime_encoder(part, "quoted-printable") == CURLE_OK;
}

/* The last part is the one that a reader prefers. */
static bool
body_make(struct letter *l)
{
	l->mime = curl_mime_init(l->curl);
	return l->mime != NULL &&
	       part_add(l, "text/plain; charset=utf-8",
		   text_empty(l->message->text) ? " " : l->message->text) &&
	       part_add(l, "text/html; charset=utf-8", l->message->html);
}

static bool
is_here(struct arena *a, const char *url)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };
	const char *host = strstr(url, "://");

	host = host == NULL ? url : host + 3;
	for (size_t i = 0; i < COUNT(names); i++) {
		size_t len = strlen(names[i]);

		if (text_starts(text_lower(a, host), names[i]) && strchr(":/", host[len]) != NULL)
			return true;
	}
	return false;
}

/* TLS when the server offers it; a password leaves this machine in no other way. */
static void
sign_in(struct letter *l)
{
	const struct mail_config *c = l->config;
	bool secret = !text_empty(c->user) && !text_empty(c->password);

	curl_easy_setopt(l->curl, CURLOPT_USE_SSL,
	    secret && !is_here(l->arena, c->url) ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
	if (!secret)
		return;
	curl_easy_setopt(l->curl, CURLOPT_USERNAME, c->user);
	curl_easy_setopt(l->curl, CURLOPT_PASSWORD, c->password);
}

static CURLcode
set_up(struct letter *l)
{
	CURL *c = l->curl;

	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, l->why);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)ALL_SECONDS);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, arena_print(l->arena, "<%s>", l->from));
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, l->to);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, l->headers);
	curl_easy_setopt(c, CURLOPT_MIMEPOST, l->mime);
	sign_in(l);
	if (curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps") != CURLE_OK)
		return CURLE_UNSUPPORTED_PROTOCOL;
	return curl_easy_setopt(c, CURLOPT_URL, l->config->url);
}

/* A refused sign-in is also a 5xx, but the letter is not at fault: it waits for the remedy. */
static enum status
judge(struct letter *l, CURLcode result)
{
	const char *why = l->why[0] == '\0' ? curl_easy_strerror(result) : l->why;
	const char *id = l->message->message_id;
	long code = 0;

	if (result == CURLE_OK)
		return OK;
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, &code);
	if (result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL ||
	    result == CURLE_OUT_OF_MEMORY) {
		log_error("mail: %s cannot be used: %s", l->config->url, why);
		return FAILED;
	}
	if (code / 100 == 5 && result != CURLE_LOGIN_DENIED && result != CURLE_USE_SSL_FAILED) {
		log_warn("mail: <%s> refused for good: %ld, %s", id, code, why);
		return INVALID;
	}
	log_warn("mail: <%s> not sent, later again: %ld, %s", id, code, why);
	return RETRY;
}

static enum status
letter_send(struct letter *l)
{
	CURLcode result;

	if (!headers_make(l) || !body_make(l)) {
		log_error("mail: out of memory");
		return FAILED;
	}
	result = set_up(l);
	if (result == CURLE_OK)
		result = curl_easy_perform(l->curl);
	return judge(l, result);
}

static enum status
letter_begin(struct letter *l)
{
	if (text_empty(l->config->url) ||
	    !mail_split(l->arena, l->config->from, &l->from_name, &l->from)) {
		log_error("mail: smtp_url or mail_from is missing or wrong");
		return FAILED;
	}
	if (!is_letter(l->message)) {
		log_warn("mail: a letter with a bad address, header or text was not sent");
		return INVALID;
	}
	l->curl = curl_easy_init();
	if (l->curl == NULL) {
		log_error("mail: libcurl does not start");
		return FAILED;
	}
	return letter_send(l);
}

enum status
mail_send(const struct mail_config *config, const struct mail_message *message)
{
	struct letter l = { .arena = arena_new(), .config = config, .message = message };
	enum status e = letter_begin(&l);

	curl_mime_free(l.mime);
	curl_slist_free_all(l.headers);
	curl_slist_free_all(l.to);
	curl_easy_cleanup(l.curl);
	arena_free(l.arena);
	return e;
}
