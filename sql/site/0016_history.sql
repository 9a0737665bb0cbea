-- Histories that come in as files: who did it, where that is no account; what their parts cost.

ALTER TABLE work_order
	ADD COLUMN assignee_said VARCHAR(80) NULL,		-- who did it without an account, as an import says
	ADD COLUMN parts_stated DECIMAL(14,4) NOT NULL DEFAULT 0;	-- what an import says that its parts cost; movements that are imported later are in it

-- Movements of a part in the order of their time, and stops of all machines in theirs: exports, and what an import finds again.
ALTER TABLE movement ADD KEY movement_part_at (part_id, at, id);
ALTER TABLE stop ADD KEY stop_started (started_at, id);
