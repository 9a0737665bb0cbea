-- Files on any record: what kind they are, their versions, their removal; how long bytes are kept.

ALTER TABLE attachment
	MODIFY kind VARCHAR(24) NOT NULL,		-- of the record: work_order, or a register's
	ADD COLUMN category VARCHAR(8) NOT NULL DEFAULT 'PHOTO' CHECK (category IN
		('PHOTO','MANUAL','VIDEO','SOUND','DOCUMENT')),	-- by content; who sends a document may call it a manual
	ADD COLUMN title VARCHAR(160) NOT NULL DEFAULT '',	-- what it shows; empty: its name says enough
	ADD COLUMN series_id BIGINT NULL,		-- the id of the first of its versions; NULL: there is one only
	ADD COLUMN edition BIGINT NOT NULL DEFAULT 1,	-- its number among its versions
	ADD COLUMN replaced_at DATETIME(6) NULL,	-- since when a newer version stands for it
	ADD COLUMN removed_by BIGINT NULL,		-- who removed it
	ADD COLUMN waiting BOOLEAN NULL,		-- TRUE: removed, and its bytes not looked at yet; else NULL
	ADD KEY attachment_series (series_id, edition),
	ADD KEY attachment_waiting (waiting, removed_at),
	ADD FOREIGN KEY (removed_by) REFERENCES user (id);

ALTER TABLE file
	ADD COLUMN gone_at DATETIME(6) NULL;		-- its bytes were removed, the last record's use being over

ALTER TABLE plant
	ADD COLUMN file_most_mb BIGINT NOT NULL DEFAULT 10,	-- of one file, in MB of 1024 × 1024 bytes; at most 60
	ADD COLUMN file_keep_days BIGINT NOT NULL DEFAULT 30;	-- how long the bytes of a removed file stay

-- Photos are only sent as what was made of them: those of before are made anew.
UPDATE file SET picture = 'WANTED' WHERE picture = 'MADE';
