/* search_kind.c: the kinds of records that are found, in one table; see search_inside.h. */
#include "model/scope.h"
#include "model/search_inside.h"

static const struct word kinds[] = {
	{ "MACHINE", "Machines" },
	{ "WORK_ORDER", "Work orders" },
	{ "PART", "Parts" },
	{ "PERSON", "People" },
	{ "DOCUMENT", "Documents" },
};

const struct words search_kind_words = WORDS(kinds);

_Static_assert(COUNT(kinds) == SEARCH_KINDS - 1, "a word for each kind");

static const struct field source_fields[] = {
	FIELD(struct search_source, id),
	FIELD(struct search_source, title),
	FIELD(struct search_source, words),
	FIELD(struct search_source, department_id),
	FIELD(struct search_source, assignee_id),
	FIELD(struct search_source, reporter_id),
	FIELD(struct search_source, free),
	FIELD(struct search_source, archived),
	FIELD(struct search_source, uses),
	FIELD(struct search_source, place),
};

const struct shape search_source_shape = SHAPE(struct search_source, source_fields);

static const struct field hit_fields[] = {
	FIELD(struct search_hit, kind),
	FIELD(struct search_hit, id),
	FIELD(struct search_hit, path),
	FIELD(struct search_hit, number),
	FIELD(struct search_hit, name),
	FIELD(struct search_hit, detail),
	FIELD(struct search_hit, state),
	FIELD(struct search_hit, text),
	FIELD(struct search_hit, archived),
};

const struct shape search_hit_shape = SHAPE(struct search_hit, hit_fields);

static const struct field word_fields[] = {
	FIELD(struct search_word, id),
	FIELD(struct search_word, word),
	FIELD(struct search_word, uses),
};

const struct shape search_word_shape = SHAPE(struct search_word, word_fields);

const struct search_place search_places[SEARCH_PLACES] = {
	[PLACE_WORK_ORDER] = { "work_order", WORK_ORDER_VIEW },
	{ "machine", MACHINE_VIEW },
	{ "machine_model", MODEL_VIEW },
	{ "part", PART_VIEW },
	{ "location", LOCATION_VIEW },
	{ "vendor", VENDOR_VIEW },
	{ "department", DEPARTMENT_VIEW },
};

#define NOBODYS \
	"NULL AS department_id, NULL AS assignee_id, NULL AS reporter_id, FALSE AS free, '' AS " \
	"place,"

/* A label's code, and as it is typed in one: of letters alone, nothing tells that it is a code. */
#define CODE " x.code, REPLACE(x.code, '-', '')"

/* What a record has beside its columns: texts in custom fields, tags, names of merged ones. */
#define BESIDE(kind) \
	" (SELECT GROUP_CONCAT(v.text SEPARATOR ' ') FROM custom_value v JOIN custom_field f" \
	" ON f.id = v.custom_field_id AND f.kind = '" kind "' WHERE v.record_id = x.id)," \
	" (SELECT GROUP_CONCAT(t.name SEPARATOR ' ') FROM tagging g JOIN tag t ON t.id = g.tag_id" \
	" WHERE g.kind = '" kind "' AND g.record_id = x.id)," \
	" (SELECT GROUP_CONCAT(a.text SEPARATOR ' ') FROM alias a WHERE a.kind = '" kind "'" \
	" AND a.record_id = x.id)"

const struct search_kind_table search_tables[SEARCH_KINDS] = {
	[SEARCH_MACHINE] = {
		.source = "SELECT x.id, CONCAT_WS(' ', x.number, x.name) AS title, CONCAT_WS(' ',"
			  CODE ", x.location, x.manufacturer, x.model, x.serial_number, d.name,"
			  " o.name, o.manufacturer, l.number, l.name," BESIDE("machine") ")"
			  " AS words, " NOBODYS
			  " x.archived_at IS NOT NULL AS archived, (SELECT COUNT(*) FROM work_order"
			  " w WHERE w.machine_id = x.id) AS uses FROM machine x"
			  " JOIN department d ON d.id = x.department_id"
			  " LEFT JOIN machine_model o ON o.id = x.machine_model_id"
			  " LEFT JOIN location l ON l.id = x.location_id WHERE ",
		.hits = "SELECT 1 AS kind, x.id, CONCAT('/machines/', x.id) AS path, x.number,"
			" x.name,"
			" CONCAT_WS(' · ', d.name, NULLIF(x.location, ''),"
			" NULLIF(CONCAT_WS(' ', x.manufacturer, x.model), ' '),"
			" NULLIF(x.serial_number, '')) AS detail, x.status AS state, '' AS text,"
			" x.archived_at IS NOT NULL AS archived FROM machine x"
			" JOIN department d ON d.id = x.department_id WHERE x.id",
		.batch = 500,
		.view = MACHINE_VIEW,
	},
	[SEARCH_WORK_ORDER] = {
		.source = "SELECT x.id, '' AS title, CONCAT_WS(' ', m.number, m.name,"
			  " x.description, x.resolution, x.cancel_reason, p.name, p.name_fr)"
			  " AS words, x.department_id, x.assignee_id, x.reporter_id,"
			  " x.assignee_id IS NULL AND x.state = 'PENDING' AS free,"
			  " FALSE AS archived, x.state IN ('PENDING', 'IN_PROGRESS',"
			  " 'WAITING_PARTS') AS uses, '' AS place FROM work_order x"
			  " JOIN machine m ON m.id = x.machine_id"
			  " LEFT JOIN failure_code p ON p.id = x.problem_code_id WHERE ",
		/* Takes LANGUAGE, SCOPE_ARGS. */
		.hits = "SELECT 2 AS kind, w.id, CONCAT('/work-orders/', w.id) AS path,"
			" w.number,"
			" COALESCE(" CODE_NAME("p") ", '') AS name,"
			" CONCAT(m.number, ' ', m.name) AS detail, w.state,"
			" CONCAT_WS(' — ', w.description, w.resolution) AS text,"
			" FALSE AS archived FROM work_order w"
			" JOIN machine m ON m.id = w.machine_id"
			" LEFT JOIN failure_code p ON p.id = w.problem_code_id WHERE " SCOPE
			" AND w.id",
		.batch = 1000,
		.view = WORK_ORDER_VIEW,
	},
	[SEARCH_PART] = {
		.source = "SELECT x.id, CONCAT_WS(' ', x.number, x.name) AS title,"
			  " CONCAT_WS(' ', x.description, x.group_name, x.place,"
			  " (SELECT GROUP_CONCAT(CONCAT_WS(' ', v.number, n.name) SEPARATOR ' ')"
			  " FROM part_vendor v JOIN vendor n ON n.id = v.vendor_id"
			  " WHERE v.part_id = x.id)," BESIDE("part") ") AS words, " NOBODYS
			  " x.archived_at IS NOT NULL AS archived, (SELECT COUNT(*) FROM movement o"
			  " WHERE o.part_id = x.id) AS uses FROM part x WHERE ",
		.hits = "SELECT 3 AS kind, x.id, CONCAT('/parts/', x.id) AS path, x.number,"
			" x.name,"
			" CONCAT_WS(' · ', NULLIF(x.group_name, ''), NULLIF(x.place, '')) AS"
			" detail, '' AS state, x.description AS text,"
			" x.archived_at IS NOT NULL AS archived FROM part x WHERE x.id",
		.batch = 500,
		.view = PART_VIEW,
	},
	[SEARCH_PERSON] = {
		.source = "SELECT x.id, x.name AS title, CONCAT_WS(' ', x.email, x.phone)"
			  " AS words, " NOBODYS " x.archived_at IS NOT NULL AS archived, 0 AS uses"
			  " FROM user x WHERE ",
		.hits = "SELECT 4 AS kind, x.id, CONCAT('/users/', x.id) AS path, '' AS number,"
			" x.name,"
			" CONCAT_WS(' · ', x.email, NULLIF(x.phone, '')) AS detail,"
			" x.role AS state, '' AS text, x.archived_at IS NOT NULL AS archived"
			" FROM user x WHERE x.id",
		.batch = 500,
		.view = USER_VIEW,
	},
	[SEARCH_DOCUMENT] = {
		.source = "SELECT x.id, CONCAT_WS(' ', x.title, x.name) AS title,"
			  " COALESCE(t.body, '') AS words,"
			  " w.department_id, w.assignee_id, w.reporter_id,"
			  " COALESCE(w.assignee_id IS NULL AND w.state = 'PENDING', FALSE) AS free,"
			  " FALSE AS archived, 0 AS uses, x.kind AS place FROM attachment x"
			  " LEFT JOIN file_text t ON t.file_id = x.file_id"
			  " LEFT JOIN work_order w ON x.kind = 'work_order' AND w.id = x.record_id"
			  " WHERE x.removed_at IS NULL AND x.replaced_at IS NULL"
			  " AND (x.category <> 'PHOTO' OR x.title <> '') AND ",
		/* Takes a word of the text, SCOPE_ARGS, the kinds of records that may be seen. */
		.hits = "SELECT 5 AS kind, x.id, CONCAT('/files/', x.id, '/view') AS path,"
			" '' AS number,"
			" COALESCE(NULLIF(x.title, ''), x.name) AS name,"
			" COALESCE(CONCAT(m.number, ' ', m.name),"
			" CONCAT(w.number, ' · ', wm.name),"
			" CONCAT(p.number, ' ', p.name), CONCAT(l.number, ' ', l.name), o.name,"
			" v.name, d.name, '') AS detail, '' AS state, COALESCE(SUBSTRING(t.body,"
			" GREATEST(1, LOCATE(?, t.body) - 80), 240), '') AS text,"
			" FALSE AS archived FROM attachment x"
			" LEFT JOIN file_text t ON t.file_id = x.file_id"
			" LEFT JOIN work_order w ON x.kind = 'work_order' AND w.id = x.record_id"
			" LEFT JOIN machine wm ON wm.id = w.machine_id"
			" LEFT JOIN machine m ON x.kind = 'machine' AND m.id = x.record_id"
			" LEFT JOIN machine_model o ON x.kind = 'machine_model'"
			" AND o.id = x.record_id"
			" LEFT JOIN part p ON x.kind = 'part' AND p.id = x.record_id"
			" LEFT JOIN location l ON x.kind = 'location' AND l.id = x.record_id"
			" LEFT JOIN vendor v ON x.kind = 'vendor' AND v.id = x.record_id"
			" LEFT JOIN department d ON x.kind = 'department' AND d.id = x.record_id"
			" WHERE x.removed_at IS NULL AND x.replaced_at IS NULL"
			" AND ((x.kind = 'work_order' AND " SCOPE
			") OR FIND_IN_SET(x.kind, ?)) AND x.id",
		.batch = 2,
		.view = SIGNED_IN,
	},
};
