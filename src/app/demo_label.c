/* demo_label.c: the demo plant's label printers, and what visitors have reported there today. */
#include "app/demo_inside.h"
#include "base/arena.h"
#include "base/money.h"
#include "base/secret.h"
#include "base/time.h"

static const struct {
	const char *name, *kind, *host, *note;
	int right; /* tenths of a millimetre */
} printers[] = {
	{ "Office, second floor", "PAPER", "", "Tray 2: A4 sheets of 3 × 7", 8 },
	{ "Store", "ZPL", "labels.demo.example", "Polyester, 50 × 30 mm", 0 },
};

static const struct {
	size_t machine;
	const char *name, *text;
	bool down;
	int minutes; /* ago */
} reports[] = {
	{ 2, "Luc, forklift driver", "A puddle of oil below the table, it grows.", false, 35 },
	{ 14, "Temp worker, line 2", "It stopped by itself and the red light blinks.", true, 12 },
};

static enum status
printers_write(struct demo *d)
{
	static const char sql[] = "INSERT INTO printer (id, name, kind, host, note, offset_x)"
				  " VALUES (?, ?, ?, ?, ?, ?)";
	enum status e = OK;

	for (size_t i = 0; !e && i < COUNT(printers); i++) {
		const int64_t id = (int64_t)i + 1;

		e = db_change(d->db, sql,
		    ARGS(ARG(id), ARG(printers[i].name), ARG(printers[i].kind),
			ARG(printers[i].host), ARG(printers[i].note),
			ARG(decimal(printers[i].right * DECIMAL_ONE / 10))),
		    NULL);
		demo_say_created(d, "printer", id, printers[i].name, printers[i].name);
	}
	return e;
}

/* The machine is open to visitors, and one has been there. */
static enum status
report_write(struct demo *d, size_t i)
{
	static const char open[] = "UPDATE machine SET open_report = 'ON' WHERE id = ?";
	static const char sql[] =
	    "INSERT INTO open_report (id, digest, machine_id, department_id, said_name,"
	    " description, machine_down, reported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	const struct demo_machine *m = &d->machines[reports[i].machine % d->machine_count];
	const struct instant at = instant_add(d->now, -reports[i].minutes * MINUTE);
	const int64_t id = (int64_t)i + 1, department = d->department + m->group->department;
	unsigned char digest[SHA256_BYTES];
	enum status e = db_change(d->db, open, ARGS(ARG(m->id)), NULL);

	random_bytes(digest, sizeof(digest));
	if (!e)
		e = db_change(d->db, sql,
		    ARGS(ARG(id), arg_bytes(digest, sizeof(digest)), ARG(m->id), ARG(department),
			ARG(reports[i].name), ARG(reports[i].text), ARG(reports[i].down), ARG(at)),
		    NULL);
	demo_say(d, &(struct demo_event){ .at = at,
			.person = NOBODY,
			.act = "open_report.made",
			.kind = "open_report",
			.record_id = id,
			.title = m->number,
			.machine_id = m->id,
			.department_id = department });
	return e;
}

enum status
demo_labels(struct demo *d)
{
	enum status e = printers_write(d);

	for (size_t i = 0; !e && i < COUNT(reports); i++)
		e = report_write(d, i);
	return e;
}
