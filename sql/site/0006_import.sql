-- Imports: a file, how it is read, what was found in it, what it did.  Nothing of it is in the registers before
-- it is applied; then all of it is, in one transaction.

CREATE TABLE import (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(24)	NOT NULL,		-- what it is for: a register's table, work_order, movement
	state		VARCHAR(10)	NOT NULL DEFAULT 'MAPPING' CHECK (state IN
			('MAPPING','CHECKING','CHECKED','APPLYING','DONE','UNDOING','UNDONE','STOPPED')),
	name		VARCHAR(160)	NOT NULL,		-- of the file, as the sender called it
	sha256		CHAR(64)	NOT NULL,		-- its bytes lie in the store
	size		BIGINT		NOT NULL,
	encoding	VARCHAR(16)	NOT NULL,		-- UTF-8, windows-1252 …
	separator_kind	VARCHAR(10)	NOT NULL CHECK (separator_kind IN ('COMMA','SEMICOLON','TAB')),
	day_order	CHAR(3)		NOT NULL DEFAULT 'DMY' CHECK (day_order IN ('DMY','MDY')),	-- of dates with slashes
	decimal_mark	CHAR(5)		NOT NULL DEFAULT 'POINT' CHECK (decimal_mark IN ('POINT','COMMA')),	-- 1,234 is a thousand, or not
	headed		BOOLEAN		NOT NULL DEFAULT TRUE,	-- the first row names the columns
	headers		TEXT		NOT NULL,		-- a line a column
	header_digest	CHAR(64)	NOT NULL DEFAULT '',	-- of headers: the next file like it is mapped alike
	mapping		TEXT		NOT NULL,		-- a line a column: the member, or empty: left out
	given		TEXT		NOT NULL,		-- what empty cells stand for: member, tab, text; a line each
	make_missing	BOOLEAN		NOT NULL DEFAULT FALSE,	-- names that nobody knows become records of their registers
	keep_existing	BOOLEAN		NOT NULL DEFAULT FALSE,	-- records that are there already stay as they are
	leave_wrong	BOOLEAN		NOT NULL DEFAULT FALSE,	-- wrong lines stay out, instead of everything
	read_count	BIGINT		NOT NULL DEFAULT 0,	-- rows of data
	fresh_count	BIGINT		NOT NULL DEFAULT 0,
	changed_count	BIGINT		NOT NULL DEFAULT 0,
	same_count	BIGINT		NOT NULL DEFAULT 0,
	wrong_count	BIGINT		NOT NULL DEFAULT 0,
	failure		VARCHAR(200)	NOT NULL DEFAULT '',	-- why the last attempt came to nothing: a text of the catalogue
	failure_line	BIGINT		NOT NULL DEFAULT 0,
	tries		INT		NOT NULL DEFAULT 0,	-- of what is under way
	owner		VARCHAR(60)	NOT NULL DEFAULT '',	-- the job that is at it: who commits must still be that
	user_id		BIGINT		NOT NULL,		-- whose import it is: its events are theirs
	version		BIGINT		NOT NULL DEFAULT 1,
	applied_at	DATETIME(6)	NULL,
	undone_at	DATETIME(6)	NULL,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY import_state (state, id),
	KEY import_archived (archived_at, id),
	KEY import_alike (kind, header_digest, id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Apart from the import, whose row the job's own transaction reads: how far it is, and until when it is the job's.
CREATE TABLE import_turn (
	import_id	BIGINT		NOT NULL PRIMARY KEY,
	owner		VARCHAR(60)	NOT NULL,
	lease_until	DATETIME(6)	NOT NULL,
	progress	INT		NOT NULL DEFAULT 0	-- of 1000
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What the trial found of each row.
CREATE TABLE import_line (
	import_id	BIGINT		NOT NULL,
	line		BIGINT		NOT NULL,		-- of the file, from 1: where the row begins
	kind		VARCHAR(8)	NOT NULL,		-- NEW, CHANGED, SAME, WRONG
	title		VARCHAR(160)	NOT NULL DEFAULT '',	-- names the record
	detail		TEXT		NOT NULL,		-- a line a member: member, tab, texts (see model/import.h)
	PRIMARY KEY (import_id, line),
	KEY import_line_kind (import_id, kind, line)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What it made or changed: so much is needed to undo it.
CREATE TABLE import_record (
	import_id	BIGINT		NOT NULL,
	seq		BIGINT		NOT NULL,		-- in the order of writing, from 1
	kind		VARCHAR(24)	NOT NULL,
	record_id	BIGINT		NOT NULL,
	left_version	BIGINT		NOT NULL,		-- as the import left it
	before_values	TEXT		NULL,			-- the stored members before; NULL: it made the record
	PRIMARY KEY (import_id, seq),
	KEY import_record_record (kind, record_id, import_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
