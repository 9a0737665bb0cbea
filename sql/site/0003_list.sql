-- How people look at the lists of registers: their columns, their saved views, what they did to many records at once.

-- A list as somebody keeps it: a tab above the list.
CREATE TABLE list_view (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(32)	NOT NULL,		-- of the register: its table
	user_id		BIGINT		NOT NULL,		-- who made it
	name		VARCHAR(60)	NOT NULL,
	query		VARCHAR(2000)	NOT NULL,		-- search, filters, order, columns: "status=DOWN&sort=-name"
	shared		BOOLEAN		NOT NULL DEFAULT FALSE,	-- everybody who sees the register has the tab
	archived_at	DATETIME(6)	NULL,			-- removed
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	KEY list_view_own (user_id, kind),
	KEY list_view_shared (kind, shared),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What one person always wants of a register's list.
CREATE TABLE list_setting (
	user_id		BIGINT		NOT NULL,
	kind		VARCHAR(32)	NOT NULL,
	columns		VARCHAR(1000)	NOT NULL DEFAULT '',	-- "number,name,status"; empty: the register's usual ones
	compact		BOOLEAN		NOT NULL DEFAULT FALSE,	-- low rows
	list_view_id	BIGINT		NULL,			-- the view that the list opens with
	PRIMARY KEY (user_id, kind),
	KEY list_setting_view (list_view_id),
	FOREIGN KEY (user_id) REFERENCES user (id),
	FOREIGN KEY (list_view_id) REFERENCES list_view (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What became of an act on many records: shown to who did it.
CREATE TABLE bulk (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	kind		VARCHAR(32)	NOT NULL,		-- of the register: its table
	user_id		BIGINT		NOT NULL,
	act		VARCHAR(64)	NOT NULL,		-- archive, restore, or the member that was changed
	done		BIGINT		NOT NULL,		-- records changed
	refused		MEDIUMTEXT	NOT NULL,		-- a line each: id, tab, title, tab, why (a msgid)
	query		VARCHAR(2000)	NOT NULL,		-- the list that it was done from
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
