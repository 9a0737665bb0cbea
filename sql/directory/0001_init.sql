-- The directory: which plants there are, and by which host names they are reached.

CREATE TABLE site (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name		VARCHAR(40)	NOT NULL UNIQUE,	-- short, for commands and logs: lower case letters, digits, _
	schema_name	VARCHAR(64)	NOT NULL UNIQUE,	-- its database: mw_<name>
	created_at	DATETIME(6)	NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	archived_at	DATETIME(6)	NULL			-- no longer served; its database stays
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE site_host (
	host		VARCHAR(190)	NOT NULL PRIMARY KEY,	-- lower case, without port
	site_id		BIGINT		NOT NULL,
	FOREIGN KEY (site_id) REFERENCES site (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
