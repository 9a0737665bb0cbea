-- The activity log: does its chain hold, and what was asked of it as a file.

CREATE TABLE log_check (
	id		TINYINT		NOT NULL PRIMARY KEY CHECK (id = 1),	-- the one row
	wanted_at	DATETIME(6)	NULL,			-- somebody asked for a check now
	at_seq		BIGINT		NOT NULL DEFAULT 0,	-- how far the check under way has come
	at_hash		CHAR(64)	NOT NULL DEFAULT '',	-- the hash of that link; '' before the first
	started_at	DATETIME(6)	NULL,			-- NULL: none is under way
	checked_at	DATETIME(6)	NULL,			-- when the last one ended
	fault		VARCHAR(8)	NOT NULL DEFAULT '' CHECK (fault IN
			('','GAP','MISSING','CHANGED','HASH','STRAY','LOST')),	-- what it found; '': nothing
	fault_seq	BIGINT		NOT NULL DEFAULT 0,
	fault_event_id	BIGINT		NOT NULL DEFAULT 0,
	links		BIGINT		NOT NULL DEFAULT 0,	-- that hold
	head		CHAR(64)	NOT NULL DEFAULT ''	-- the hash of the last of them, in hex
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO log_check (id) VALUES (1);

-- A range of the log as a CSV file, made without a request; the file goes after a week.
CREATE TABLE log_export (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	user_id		BIGINT		NOT NULL,		-- who asked
	state		VARCHAR(8)	NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED','RUNNING','DONE','FAILED','GONE')),
	of_user_id	BIGINT		NOT NULL DEFAULT 0,	-- the filter; 0 and '' for any
	act		VARCHAR(40)	NOT NULL DEFAULT '',
	kind		VARCHAR(24)	NOT NULL DEFAULT '',
	record_id	BIGINT		NOT NULL DEFAULT 0,
	address		VARCHAR(45)	NOT NULL DEFAULT '',
	from_at		DATETIME(6)	NULL,
	to_at		DATETIME(6)	NULL,
	file		VARCHAR(40)	NOT NULL DEFAULT '',	-- its name below exports/ of the folder of files
	events		BIGINT		NOT NULL DEFAULT 0,	-- written so far
	lease_until	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL,
	done_at		DATETIME(6)	NULL,
	KEY log_export_state (state, id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE event ADD KEY event_address (address, id);
