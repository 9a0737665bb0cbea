-- Codes on everything that is scanned, labels and their printers, reports of people without an account.

ALTER TABLE part ADD COLUMN code CHAR(9) NULL UNIQUE;		-- on its QR label, once it has one: as machine.code
ALTER TABLE user ADD COLUMN code CHAR(9) NULL UNIQUE;		-- on the person's badge

-- Codes that were replaced: whoever scans one is told so, and it is written down.
CREATE TABLE code_retired (
	code		CHAR(9)		NOT NULL PRIMARY KEY,
	kind		VARCHAR(16)	NOT NULL CHECK (kind IN ('machine','location','part','user')),
	record_id	BIGINT		NOT NULL,		-- whose it was
	retired_at	DATETIME(6)	NOT NULL,
	KEY code_retired_record (kind, record_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How often something was done by somebody who is not signed in: "code 10.0.0.7".  Swept when it is over.
CREATE TABLE rate (
	name		VARCHAR(80)	NOT NULL PRIMARY KEY,
	times		BIGINT		NOT NULL,
	until		DATETIME(6)	NOT NULL,		-- then it begins at nothing
	KEY rate_until (until)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Printers of labels.  PAPER: a PDF is printed by whoever asks for it; ZPL: the jobs send it to host:port.
CREATE TABLE printer (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(80)	NOT NULL UNIQUE,
	kind		VARCHAR(8)	NOT NULL DEFAULT 'PAPER' CHECK (kind IN ('PAPER','ZPL')),
	host		VARCHAR(120)	NOT NULL DEFAULT '',
	port		BIGINT		NULL,			-- NULL: 9100
	dpi		BIGINT		NULL,			-- NULL: 203
	offset_x	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- mm that everything moves to the right
	offset_y	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- mm that everything moves down
	scale		DECIMAL(14,4)	NOT NULL DEFAULT 100,	-- per cent: against a printer that shrinks
	note		VARCHAR(400)	NOT NULL DEFAULT '',	-- where it stands, which rolls
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY printer_archived (archived_at, name, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What waits for a ZPL printer.
CREATE TABLE label_print (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	printer_id	BIGINT		NOT NULL,
	labels		BIGINT		NOT NULL,		-- how many come out
	zpl		MEDIUMTEXT	NOT NULL,
	state		VARCHAR(8)	NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED','SENT','FAILED')),
	tries		BIGINT		NOT NULL DEFAULT 0,
	next_at		DATETIME(6)	NOT NULL,
	lease_until	DATETIME(6)	NULL,
	last_error	VARCHAR(200)	NOT NULL DEFAULT '',
	user_id		BIGINT		NULL,
	created_at	DATETIME(6)	NOT NULL,
	sent_at		DATETIME(6)	NULL,
	KEY label_print_next (state, next_at),
	KEY label_print_printer (printer_id, id),
	FOREIGN KEY (printer_id) REFERENCES printer (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE plant
	ADD COLUMN open_report BOOLEAN NOT NULL DEFAULT FALSE,		-- may people without an account report at machines?
	ADD COLUMN open_report_badge BOOLEAN NOT NULL DEFAULT FALSE;	-- who gives the code of a badge needs no confirmation

ALTER TABLE machine
	ADD COLUMN open_report VARCHAR(4) NOT NULL DEFAULT 'SITE' CHECK (open_report IN ('SITE','ON','OFF'));
		-- reports without an account here: as the site has it, always, never

ALTER TABLE work_order
	ADD COLUMN reporter_said VARCHAR(80) NULL;	-- who reported it without an account, in their words

-- A report without an account.  It waits until somebody confirms it; then it is a work order, or joins one.
CREATE TABLE open_report (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	digest		BINARY(32)	NOT NULL UNIQUE,	-- SHA-256 of the secret in the follow link
	state		VARCHAR(10)	NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING','CONFIRMED','REJECTED')),
	machine_id	BIGINT		NOT NULL,
	department_id	BIGINT		NOT NULL,
	said_name	VARCHAR(80)	NOT NULL,		-- the name that was typed, or the badge's
	user_id		BIGINT		NULL,			-- whose badge it was
	problem_code_id	BIGINT		NULL,
	description	TEXT		NOT NULL,
	machine_down	BOOLEAN		NOT NULL DEFAULT FALSE,
	work_order_id	BIGINT		NULL,			-- what it became, or joined
	joined		BOOLEAN		NOT NULL DEFAULT FALSE,	-- the work order was there before
	reason		VARCHAR(400)	NOT NULL DEFAULT '',	-- of a rejection; the reporter reads it
	address		VARCHAR(45)	NOT NULL DEFAULT '',
	reported_at	DATETIME(6)	NOT NULL,
	decided_at	DATETIME(6)	NULL,
	decided_by	BIGINT		NULL,
	KEY open_report_state (state, reported_at, id),
	KEY open_report_department (department_id, state, reported_at, id),
	KEY open_report_machine (machine_id, state),
	KEY open_report_work_order (work_order_id),
	FOREIGN KEY (machine_id) REFERENCES machine (id),
	FOREIGN KEY (department_id) REFERENCES department (id),
	FOREIGN KEY (user_id) REFERENCES user (id),
	FOREIGN KEY (problem_code_id) REFERENCES failure_code (id),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id),
	FOREIGN KEY (decided_by) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
