-- What every register shares: fields of one's own, tags, merged duplicates and the names that they had.

CREATE TABLE custom_field (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(24)	NOT NULL,		-- of the register: machine, part …
	name		VARCHAR(40)	NOT NULL,		-- in imports, exports and the API: paint_colour
	label		VARCHAR(80)	NOT NULL,		-- on pages
	type		VARCHAR(8)	NOT NULL CHECK (type IN ('TEXT','NUMBER','DATE','CHOICE')),
	choices		VARCHAR(2000)	NOT NULL DEFAULT '',	-- of a CHOICE: a line each
	required	BOOLEAN		NOT NULL DEFAULT FALSE,
	position	BIGINT		NOT NULL DEFAULT 0,	-- order in the form
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	UNIQUE KEY custom_field_name (kind, name),
	KEY custom_field_order (kind, position, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What a record has in a custom field: exactly one of text, number and day.  No row: nothing.
CREATE TABLE custom_value (
	record_id	BIGINT		NOT NULL,		-- in the register of the field
	custom_field_id	BIGINT		NOT NULL,
	text		VARCHAR(400)	NULL,			-- TEXT, CHOICE
	number		DECIMAL(14,4)	NULL,			-- NUMBER
	day		DATE		NULL,			-- DATE
	PRIMARY KEY (record_id, custom_field_id),
	KEY custom_value_text (custom_field_id, text, record_id),
	KEY custom_value_number (custom_field_id, number, record_id),
	KEY custom_value_day (custom_field_id, day, record_id),
	FULLTEXT KEY custom_value_words (text),
	FOREIGN KEY (custom_field_id) REFERENCES custom_field (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE tag (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(40)	NOT NULL UNIQUE,	-- without a comma
	note		VARCHAR(400)	NOT NULL DEFAULT '',	-- what it is used for
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY tag_archived (archived_at, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE tagging (
	kind		VARCHAR(24)	NOT NULL,		-- of the record
	record_id	BIGINT		NOT NULL,
	tag_id		BIGINT		NOT NULL,
	PRIMARY KEY (kind, record_id, tag_id),
	KEY tagging_tag (tag_id, kind, record_id),
	FOREIGN KEY (tag_id) REFERENCES tag (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What a merged record was called: searches, imports and scans still find the one that was kept.
CREATE TABLE alias (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(24)	NOT NULL,
	text		VARCHAR(160)	NOT NULL,		-- a number, code or name
	record_id	BIGINT		NOT NULL,		-- the one that was kept
	from_id		BIGINT		NOT NULL,		-- the one that had it
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY alias_text (kind, text, record_id),
	KEY alias_record (kind, record_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- References that a merge left for the job: so many that one transaction would hold them for too long.
CREATE TABLE merge_rest (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(24)	NOT NULL,
	reference	VARCHAR(64)	NOT NULL,		-- work_order.cause_code_id
	from_id		BIGINT		NOT NULL,
	into_id		BIGINT		NOT NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE part
	ADD COLUMN merged_into_id BIGINT NULL,			-- the one that was kept of two
	ADD FOREIGN KEY part_merged (merged_into_id) REFERENCES part (id);
ALTER TABLE vendor
	ADD COLUMN merged_into_id BIGINT NULL,
	ADD FOREIGN KEY vendor_merged (merged_into_id) REFERENCES vendor (id);
ALTER TABLE failure_code
	ADD COLUMN merged_into_id BIGINT NULL,
	ADD FOREIGN KEY failure_code_merged (merged_into_id) REFERENCES failure_code (id);
ALTER TABLE machine_model
	ADD COLUMN merged_into_id BIGINT NULL,
	ADD FOREIGN KEY machine_model_merged (merged_into_id) REFERENCES machine_model (id);
ALTER TABLE location
	ADD COLUMN merged_into_id BIGINT NULL,
	ADD FOREIGN KEY location_merged (merged_into_id) REFERENCES location (id);
