-- What machines, parts and people are described by: locations, models, vendors, shifts, rates.

CREATE TABLE vendor (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(120)	NOT NULL UNIQUE,
	customer_number	VARCHAR(40)	NOT NULL DEFAULT '',	-- what they call us
	contact_name	VARCHAR(80)	NOT NULL DEFAULT '',
	email		VARCHAR(254)	NOT NULL DEFAULT '',
	phone		VARCHAR(40)	NOT NULL DEFAULT '',
	website		VARCHAR(200)	NOT NULL DEFAULT '',
	address		VARCHAR(400)	NOT NULL DEFAULT '',
	note		VARCHAR(1000)	NOT NULL DEFAULT '',
	source_key	VARCHAR(80)	NULL UNIQUE,		-- what an import calls it
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY vendor_archived (archived_at, name),
	FULLTEXT KEY vendor_words (name, customer_number, contact_name, email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A tree: site, building, line, cell.
CREATE TABLE location (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code		CHAR(9)		NULL UNIQUE,		-- on its QR label, once it has one
	number		VARCHAR(32)	NOT NULL UNIQUE,	-- the plant's own, as H2-L3
	name		VARCHAR(120)	NOT NULL,
	kind		VARCHAR(8)	NOT NULL DEFAULT 'CELL' CHECK (kind IN ('SITE','BUILDING','LINE','CELL')),
	parent_id	BIGINT		NULL,
	tree		VARCHAR(190)	NOT NULL DEFAULT '',	-- ids from the root down, itself included: /3/17/42/
	path		VARCHAR(400)	NOT NULL DEFAULT '',	-- names from the root down: Plant › Hall 2 › Line 3
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY location_name (name, id),
	KEY location_parent (parent_id, name, id),
	KEY location_tree (tree),
	KEY location_archived (archived_at, name, id),
	FULLTEXT KEY location_words (number, name),
	FOREIGN KEY (parent_id) REFERENCES location (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Classes of machines (pump, conveyor): which failure codes are asked for.
CREATE TABLE machine_class (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code		VARCHAR(12)	NOT NULL UNIQUE,
	name		VARCHAR(80)	NOT NULL,
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY machine_class_name (name, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A failure code without a row here is for machines of every class.
CREATE TABLE failure_code_class (
	failure_code_id	BIGINT		NOT NULL,
	machine_class_id BIGINT		NOT NULL,
	PRIMARY KEY (failure_code_id, machine_class_id),
	KEY failure_code_class_class (machine_class_id),
	FOREIGN KEY (failure_code_id) REFERENCES failure_code (id),
	FOREIGN KEY (machine_class_id) REFERENCES machine_class (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What all machines of a kind share: manuals (attachments of kind machine_model), spare parts, failure codes.
CREATE TABLE machine_model (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(120)	NOT NULL,
	manufacturer	VARCHAR(80)	NOT NULL DEFAULT '',
	machine_class_id BIGINT		NULL,
	vendor_id	BIGINT		NULL,
	note		VARCHAR(1000)	NOT NULL DEFAULT '',
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	UNIQUE KEY machine_model_manufacturer_name (manufacturer, name),
	KEY machine_model_name (name, id),
	KEY machine_model_archived (archived_at, name, id),
	FULLTEXT KEY machine_model_words (name, manufacturer),
	FOREIGN KEY (machine_class_id) REFERENCES machine_class (id),
	FOREIGN KEY (vendor_id) REFERENCES vendor (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE machine_model_part (
	machine_model_id BIGINT		NOT NULL,
	part_id		BIGINT		NOT NULL,
	quantity	DECIMAL(14,4)	NOT NULL DEFAULT 1,	-- in one machine
	note		VARCHAR(200)	NOT NULL DEFAULT '',	-- where in it
	PRIMARY KEY (machine_model_id, part_id),
	KEY machine_model_part_part (part_id),
	FOREIGN KEY (machine_model_id) REFERENCES machine_model (id),
	FOREIGN KEY (part_id) REFERENCES part (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE machine_model_code (
	machine_model_id BIGINT		NOT NULL,
	failure_code_id	BIGINT		NOT NULL,
	PRIMARY KEY (machine_model_id, failure_code_id),
	KEY machine_model_code_code (failure_code_id),
	FOREIGN KEY (machine_model_id) REFERENCES machine_model (id),
	FOREIGN KEY (failure_code_id) REFERENCES failure_code (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A machine's own bill of materials, beside its model's.
CREATE TABLE machine_part (
	machine_id	BIGINT		NOT NULL,
	part_id		BIGINT		NOT NULL,
	quantity	DECIMAL(14,4)	NOT NULL DEFAULT 1,
	note		VARCHAR(200)	NOT NULL DEFAULT '',
	PRIMARY KEY (machine_id, part_id),
	KEY machine_part_part (part_id),
	FOREIGN KEY (machine_id) REFERENCES machine (id),
	FOREIGN KEY (part_id) REFERENCES part (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE part_vendor (
	part_id		BIGINT		NOT NULL,
	vendor_id	BIGINT		NOT NULL,
	number		VARCHAR(80)	NOT NULL DEFAULT '',	-- the vendor's own for the part
	price		DECIMAL(14,4)	NULL,			-- of a unit, in the plant's currency
	lead_days	BIGINT		NULL,			-- from order to delivery
	PRIMARY KEY (part_id, vendor_id),
	KEY part_vendor_vendor (vendor_id),
	KEY part_vendor_number (number),
	FOREIGN KEY (part_id) REFERENCES part (id),
	FOREIGN KEY (vendor_id) REFERENCES vendor (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How the plant names its kinds of maintenance; kind is the work order's.
CREATE TABLE maintenance_type (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(80)	NOT NULL UNIQUE,
	name_fr		VARCHAR(80)	NOT NULL DEFAULT '',	-- empty: the name
	kind		VARCHAR(12)	NOT NULL DEFAULT 'CORRECTIVE' CHECK (kind IN
			('CORRECTIVE','PREVENTIVE','INSPECTION','IMPROVEMENT','SAFETY')),
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- When machines are asked to run: required time is made of shifts less holidays.  Machines without one: always.
CREATE TABLE shift_calendar (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(80)	NOT NULL UNIQUE,
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	shifts		VARCHAR(1000)	NOT NULL DEFAULT '',	-- a line a span: "mon-fri 06:00-22:00", plant time; over midnight too
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE holiday (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	day		DATE		NOT NULL,
	name		VARCHAR(80)	NOT NULL,
	shift_calendar_id BIGINT	NULL,			-- NULL: of every calendar
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY holiday_day (day, id),
	FOREIGN KEY (shift_calendar_id) REFERENCES shift_calendar (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE skill (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(80)	NOT NULL UNIQUE,
	note		VARCHAR(400)	NOT NULL DEFAULT '',
	source_key	VARCHAR(80)	NULL UNIQUE,
	version		BIGINT		NOT NULL DEFAULT 1,
	archived_at	DATETIME(6)	NULL,
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE user_skill (
	user_id		BIGINT		NOT NULL,
	skill_id	BIGINT		NOT NULL,
	PRIMARY KEY (user_id, skill_id),
	KEY user_skill_skill (skill_id),
	FOREIGN KEY (user_id) REFERENCES user (id),
	FOREIGN KEY (skill_id) REFERENCES skill (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What an hour of a person costs from a day on.  user.hourly_rate is today's.
CREATE TABLE user_rate (
	user_id		BIGINT		NOT NULL,
	from_day	DATE		NOT NULL,
	rate		DECIMAL(14,4)	NOT NULL,
	PRIMARY KEY (user_id, from_day),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- machine.location stays what people wrote: where exactly, within its location.
ALTER TABLE machine
	ADD COLUMN location_id BIGINT NULL,
	ADD COLUMN machine_model_id BIGINT NULL,
	ADD COLUMN vendor_id BIGINT NULL,			-- who is called when it breaks
	ADD COLUMN shift_calendar_id BIGINT NULL,
	ADD COLUMN replacement_value DECIMAL(14,4) NULL,
	ADD COLUMN stop_cost DECIMAL(14,4) NULL,		-- of an hour in which it stands
	ADD COLUMN warranty_until DATE NULL,
	ADD COLUMN stop_rule VARCHAR(8) NOT NULL DEFAULT 'NONE' CHECK (stop_rule IN ('NONE','SERIES')),
		-- SERIES: while it stands, the machine that it is an assembly of stands, too
	ADD COLUMN tree VARCHAR(190) NOT NULL DEFAULT '',	-- ids from the root down, itself included: /3/17/42/
	ADD KEY machine_location (location_id, name, id),
	ADD KEY machine_model (machine_model_id, name, id),
	ADD KEY machine_vendor (vendor_id),
	ADD KEY machine_shift_calendar (shift_calendar_id),
	ADD KEY machine_tree (tree),
	ADD FOREIGN KEY (location_id) REFERENCES location (id),
	ADD FOREIGN KEY (machine_model_id) REFERENCES machine_model (id),
	ADD FOREIGN KEY (vendor_id) REFERENCES vendor (id),
	ADD FOREIGN KEY (shift_calendar_id) REFERENCES shift_calendar (id);

ALTER TABLE work_order
	ADD COLUMN maintenance_type_id BIGINT NULL,
	ADD KEY work_order_maintenance_type (maintenance_type_id),
	ADD FOREIGN KEY (maintenance_type_id) REFERENCES maintenance_type (id);
