/* import_open.c: what an import is, before its first row: people, columns, languages. */
#include <string.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "db/db.h"
#include "job/import_inside.h"
#include "job/job.h"
#include "model/plant.h"
#include "model/user.h"
#include "view/catalogue.h"
#include "view/locale.h"

/* ---- a set of hashes ---- */

static size_t
place(const struct hashes *h, uint64_t key)
{
	size_t i = key & (h->room - 1);

	while (h->key[i] != 0 && h->key[i] != key)
		i = (i + 1) & (h->room - 1);
	return i;
}

int64_t
hashes_find(const struct hashes *h, uint64_t key)
{
	return h->room == 0 ? 0 : h->value[place(h, key)];
}

static void
grow(struct hashes *h)
{
	const struct hashes old = *h;

	h->room = old.room > 0 ? old.room * 4 : 1024;
	h->key = NEW_ARRAY(h->arena, uint64_t, h->room);
	h->value = NEW_ARRAY(h->arena, int64_t, h->room);
	for (size_t i = 0; i < old.room; i++) {
		const size_t to = old.key[i] != 0 ? place(h, old.key[i]) : 0;

		if (old.key[i] == 0)
			continue;
		h->key[to] = old.key[i];
		h->value[to] = old.value[i];
	}
}

void
hashes_put(struct hashes *h, uint64_t key, int64_t value)
{
	size_t i;

	if (h->room == 0 || h->count * 4 > h->room * 3)
		grow(h);
	i = place(h, key);
	h->count += h->key[i] == 0;
	h->key[i] = key;
	h->value[i] = value;
}

/* ---- the import ---- */

/* Files may be French in an English plant: the labels of every language count. */
static const char *
french(const void *with, size_t i, const char *msgid)
{
	return i == 0 ? catalogue_text(with, msgid) : NULL;
}

static struct instant
parse_time(void *locale, const char *text)
{
	return locale_instant_parse(locale, text);
}

static const char *
show_time(void *locale, struct arena *a, struct instant at)
{
	return locale_input(locale, a, at);
}

static enum status
open_languages(struct load *l)
{
	struct plant plant = { 0 };
	enum status e = plant_find(&l->by, &plant);

	if (e)
		return e;
	l->french = catalogue_read(l->forever, l->turn->config->templates, "fr");
	l->labels = (struct import_labels){ french, l->french };
	l->locale = locale_open("en", plant.zone, plant.currency);
	if (l->locale == NULL)
		return FAILED;
	l->zone = (struct form_zone){ parse_time, show_time, l->locale };
	return OK;
}

/* Its events are of who has begun it, and so are its rights. */
static enum status
become(struct load *l)
{
	struct user u = { 0 };
	enum status e = user_find(&l->by, l->im.user_id, &u);

	if (e)
		return e;
	l->by.user_id = u.id;
	l->by.name = u.name;
	l->by.role = role_of(u.role);
	l->by.departments = "";
	if (!u.archived_at.known && permission_reach(l->by.role, l->target.edit) != REACH_NONE)
		return OK;
	l->failure = "Who began it may not do that any more.";
	return INVALID;
}

/* Line i of a text; the text itself moves on. */
static const char *
line_of(struct arena *a, const char **text)
{
	const size_t len = strcspn(*text, "\n");
	const char *line = arena_text(a, *text, len);

	*text += len + ((*text)[len] == '\n');
	return line;
}

static int
rule_of(const struct load *l, const char *member)
{
	for (size_t i = 0; *member != '\0' && i < l->target.form->count; i++)
		if (strcmp(l->target.form->rules[i].field.name, member) == 0)
			return (int)i;
	return -1;
}

static size_t
count_lines(const char *text)
{
	size_t n = *text != '\0';

	for (; *text != '\0'; text++)
		n += *text == '\n' && text[1] != '\0';
	return n;
}

static void
read_mapping(struct load *l)
{
	const char *mapping = l->im.mapping, *headers = l->im.headers, *given = l->im.given;
	const size_t rules = l->target.form->count;

	l->column_count = count_lines(headers);
	l->member = NEW_ARRAY(l->forever, int, l->column_count + 1);
	l->headers = NEW_ARRAY(l->forever, const char *, l->column_count + 1);
	l->column = NEW_ARRAY(l->forever, int, rules);
	l->given = NEW_ARRAY(l->forever, const char *, rules);
	l->refs = NEW_ARRAY(l->forever, struct ref *, rules);
	for (size_t i = 0; i < rules; i++)
		l->column[i] = -1;
	for (size_t c = 0; c < l->column_count; c++) {
		l->headers[c] = line_of(l->forever, &headers);
		l->member[c] = rule_of(l, line_of(l->forever, &mapping));
		if (l->member[c] >= 0)
			l->column[l->member[c]] = (int)c;
	}
	while (*given != '\0') {
		const char *line = line_of(l->forever, &given);
		const size_t len = strcspn(line, "\t");
		const int rule = rule_of(l, arena_text(l->forever, line, len));

		if (rule >= 0 && line[len] == '\t' && line[len + 1] != '\0')
			l->given[rule] = line + len + 1;
	}
	for (size_t i = l->target.own; i < rules; i++)
		l->has_extra = l->has_extra || l->column[i] >= 0 || l->given[i] != NULL ||
			       l->target.form->rules[i].required;
}

enum status
load_aside(struct load *l)
{
	const struct config *c = l->turn->config;
	struct db_config *account = NEW(l->forever, struct db_config);

	*account = (struct db_config){ .socket = c->db_socket,
		.host = c->db_host,
		.port = c->db_port,
		.user = c->db_user,
		.password = c->db_password,
		.schema = l->turn->schema };
	l->other.db = db_open(account);
	return db_ready(l->other.db);
}

static const struct load_kind *
kind_of(const struct import_target *t)
{
	static const struct load_kind *const kinds[] = { &load_order, &load_stop, &load_movement,
		&load_reading, &load_stock };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i]->kind, t->kind) == 0)
			return kinds[i];
	return &load_register;
}

enum status
load_open(struct load *l, const struct job_turn *turn, struct import *im)
{
	enum status e;

	l->turn = turn;
	l->im = *im;
	l->batch = arena_new();
	l->aside = arena_new();
	l->by = *turn->by;
	l->by.arena = l->forever;
	l->other = *turn->by;
	l->other.arena = l->aside;
	l->seen.arena = l->file.arena = l->aliases.arena = l->forever;
	l->named.arena = l->departments.arena = l->codes.arena = l->forever;
	l->away.arena = l->people.arena = l->technicians.arena = l->numbers.arena = l->forever;
	if (!import_target_find(im->kind, &l->target)) {
		l->failure = "There is no such register any more.";
		return INVALID;
	}
	l->kind = kind_of(&l->target);
	e = load_aside(l);
	if (!e)
		e = become(l);
	if (!e)
		e = open_languages(l);
	if (e)
		return e;
	e = import_extend(&l->by, &l->target, &l->extra);
	if (e)
		return e;
	read_mapping(l);
	e = refs_open(l);
	l->by.arena = l->batch;
	return e;
}

void
load_close(struct load *l)
{
	if (l->other.db != NULL)
		db_close(l->other.db);
	if (l->locale != NULL)
		locale_close(l->locale);
	if (l->batch != NULL)
		arena_free(l->batch);
	if (l->aside != NULL)
		arena_free(l->aside);
}
