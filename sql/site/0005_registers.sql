-- Plans of locations, and the tree of machines that were there before trees were kept.

ALTER TABLE location
	ADD COLUMN plan_id BIGINT NULL,		-- the attachment whose picture is its plan
	ADD FOREIGN KEY (plan_id) REFERENCES attachment (id);

-- Where something stands on the plan of a location: in thousandths of the plan's width, from its top left corner.
CREATE TABLE location_spot (
	location_id	BIGINT		NOT NULL,	-- whose plan
	is_machine	BOOLEAN		NOT NULL,	-- else it is a location
	record_id	BIGINT		NOT NULL,	-- the machine's id, or the location's
	x		BIGINT		NOT NULL CHECK (x BETWEEN 0 AND 1000),
	y		BIGINT		NOT NULL CHECK (y BETWEEN 0 AND 625),
	PRIMARY KEY (location_id, is_machine, record_id),
	FOREIGN KEY (location_id) REFERENCES location (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- From the root down, a level at a time; trees are at most 16 deep.
UPDATE machine SET tree = CONCAT('/', id, '/') WHERE parent_id IS NULL;
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
UPDATE machine c JOIN machine p ON p.id = c.parent_id SET c.tree = CONCAT(p.tree, c.id, '/') WHERE p.tree <> '' AND c.tree = '';
