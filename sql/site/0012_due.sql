-- Until when a work order is to be done; the letters of one state.

ALTER TABLE work_order
	ADD COLUMN due_on DATE NULL,				-- the last day; NULL: nobody said
	ADD KEY work_order_due (state, due_on, id);

ALTER TABLE mail ADD KEY mail_state (state, id);
