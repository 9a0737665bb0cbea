-- One plant.  Money and quantities are DECIMAL(14,4); times are DATETIME(6) in UTC; spans are whole seconds.
-- `version` counts the edits of a row that people edit; `archived_at` hides it from choices and keeps it in history.

CREATE TABLE plant (
	id		TINYINT		NOT NULL PRIMARY KEY CHECK (id = 1),	-- the one row of settings
	title		VARCHAR(80)	NOT NULL,		-- shown on pages and paper
	zone		VARCHAR(60)	NOT NULL DEFAULT 'UTC',	-- time zone, as in Europe/Paris
	currency	CHAR(3)		NOT NULL DEFAULT 'EUR',	-- ISO 4217
	language	CHAR(2)		NOT NULL DEFAULT 'en',	-- of people who chose none
	open_registration BOOLEAN	NOT NULL DEFAULT FALSE,	-- may a stranger make a requester's account?
	version		BIGINT		NOT NULL DEFAULT 1
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE counter (
	name		VARCHAR(40)	NOT NULL PRIMARY KEY,	-- work_order-2026
	value		BIGINT		NOT NULL		-- the last number given
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE department (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(80)	NOT NULL UNIQUE,
	note		VARCHAR(400)	NOT NULL DEFAULT '',	-- what it does, whom to call
	source_key	VARCHAR(80)	NULL UNIQUE,		-- what an import calls it
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE user (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	email		VARCHAR(254) COLLATE utf8mb4_bin NOT NULL UNIQUE,	-- lower case; what one signs in with; é is not e
	name		VARCHAR(80)	NOT NULL,
	role		VARCHAR(16)	NOT NULL CHECK (role IN
			('ADMIN','SUPERVISOR','TECHNICIAN','MANAGER','INVENTORY','REQUESTER')),
	password	VARCHAR(200)	NULL,			-- scrypt, modular crypt format; NULL until the invitation is taken
	language	CHAR(2)		NULL,			-- NULL: the plant's
	theme		VARCHAR(8)	NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto','light','dark')),
	hourly_rate	DECIMAL(14,4)	NULL,			-- cost of an hour's labour; frozen on each work log
	phone		VARCHAR(40)	NOT NULL DEFAULT '',
	failures	INT		NOT NULL DEFAULT 0,	-- wrong passwords since the last right one
	wait_until	DATETIME(6)	NULL,			-- no sign-in before this time
	seen_at		DATETIME(6)	NULL,			-- last sign-in or refresh
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,			-- may no longer sign in
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY user_name (name, id),
	KEY user_role (role, name, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The departments that a person works for: what a supervisor sees, what a technician is offered.
CREATE TABLE user_department (
	user_id		BIGINT		NOT NULL,
	department_id	BIGINT		NOT NULL,
	PRIMARY KEY (user_id, department_id),
	KEY user_department_department (department_id),
	FOREIGN KEY (user_id) REFERENCES user (id),
	FOREIGN KEY (department_id) REFERENCES department (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A browser that signed in.  It is looked at on every request, so that ending it works at once.
CREATE TABLE session (
	id		CHAR(22)	NOT NULL PRIMARY KEY,	-- random, 128 bits; stands in the access token
	user_id		BIGINT		NOT NULL,
	refresh_digest	BINARY(32)	NOT NULL UNIQUE,	-- SHA-256 of the refresh token
	previous_digest	BINARY(32)	NULL UNIQUE,		-- of the one before; its use after the grace ends the session
	rotated_at	DATETIME(6)	NOT NULL,
	expires_at	DATETIME(6)	NOT NULL,		-- seven days after the last rotation
	ended_at	DATETIME(6)	NULL,
	address		VARCHAR(45)	NOT NULL DEFAULT '',
	user_agent	VARCHAR(200)	NOT NULL DEFAULT '',
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY session_user (user_id, ended_at),
	KEY session_expires (expires_at),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Sign-in attempts by address: slows down one who tries many accounts.
CREATE TABLE sign_in_failure (
	address		VARCHAR(45)	NOT NULL PRIMARY KEY,
	failures	INT		NOT NULL,
	wait_until	DATETIME(6)	NULL,
	last_at		DATETIME(6)	NOT NULL,
	KEY sign_in_failure_last (last_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A link that was mailed: an invitation, or a password to be set anew.
CREATE TABLE user_link (
	digest		BINARY(32)	NOT NULL PRIMARY KEY,	-- SHA-256 of the secret in the link
	user_id		BIGINT		NOT NULL,
	kind		VARCHAR(8)	NOT NULL CHECK (kind IN ('INVITE','RESET')),
	expires_at	DATETIME(6)	NOT NULL,
	used_at		DATETIME(6)	NULL,
	KEY user_link_user (user_id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Four lists in one: problem (what one sees), cause, remedy, detection.
CREATE TABLE failure_code (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(12)	NOT NULL CHECK (kind IN ('PROBLEM','CAUSE','REMEDY','DETECTION')),
	code		VARCHAR(12)	NOT NULL,		-- short, as VIB
	name		VARCHAR(80)	NOT NULL,
	name_fr		VARCHAR(80)	NOT NULL DEFAULT '',	-- empty: the name
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	UNIQUE KEY failure_code_code (kind, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE machine (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code		CHAR(9)		NOT NULL UNIQUE,	-- on its QR label: XXXX-XXXX, unguessable, with a check character
	number		VARCHAR(32)	NOT NULL UNIQUE,	-- the plant's own, as PRS-0012
	name		VARCHAR(120)	NOT NULL,
	department_id	BIGINT		NOT NULL,
	parent_id	BIGINT		NULL,			-- the machine that it is an assembly of
	location	VARCHAR(120)	NOT NULL DEFAULT '',
	manufacturer	VARCHAR(80)	NOT NULL DEFAULT '',
	model		VARCHAR(80)	NOT NULL DEFAULT '',
	serial_number	VARCHAR(80)	NOT NULL DEFAULT '',
	installed_on	DATE		NULL,
	criticality	VARCHAR(8)	NOT NULL DEFAULT 'MEDIUM' CHECK (criticality IN ('LOW','MEDIUM','HIGH','CRITICAL')),
	status		VARCHAR(14)	NOT NULL DEFAULT 'OPERATIONAL' CHECK (status IN
			('OPERATIONAL','DOWN','MAINTENANCE','DECOMMISSIONED')),
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY machine_name (name, id),
	KEY machine_department (department_id, name, id),
	KEY machine_status (status, name, id),
	KEY machine_parent (parent_id, name, id),
	KEY machine_archived (archived_at, name, id),
	FULLTEXT KEY machine_words (number, name, location, manufacturer, model, serial_number),
	FOREIGN KEY (department_id) REFERENCES department (id),
	FOREIGN KEY (parent_id) REFERENCES machine (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- From the first report to the closure.
CREATE TABLE work_order (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number		VARCHAR(20)	NOT NULL UNIQUE,	-- WO-2026-000123
	kind		VARCHAR(12)	NOT NULL DEFAULT 'CORRECTIVE' CHECK (kind IN
			('CORRECTIVE','PREVENTIVE','INSPECTION','IMPROVEMENT','SAFETY')),
	state		VARCHAR(14)	NOT NULL DEFAULT 'PENDING' CHECK (state IN
			('PENDING','IN_PROGRESS','WAITING_PARTS','COMPLETED','CANCELLED')),
	priority	VARCHAR(8)	NOT NULL DEFAULT 'MEDIUM' CHECK (priority IN ('LOW','MEDIUM','HIGH','CRITICAL')),
	machine_id	BIGINT		NOT NULL,
	department_id	BIGINT		NOT NULL,		-- the machine's when it was reported
	reporter_id	BIGINT		NULL,			-- NULL: the program, or an import
	assignee_id	BIGINT		NULL,			-- the technician who has it
	problem_code_id	BIGINT		NULL,
	description	TEXT		NOT NULL,		-- the reporter's words
	machine_down	BOOLEAN		NOT NULL DEFAULT FALSE,	-- did the machine stand still when it was reported?
	cause_code_id	BIGINT		NULL,
	remedy_code_id	BIGINT		NULL,
	resolution	TEXT		NULL,			-- what was done, in the technician's words
	signed_name	VARCHAR(80)	NULL,			-- who signed for the completion
	signature	MEDIUMTEXT	NULL,			-- SVG path data of the signature, or NULL
	reported_at	DATETIME(6)	NOT NULL,
	accepted_at	DATETIME(6)	NULL,			-- first accepted
	completed_at	DATETIME(6)	NULL,
	confirmed_at	DATETIME(6)	NULL,			-- by a supervisor or manager
	confirmed_by	BIGINT		NULL,
	cancelled_at	DATETIME(6)	NULL,
	cancel_reason	VARCHAR(400)	NULL,
	labour_minutes	BIGINT		NOT NULL DEFAULT 0,	-- sum of its work logs
	labour_cost	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- minutes at the rate of their time
	parts_cost	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- issued less returned, at the cost frozen on the movements
	other_cost	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- imported, contractors
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	-- Lists: equal columns first, then the order; what follows lets filters be looked at without the row.
	KEY work_order_newest (reported_at, id),
	KEY work_order_state (state, reported_at, id),
	KEY work_order_department (department_id, state, reported_at, id),
	KEY work_order_department_newest (department_id, reported_at, id, priority),
	KEY work_order_machine (machine_id, reported_at, id),
	KEY work_order_machine_state (machine_id, state),
	KEY work_order_assignee (assignee_id, state, reported_at, id),
	KEY work_order_assignee_newest (assignee_id, reported_at, id, department_id, priority),
	KEY work_order_reporter (reporter_id, reported_at, id, department_id, priority),
	KEY work_order_reporter_state (reporter_id, state, reported_at, id),
	KEY work_order_priority (priority, reported_at, id),
	KEY work_order_unconfirmed (state, confirmed_at, reported_at, id),
	KEY work_order_completed (completed_at),
	FOREIGN KEY (machine_id) REFERENCES machine (id),
	FOREIGN KEY (department_id) REFERENCES department (id),
	FOREIGN KEY (reporter_id) REFERENCES user (id),
	FOREIGN KEY (assignee_id) REFERENCES user (id),
	FOREIGN KEY (confirmed_by) REFERENCES user (id),
	FOREIGN KEY (problem_code_id) REFERENCES failure_code (id),
	FOREIGN KEY (cause_code_id) REFERENCES failure_code (id),
	FOREIGN KEY (remedy_code_id) REFERENCES failure_code (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Who wants to hear of a work order besides those who must.
CREATE TABLE follower (
	work_order_id	BIGINT		NOT NULL,
	user_id		BIGINT		NOT NULL,
	PRIMARY KEY (work_order_id, user_id),
	KEY follower_user (user_id),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What was done on a work order.  Rows are added, never changed.
CREATE TABLE work_log (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	work_order_id	BIGINT		NOT NULL,
	user_id		BIGINT		NOT NULL,
	kind		VARCHAR(8)	NOT NULL CHECK (kind IN ('STEP','LABOUR','NOTE')),
	note		TEXT		NOT NULL,
	minutes		BIGINT		NULL,			-- labour
	rate		DECIMAL(14,4)	NULL,			-- the person's hourly rate then
	at		DATETIME(6)	NOT NULL,
	KEY work_log_work_order (work_order_id, id),
	KEY work_log_user (user_id, at),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- An interval in which a machine did not do its duty.
CREATE TABLE stop (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	machine_id	BIGINT		NOT NULL,
	work_order_id	BIGINT		NULL,			-- what it was stopped for
	started_at	DATETIME(6)	NOT NULL,
	ended_at	DATETIME(6)	NULL,			-- NULL: still stands
	planned		BOOLEAN		NOT NULL DEFAULT FALSE,
	failure		BOOLEAN		NOT NULL DEFAULT TRUE,	-- did the machine lose its function? counts for MTBF
	correction	VARCHAR(400)	NULL,			-- why a person changed the times
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	KEY stop_machine (machine_id, started_at),
	KEY stop_open (ended_at, machine_id),
	KEY stop_work_order (work_order_id),
	CHECK (ended_at IS NULL OR ended_at >= started_at),
	FOREIGN KEY (machine_id) REFERENCES machine (id),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A spare part.  on_hand must equal the sum of its movements; reserved is what was approved and not yet issued.
CREATE TABLE part (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	number		VARCHAR(40)	NOT NULL UNIQUE,	-- printed on the box
	name		VARCHAR(120)	NOT NULL,
	description	TEXT		NOT NULL,
	group_name	VARCHAR(80)	NOT NULL DEFAULT '',
	unit		VARCHAR(12)	NOT NULL DEFAULT 'pc',
	place		VARCHAR(60)	NOT NULL DEFAULT '',	-- store, shelf, bin
	on_hand		DECIMAL(14,4)	NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
	reserved	DECIMAL(14,4)	NOT NULL DEFAULT 0 CHECK (reserved >= 0),
	minimum		DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- an alert when on_hand goes below
	average_cost	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- moving average of what was received
	below_minimum	BOOLEAN AS (on_hand < minimum) STORED,
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY part_name (name, id),
	KEY part_below (below_minimum, number),
	KEY part_archived (archived_at, name, id),
	FULLTEXT KEY part_words (number, name, group_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What a technician asks of the store for a work order.
CREATE TABLE parts_request (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	work_order_id	BIGINT		NOT NULL,
	state		VARCHAR(14)	NOT NULL DEFAULT 'REQUESTED' CHECK (state IN
			('REQUESTED','APPROVED','PARTLY_ISSUED','ISSUED','REJECTED','CANCELLED')),
	requested_by	BIGINT		NOT NULL,
	requested_at	DATETIME(6)	NOT NULL,
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	decided_by	BIGINT		NULL,
	decided_at	DATETIME(6)	NULL,
	reason		VARCHAR(400)	NULL,			-- of a rejection, wholly or in part
	version		BIGINT		NOT NULL DEFAULT 1,
	KEY parts_request_state (state, requested_at, id),
	KEY parts_request_work_order (work_order_id, id),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id),
	FOREIGN KEY (requested_by) REFERENCES user (id),
	FOREIGN KEY (decided_by) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE parts_request_line (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	parts_request_id BIGINT		NOT NULL,
	part_id		BIGINT		NOT NULL,
	asked		DECIMAL(14,4)	NOT NULL CHECK (asked > 0),
	approved	DECIMAL(14,4)	NULL,			-- NULL until decided; 0 is rejected
	issued		DECIMAL(14,4)	NOT NULL DEFAULT 0,
	returned	DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- brought back unused
	unit_cost	DECIMAL(14,4)	NULL,			-- of the last issue
	closed		BOOLEAN		NOT NULL DEFAULT FALSE,	-- nothing more will be issued
	UNIQUE KEY parts_request_line_part (parts_request_id, part_id),
	KEY parts_request_line_waiting (part_id, closed),
	CHECK (issued <= COALESCE(approved, 0)),
	CHECK (returned <= issued),
	FOREIGN KEY (parts_request_id) REFERENCES parts_request (id),
	FOREIGN KEY (part_id) REFERENCES part (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The ledger of stock.  Rows are added, never changed.
CREATE TABLE movement (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	part_id		BIGINT		NOT NULL,
	kind		VARCHAR(10)	NOT NULL CHECK (kind IN ('IN','OUT','ADJUSTMENT','TRANSFER')),
	quantity	DECIMAL(14,4)	NOT NULL,		-- signed: what it adds to on_hand
	unit_cost	DECIMAL(14,4)	NOT NULL,		-- frozen at that time
	on_hand_after	DECIMAL(14,4)	NOT NULL,
	work_order_id	BIGINT		NULL,			-- what it was used for
	parts_request_line_id BIGINT	NULL,
	user_id		BIGINT		NULL,
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	at		DATETIME(6)	NOT NULL,
	source_key	VARCHAR(80)	NULL UNIQUE,
	KEY movement_part (part_id, id),
	KEY movement_work_order (work_order_id),
	KEY movement_at (at, id),
	FOREIGN KEY (part_id) REFERENCES part (id),
	FOREIGN KEY (work_order_id) REFERENCES work_order (id),
	FOREIGN KEY (parts_request_line_id) REFERENCES parts_request_line (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The bytes of an uploaded file, stored once by their digest.
CREATE TABLE file (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	sha256		CHAR(64)	NOT NULL UNIQUE,
	size		BIGINT		NOT NULL,
	type		VARCHAR(60)	NOT NULL,		-- by content, not by claim
	picture		VARCHAR(8)	NOT NULL DEFAULT 'NONE' CHECK (picture IN ('NONE','WANTED','MADE','FAILED')),
	lease_until	DATETIME(6)	NULL,			-- a job is making its small and large pictures
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY file_picture (picture, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE attachment (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(16)	NOT NULL,		-- of the record: work_order, machine
	record_id	BIGINT		NOT NULL,
	file_id		BIGINT		NOT NULL,
	name		VARCHAR(160)	NOT NULL,		-- as the sender called it
	stage		VARCHAR(8)	NOT NULL DEFAULT 'REPORT' CHECK (stage IN ('REPORT','WORK','RECORD')),
	user_id		BIGINT		NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	removed_at	DATETIME(6)	NULL,
	KEY attachment_record (kind, record_id, id),
	KEY attachment_file (file_id),
	FOREIGN KEY (file_id) REFERENCES file (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Everything that happened.  The programs' account may insert and read, nothing else.
CREATE TABLE event (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	at		DATETIME(6)	NOT NULL,
	user_id		BIGINT		NULL,			-- NULL: the program or a stranger
	user_name	VARCHAR(80)	NOT NULL,		-- as it was then
	address		VARCHAR(45)	NOT NULL DEFAULT '',
	trace		VARCHAR(40)	NOT NULL DEFAULT '',	-- the HTTP request
	act		VARCHAR(40)	NOT NULL,		-- work_order.completed
	kind		VARCHAR(24)	NOT NULL,		-- of the record: work_order
	record_id	BIGINT		NOT NULL,
	title		VARCHAR(160)	NOT NULL DEFAULT '',	-- names the record: WO-2026-000123
	work_order_id	BIGINT		NULL,			-- whose history it belongs to as well
	machine_id	BIGINT		NULL,
	department_id	BIGINT		NULL,
	changes		LONGTEXT	NULL,			-- {"state":["PENDING","IN_PROGRESS"],…}
	KEY event_record (kind, record_id, id),
	KEY event_work_order (work_order_id, id),
	KEY event_machine (machine_id, id),
	KEY event_user (user_id, id),
	KEY event_act (act, id),
	KEY event_at (at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Events that are committed and not yet sealed; written with the event, removed with the seal.
CREATE TABLE event_unsealed (
	event_id	BIGINT		NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The order of events and the chain that proves it: hash = SHA-256(hash before, seq, digest of the event).
CREATE TABLE event_seal (
	seq		BIGINT		NOT NULL PRIMARY KEY,	-- 1, 2, 3 … without gaps
	event_id	BIGINT		NOT NULL UNIQUE,
	digest		BINARY(32)	NOT NULL,		-- SHA-256 of the event's row
	hash		BINARY(32)	NOT NULL,
	sealed_at	DATETIME(6)	NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How far each reader of the sealed sequence has come.
CREATE TABLE reader (
	name		VARCHAR(40)	NOT NULL PRIMARY KEY,
	seq		BIGINT		NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A job's turn: who does it until when.
CREATE TABLE lease (
	name		VARCHAR(40)	NOT NULL PRIMARY KEY,
	owner		VARCHAR(60)	NOT NULL,
	until		DATETIME(6)	NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE notification (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	user_id		BIGINT		NOT NULL,
	event_id	BIGINT		NOT NULL,
	act		VARCHAR(40)	NOT NULL,
	actor_name	VARCHAR(80)	NOT NULL,
	kind		VARCHAR(24)	NOT NULL,		-- of the record that it opens
	record_id	BIGINT		NOT NULL,
	title		VARCHAR(160)	NOT NULL,
	detail		VARCHAR(160)	NOT NULL DEFAULT '',	-- the machine, the part
	created_at	DATETIME(6)	NOT NULL,
	read_at		DATETIME(6)	NULL,
	UNIQUE KEY notification_event (user_id, event_id),
	KEY notification_unread (user_id, read_at),
	KEY notification_newest (user_id, id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The outbox of e-mail.
CREATE TABLE mail (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	recipient	VARCHAR(254)	NOT NULL,
	subject		VARCHAR(200)	NOT NULL,
	body		TEXT		NOT NULL,
	message_id	VARCHAR(120)	NOT NULL UNIQUE,
	state		VARCHAR(8)	NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED','SENT','FAILED')),
	tries		INT		NOT NULL DEFAULT 0,
	next_at		DATETIME(6)	NOT NULL,
	lease_until	DATETIME(6)	NULL,
	last_error	VARCHAR(400)	NOT NULL DEFAULT '',
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	sent_at		DATETIME(6)	NULL,
	KEY mail_next (state, next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What was sent twice is done once: the answer to each write, beside its change.
CREATE TABLE once (
	user_id		BIGINT		NOT NULL,
	name		VARCHAR(64)	NOT NULL,		-- the form's random value
	digest		BINARY(32)	NOT NULL,		-- of method, path and fields
	code		INT		NOT NULL,		-- the answer's status
	location	VARCHAR(400)	NOT NULL DEFAULT '',	-- and where it led
	created_at	DATETIME(6)	NOT NULL,
	PRIMARY KEY (user_id, name),
	KEY once_created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
