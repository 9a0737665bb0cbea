-- rows.sql: @n work orders over five years, and what they stand on; run in the site's schema, in parts.
-- Nothing is by chance: CRC32 of the number is the die.
SET foreign_key_checks = 0, unique_checks = 0;

-- part registers
DELETE FROM user_department WHERE user_id > 1000;
DELETE FROM user WHERE id > 1000;
DELETE FROM department;
TRUNCATE TABLE machine;
DELETE FROM machine_model;
DELETE FROM machine_class;
DELETE FROM location;
DELETE FROM failure_code;
INSERT INTO department (id, name) SELECT seq, CONCAT('Department ', seq) FROM seq_1_to_20;
INSERT INTO user (id, email, name, role, hourly_rate)
	SELECT 1000 + seq, CONCAT('person', seq, '@bench.example'), CONCAT('Given', seq, ' Family', seq * 7),
		CASE WHEN seq <= 5 THEN 'ADMIN' WHEN seq <= 45 THEN 'SUPERVISOR' WHEN seq <= 145 THEN 'TECHNICIAN'
		WHEN seq <= 155 THEN 'MANAGER' WHEN seq <= 160 THEN 'INVENTORY' ELSE 'REQUESTER' END, 30 + seq % 20
	FROM seq_1_to_200;
-- Supervisors, technicians and requesters have one department, every fifth technician a second.
INSERT INTO user_department (user_id, department_id)
	SELECT id, 1 + (id - 1006) % 20 FROM user WHERE id BETWEEN 1006 AND 1145
	UNION ALL SELECT id, 1 + id % 20 FROM user WHERE id > 1160
	UNION ALL SELECT id, 1 + (id - 996) % 20 FROM user WHERE id BETWEEN 1046 AND 1145 AND id % 5 = 0;
INSERT INTO failure_code (id, kind, code, name, name_fr)
	SELECT seq, IF(seq <= 20, 'PROBLEM', IF(seq <= 30, 'CAUSE', 'REMEDY')), CONCAT('C', seq),
		CONCAT('Failure of kind ', seq), CONCAT('Panne de type ', seq) FROM seq_1_to_40;
INSERT INTO machine_class (id, code, name) SELECT seq, CONCAT('K', seq), CONCAT('Class ', seq) FROM seq_1_to_5;
INSERT INTO machine_model (id, name, manufacturer, machine_class_id)
	SELECT seq, CONCAT('M', seq - 1), 'Acme', 1 + seq % 5 FROM seq_1_to_90;
INSERT INTO location (id, number, name, path, tree)
	SELECT seq, CONCAT('H', seq), CONCAT('Hall ', seq), CONCAT('Hall ', seq), CONCAT('/', seq, '/') FROM seq_1_to_200;
INSERT INTO machine (id, code, number, name, department_id, location, manufacturer, model, serial_number,
		criticality, tree)
	SELECT seq, CONCAT('BBBB-', LPAD(HEX(seq), 4, '0')), CONCAT('MCH-', LPAD(seq, 5, '0')),
		CONCAT(ELT(1 + seq % 5, 'Press', 'Lathe', 'Conveyor', 'Packing line', 'Robot'), ' ', seq), 1 + seq % 20,
		CONCAT('Hall ', 1 + seq % 7, ', bay ', seq % 40), 'Acme', CONCAT('M', seq % 90), CONCAT('SN', seq * 13),
		ELT(1 + seq % 4, 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), CONCAT('/', seq, '/')
	FROM seq_1_to_2000;

TRUNCATE TABLE part;
INSERT INTO part (id, number, name, description, group_name, unit, place, source_key)
	SELECT seq, CONCAT(ELT(1 + die % 6, 'BRG', 'SEA', 'VLV', 'MOT', 'FIL', 'BLT'), '-', 10000 + seq, ELT(1 + die % 3, '-2RS',
		'', '-ZZ')), CONCAT(ELT(1 + die DIV 7 % 8, 'Deep groove', 'Tapered', 'Hydraulic', 'Pneumatic', 'Stainless',
		'Sealed', 'Heavy', 'Long'), ' ', ELT(1 + die DIV 61 % 10, 'bearing', 'seal', 'valve', 'motor', 'filter', 'belt',
		'hose', 'coupling', 'sensor', 'relay'), ' ', 10 + die % 90, ' x ', 5 + die DIV 90 % 60), '',
		ELT(1 + die % 6, 'Bearings', 'Seals', 'Valves', 'Motors', 'Filters', 'Belts'), 'pc',
		CONCAT(ELT(1 + die % 4, 'A', 'B', 'C', 'D'), '-', die DIV 4 % 30, '-', die DIV 120 % 20), NULL
	FROM (SELECT seq, CRC32(seq * 7) AS die FROM seq_1_to_100000) x;

-- part machines: @from…@to; beside those that have work orders
-- A model is that of one in 90, Siemens the maker of one in ten, a name begins with Robot at every fifth.
INSERT INTO machine (id, code, number, name, department_id, location_id, location, machine_model_id, manufacturer,
		model, serial_number, installed_on, criticality, status, tree)
	SELECT seq, CONCAT(SUBSTR(LPAD(HEX(seq), 8, '0'), 1, 4), '-', SUBSTR(LPAD(HEX(seq), 8, '0'), 5)),
		CONCAT('MCH-', LPAD(seq, 7, '0')),
		CONCAT(ELT(1 + die % 5, 'Press', 'Lathe', 'Conveyor', 'Packing line', 'Robot'), ' ', die DIV 5 % 50000),
		1 + seq % 20, 1 + die % 200, CONCAT('bay ', seq % 40), 1 + die DIV 7 % 90,
		ELT(1 + die DIV 11 % 10, 'Siemens', 'Acme', 'Bosch', 'Fanuc', 'Festo', 'Haas', 'Kuka', 'Okuma', 'Trumpf', 'Voith'),
		CONCAT('M', die DIV 7 % 90), CONCAT('SN', seq * 13), '2010-01-01' + INTERVAL die % 5000 DAY,
		ELT(1 + seq % 4, 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'),
		CASE die DIV 13 % 100 WHEN 1 THEN 'DOWN' WHEN 2 THEN 'MAINTENANCE' WHEN 3 THEN 'DECOMMISSIONED'
		ELSE 'OPERATIONAL' END, CONCAT('/', seq, '/')
	FROM (SELECT seq, CRC32(seq * 17) AS die FROM seq_1_to_50000000 WHERE seq BETWEEN @from AND @to) x;

-- part empty
TRUNCATE TABLE search_word;
TRUNCATE TABLE search_ending;
TRUNCATE TABLE search_typo;
TRUNCATE TABLE search_posting;
TRUNCATE TABLE search_record;
TRUNCATE TABLE search_todo;
UPDATE search_progress SET last_id = 0;
TRUNCATE TABLE event;
TRUNCATE TABLE event_unsealed;
TRUNCATE TABLE event_seal;
TRUNCATE TABLE reader;
TRUNCATE TABLE notification;
TRUNCATE TABLE follower;
TRUNCATE TABLE work_log;
TRUNCATE TABLE stop;
TRUNCATE TABLE once;
TRUNCATE TABLE work_order;

-- part rows: @from…@to of @n
-- Of the newest two hundredths a tenth is open and a tenth not yet confirmed; of all, a hundredth was cancelled.
INSERT INTO work_order (id, number, kind, state, priority, machine_id, department_id, reporter_id, assignee_id,
		problem_code_id, description, machine_down, cause_code_id, remedy_code_id, resolution, reported_at,
		accepted_at, completed_at, confirmed_at, confirmed_by, cancelled_at, cancel_reason, labour_minutes,
		labour_cost, parts_cost, created_at)
	SELECT id, CONCAT('WO-', YEAR(t), '-', LPAD(id, 7, '0')), IF(die % 9 = 0, 'PREVENTIVE', 'CORRECTIVE'), state,
		ELT(1 + die % 7 DIV 2, 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'), machine, 1 + machine % 20,
		1161 + die % 40, IF(state = 'PENDING', NULL, 1046 + machine % 20 + 20 * (die % 5)), 1 + die % 20,
		CONCAT(ELT(1 + die DIV 11 % 6, 'It makes a noise near the ', 'Oil leaks from the ', 'No pressure at the ',
			'Smoke comes out of the ', 'Strong vibration at the ', 'It gets hot: the '),
			IF(die DIV 13 % 10 < 3, 'pump', ELT(1 + die DIV 17 % 12, 'drive', 'gearbox', 'spindle', 'conveyor belt',
			'motor', 'cylinder', 'compressor', 'guard switch', 'fan', 'encoder', 'brake', 'chain')),
			' since this morning, and stops after ', die % 60, ' minutes. Order ', die DIV 19 % 50000, '.'),
		die % 3 = 0, IF(done, 21 + die % 10, NULL), IF(done, 31 + die % 10, NULL),
		IF(done, 'Bearing changed, belt tightened, run for ten minutes under load.', NULL), t,
		IF(state IN ('PENDING', 'CANCELLED'), NULL, t + INTERVAL die % 90 MINUTE),
		IF(done, t + INTERVAL 90 + die % 400 MINUTE, NULL),
		IF(done AND confirmed, t + INTERVAL 600 + die % 400 MINUTE, NULL),
		IF(done AND confirmed, 1006 + machine % 20, NULL),
		IF(state = 'CANCELLED', t + INTERVAL 30 MINUTE, NULL), IF(state = 'CANCELLED', 'Reported twice', NULL),
		IF(done, 20 + die % 200, 0), IF(done, (20 + die % 200) * 0.6, 0), IF(done, die % 500, 0), t
	FROM (SELECT id, die, machine, t, state, state = 'COMPLETED' AS done, confirmed FROM (
		SELECT seq AS id, CRC32(seq) AS die, 1 + CRC32(seq * 31) % 2000 AS machine,
			UTC_TIMESTAMP(6) - INTERVAL (@n - seq) * 157788000 DIV @n SECOND - INTERVAL 2 HOUR AS t,
			CASE WHEN seq > @n - @n DIV 50 AND CRC32(seq) DIV 100 % 10 = 0
				THEN ELT(1 + CRC32(seq) DIV 1000 % 3, 'PENDING', 'IN_PROGRESS', 'WAITING_PARTS')
			WHEN CRC32(seq) DIV 100 % 100 = 1 THEN 'CANCELLED' ELSE 'COMPLETED' END AS state,
			NOT (seq > @n - @n DIV 50 AND CRC32(seq) DIV 100 % 10 = 2) AS confirmed
		FROM seq_1_to_50000000 WHERE seq BETWEEN @from AND @to) x) y;
INSERT INTO event (at, user_id, user_name, address, act, kind, record_id, title, work_order_id, machine_id,
		department_id, changes)
	SELECT reported_at, reporter_id, CONCAT('Given', reporter_id - 1000, ' Family'), '10.0.0.1',
		'work_order.reported', 'work_order', id, number, id, machine_id, department_id,
		'{"priority":[null,"HIGH"],"description":[null,"It makes a noise near the drive"]}'
	FROM work_order WHERE id BETWEEN @from AND @to;
INSERT INTO stop (machine_id, work_order_id, started_at, ended_at)
	SELECT machine_id, id, reported_at, completed_at FROM work_order
	WHERE id BETWEEN @from AND @to AND machine_down AND (completed_at IS NOT NULL OR id % 9 = 0);
INSERT INTO work_log (work_order_id, user_id, kind, note, minutes, rate, at)
	SELECT id, assignee_id, 'LABOUR', 'Looked, measured, took the guard off.', labour_minutes, 36, completed_at
	FROM work_order WHERE id BETWEEN @from AND @to AND completed_at IS NOT NULL AND id % 4 = 0;

-- part end
UPDATE machine SET status = 'OPERATIONAL';
UPDATE machine m JOIN stop s ON s.machine_id = m.id AND s.ended_at IS NULL SET m.status = 'DOWN';
INSERT INTO counter (name, value) SELECT CONCAT('work_order-', YEAR(UTC_TIMESTAMP())), 60000000
	ON DUPLICATE KEY UPDATE value = 60000000;
ANALYZE TABLE work_order, event, stop, work_log, machine, user, user_department, department, failure_code;
