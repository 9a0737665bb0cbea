-- People as a register: found by skill, by department, and whether they took their invitation.

ALTER TABLE user
	ADD COLUMN invited BOOLEAN AS (password IS NULL) STORED,	-- has no password yet
	ADD KEY user_invited (invited, name, id),
	ADD KEY user_archived (archived_at, name, id);
