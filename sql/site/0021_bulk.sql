-- What an act on many records did can be taken back.

ALTER TABLE bulk
	ADD COLUMN changed	MEDIUMTEXT	NOT NULL DEFAULT (''),	-- the records that it changed: id.version,… as it left them
	ADD COLUMN undone_at	DATETIME(6)	NULL;			-- when that was taken back
