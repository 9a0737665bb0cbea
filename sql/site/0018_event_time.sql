-- Spans of time in the activity log.  An import's events are older than their ids, so that a span
-- is read in the order of its times; without these, of a million events as many as the span has
-- were read when what was also asked for (a person, an act, an address) is not in it: seconds.

ALTER TABLE event
	ADD KEY event_user_at (user_id, at, id),		-- what a person did then
	ADD KEY event_act_at (act, at, id),			-- how often this was done then
	ADD KEY event_address_at (address, at, id);		-- who came from there then
