/* records.mjs: a record of every register, as its form is filled in. */
import { department, one, quote } from './stage.mjs';

/*
 * kind: of its events, and its table.  fields: of a new record, around a word that is nobody else's.  change: a
 * member and its new value.  also: acts that come along with that.  wrong: what is refused beside which member.  filter: the query string that finds it.
 */
export const table = {
	'/departments': { kind: 'department', fields: (m) => ({ name: `Forge ${m}`, note: `${m}` }),
		change: ['note', 'Hall 9'], wrong: { name: '' } },
	'/failure-codes': { kind: 'failure_code', fields: (m) => ({ kind: 'CAUSE', code: m.slice(-10), name: `Worn ${m}`,
		name_fr: `Usé ${m}` }), change: ['name_fr', 'Usée'], wrong: { code: 'thirteenchars' }, filter: 'kind=CAUSE' },
	'/machines': { kind: 'machine', fields: async (m) => ({ number: `R-${m}`, name: `Machine ${m}`,
		department_id: await department(), location: 'Hall 1', criticality: 'HIGH', status: 'OPERATIONAL', parent_number: '',
		manufacturer: '', model: '', serial_number: '', installed_on: '2020-02-29' }),
	change: ['name', 'Another name'], wrong: { installed_on: 'yesterday' }, filter: 'status=OPERATIONAL' },
	'/parts': { kind: 'part', fields: (m) => ({ number: `R-${m}`, name: `Seal ${m}`, description: 'FKM', group_name: 'Seals',
		unit: 'pc', place: 'A-1', minimum: '0' }), change: ['place', 'B-2'], wrong: { minimum: '-1' } },
	'/users': { kind: 'user', fields: async (m) => ({ name: `Person ${m}`, email: `${m}@stage.example`, role: 'TECHNICIAN', phone: '',
		hourly_rate: '', language: '', department_names: await one(`SELECT name FROM department WHERE id = ${await department()}`),
		skill_names: '' }), change: ['phone', '+33 3 80 00 00 00'], wrong: { role: 'KING' }, filter: 'role=TECHNICIAN',
		also: ['user.invited'] },
	'/vendors': { kind: 'vendor', fields: (m) => ({ name: `Vendor ${m}`, customer_number: 'C-1', contact_name: 'Zoé',
		email: `${m}@vendor.example`, phone: '1', website: 'https://vendor.example', address: '1 rue X\r\nDijon', note: '' }),
	change: ['phone', '+33 3 80 00 00 00'], wrong: { email: 'nobody' } },
	'/machine-classes': { kind: 'machine_class', fields: (m) => ({ code: m.slice(-10), name: `Class ${m}` }),
		change: ['name', 'Another class'], wrong: { code: '' } },
	'/machine-models': { kind: 'machine_model', fields: async (m) => ({ name: `Model ${m}`, manufacturer: `Maker ${m}`,
		machine_class_id: await one(`INSERT INTO machine_class (code, name) VALUES (${quote(m.slice(-10))}, ${quote(m)})
			RETURNING id`), vendor_id: '', note: 'x' }), change: ['note', 'y'], wrong: { machine_class_id: '999999999' } },
	'/maintenance-types': { kind: 'maintenance_type', fields: (m) => ({ name: `Round ${m}`, name_fr: `Tournée ${m}`,
		kind: 'PREVENTIVE', note: '' }), change: ['kind', 'SAFETY'], wrong: { kind: 'PARTY' }, filter: 'kind=PREVENTIVE' },
	'/shift-calendars': { kind: 'shift_calendar', fields: (m) => ({ name: `Shift ${m}`, note: '',
		shifts: 'mon-fri 06:00-22:00\r\nsat 06:00-12:00' }), change: ['note', 'since May'],
	wrong: { shifts: 'mon-fri 06:00-22:00\r\nmonday 6-22' } },
	'/holidays': { kind: 'holiday', fields: async (m) => ({ day: '2026-07-14', name: `Day ${m}`, shift_calendar_id: await one(
		`INSERT INTO shift_calendar (name) VALUES (${quote(m)}) RETURNING id`) }), change: ['day', '2027-07-14'],
	wrong: { day: '2026-02-30' }, filter: (f) => `calendar=${f.shift_calendar_id}` },
	'/skills': { kind: 'skill', fields: (m) => ({ name: `Skill ${m}`, note: '' }), change: ['note', 'yearly'], wrong: { name: '' } },
	'/tags': { kind: 'tag', fields: (m) => ({ name: `Tag ${m}`, note: '' }), change: ['note', 'x'], wrong: { name: '' } },
	'/printers': { kind: 'printer', fields: (m) => ({ name: `Printer ${m}`, kind: 'PAPER', host: '', port: '', dpi: '', offset_x: '0',
		offset_y: '0', scale: '100', note: '' }), change: ['note', 'Roll of 50'], wrong: { scale: '50' } },
	'/locations': { kind: 'location', fields: async (m) => ({ number: `L-${m}`, name: `Place ${m}`, kind: 'LINE', parent_id: '',
		note: '' }), change: ['name', 'Another place'], wrong: { kind: 'MOON' }, filter: 'kind=LINE' },
};
