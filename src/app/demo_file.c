/* demo_file.c: manuals for two machines of the demo plant, one of them in its second version. */
#include "app/demo.h"
#include "base/arena.h"
#include "base/store.h"
#include "base/time.h"
#include "db/db.h"
#include "model/actor.h"
#include "model/attachment.h"
#include "view/paper.h"

enum { LINES = 6, MANUALS = 3 };

static const struct {
	int machine; /* the nth of the plant */
	bool newer;  /* of the one before it */
	const char *name, *title, *edition;
	const char *care[LINES][3]; /* what, how often, with what */
} manuals[MANUALS] = {
	{ 0, false, "press-manual-2021.pdf", "Operating and maintenance manual", "Edition 2021",
	    { { "Check the light curtain", "each shift", "test rod 14 mm" },
		{ "Look at the oil level", "each day", "sight glass, between the marks" },
		{ "Grease the slide ways", "each week", "lithium grease, 4 points" },
		{ "Tighten the tie rods", "every 6 months", "torque as on the plate" },
		{ "Change the hydraulic oil", "every 4000 hours", "HLP 46, 240 l" } } },
	{ 0, true, "press-manual-2024.pdf", "Operating and maintenance manual", "Edition 2024",
	    { { "Check the light curtain", "each shift", "test rod 14 mm" },
		{ "Look at the oil level", "each day", "sight glass, between the marks" },
		{ "Grease the slide ways", "each day", "central lubrication, level" },
		{ "Change the return filter", "every 1000 hours", "element 10 µm" },
		{ "Tighten the tie rods", "every 6 months", "torque as on the plate" },
		{ "Change the hydraulic oil", "every 3000 hours", "HLP 46, 240 l" } } },
	{ 1, false, "data-sheet.pdf", "Data sheet and lubrication chart", "Sheet 3 of 7",
	    { { "Main motor", "", "37 kW, 1480 1/min" }, { "Supply", "", "400 V, 50 Hz, 80 A" },
		{ "Air", "", "6 bar, 120 l/min" },
		{ "Hydraulic oil", "every 4000 hours", "HLP 46" },
		{ "Slide ways", "each week", "lithium grease NLGI 2" } } },
};

static const struct field machine_fields[] = {
	FIELD(struct place, id),
	FIELD(struct place, title),
	FIELD(struct place, department_id),
};

static const struct shape machine_shape_of = SHAPE(struct place, machine_fields);

static enum status
print(struct arena *a, size_t which, const char *machine, struct paper_bytes *out)
{
	static const struct paper_style large = { PAPER_BOLD, 24, 0, PAPER_LEFT };
	static const struct paper_style plain = { PAPER_PLAIN, 11, 0, PAPER_LEFT };
	static const struct paper_style grey = { PAPER_PLAIN, 11, 0.4, PAPER_LEFT };
	static const struct paper_column columns[] = {
		{ "What", 0.4, PAPER_LEFT },
		{ "How often", 0.25, PAPER_LEFT },
		{ "How, with what", 0.35, PAPER_LEFT },
	};
	static const struct paper_table table = { columns, COUNT(columns), 9 };
	struct paper *p = paper_begin(a, PAPER_FONTS, manuals[which].title);

	paper_flow(p, &(struct paper_flow){ 22, 22, 26, 20, NULL, machine });
	paper_paragraph(p, &large, machine);
	paper_move(p, 4);
	paper_paragraph(p, &large, manuals[which].title);
	paper_paragraph(p, &grey, manuals[which].edition);
	paper_move(p, 10);
	paper_paragraph(p, &plain,
	    "Before any work: switch off at the main switch, lock it, release the pressure, and "
	    "wait until nothing moves.");
	paper_move(p, 6);
	paper_table_head(p, &table);
	for (size_t i = 0; i < LINES && manuals[which].care[i][0] != NULL; i++)
		paper_table_row(p, &table, manuals[which].care[i]);
	return paper_end(p, out);
}

static enum status
attach(const struct actor *by, const char *root, size_t which, int64_t *last)
{
	static const char find[] = "SELECT id, name AS title, department_id FROM machine"
				   " WHERE archived_at IS NULL AND id >= ? ORDER BY id LIMIT 1";
	const int64_t from = manuals[which].machine + 1;
	struct place at = { 0 };
	struct paper_bytes pdf;
	char *hex = arena_alloc(by->arena, STORE_HEX + 1, 1);
	bool joined;
	enum status e = db_row(by->db, by->arena, find, ARGS(ARG(from)), &machine_shape_of, &at);

	if (!e)
		e = print(by->arena, which, at.title, &pdf);
	if (e)
		return e;
	at.kind = "machine";
	at.machine_id = at.id;
	store_name(pdf.at, pdf.len, hex);
	return attachment_put(by, &at,
	    &(struct stored){ .sha256 = hex,
		.size = (int64_t)pdf.len,
		.type = "application/pdf",
		.name = manuals[which].name,
		.title = manuals[which].title,
		.category = "MANUAL",
		.drawn = true,
		.root = root,
		.bytes = pdf.at },
	    manuals[which].newer ? *last : 0, last, &joined);
}

enum status
demo_files(struct db *db, struct arena *arena, const char *root)
{
	static const char who[] = "SELECT MIN(id) FROM user WHERE role = 'ADMIN'";
	static const char name[] = "SELECT id, name AS title, id AS department_id FROM user"
				   " WHERE id = ?";
	struct actor by = { .db = db, .arena = arena, .role = ADMIN, .departments = "" };
	struct place person = { 0 };
	int64_t last = 0;
	enum status e;

	by.now = now();
	e = db_int(db, who, NO_ARGS, &by.user_id);
	if (!e)
		e = db_row(db, arena, name, ARGS(ARG(by.user_id)), &machine_shape_of, &person);
	by.name = person.title;
	if (!e)
		e = db_begin(db);
	if (e)
		return e;
	for (size_t i = 0; !e && i < MANUALS; i++)
		e = attach(&by, root, i, &last);
	return db_end(db, e);
}
