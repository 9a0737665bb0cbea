-- A machine's page: meters and their readings; stops and history of a machine and all below it, by index.

CREATE TABLE meter (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	machine_id	BIGINT		NOT NULL,
	name		VARCHAR(80)	NOT NULL,
	unit		VARCHAR(12)	NOT NULL DEFAULT '',
	kind		VARCHAR(8)	NOT NULL DEFAULT 'COUNTER' CHECK (kind IN ('COUNTER','GAUGE')),
		-- COUNTER only grows (hours, strokes); GAUGE goes up and down (bar, °C)
	run_hours	BOOLEAN		NOT NULL DEFAULT FALSE,	-- a counter of hours at work: the machine's operating time
	rollover	DECIMAL(14,4)	NULL,			-- the counter begins at 0 again when it reaches this; NULL: never
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY meter_machine (machine_id, archived_at, name),
	FOREIGN KEY (machine_id) REFERENCES machine (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Rows are added; one that was wrong is replaced by another that names it, and stays.
CREATE TABLE meter_reading (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	meter_id	BIGINT		NOT NULL,
	at		DATETIME(6)	NOT NULL,		-- when the meter showed it
	value		DECIMAL(14,4)	NOT NULL,		-- as it stands on the meter
	carried		DECIMAL(14,4)	NOT NULL DEFAULT 0,	-- what the counter had reached when it began at 0 again before this
	user_id		BIGINT		NULL,			-- NULL: an import or a sensor
	source		VARCHAR(8)	NOT NULL DEFAULT 'PERSON' CHECK (source IN ('PERSON','IMPORT','SENSOR')),
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	corrects_id	BIGINT		NULL,			-- the wrong one that this one stands for
	reason		VARCHAR(400)	NULL,			-- why that one was wrong
	replaced_by	BIGINT		NULL,			-- NULL: it counts; its own id: it was taken back
	KEY meter_reading_meter (meter_id, replaced_by, at, id),
	KEY meter_reading_corrects (corrects_id),
	FOREIGN KEY (meter_id) REFERENCES meter (id),
	FOREIGN KEY (corrects_id) REFERENCES meter_reading (id),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Stops that reach into a period; events of one machine and kind.
ALTER TABLE stop
	ADD COLUMN user_id BIGINT NULL,				-- who entered it by hand
	ADD KEY stop_machine_ended (machine_id, ended_at),
	ADD KEY stop_user (user_id),
	ADD FOREIGN KEY (user_id) REFERENCES user (id);

ALTER TABLE event
	ADD KEY event_machine_kind (machine_id, kind, id);
