import { Ajv } from 'ajv';

/** RFC 3339 with milliseconds and an offset. */
const instant = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}(?:Z|[+-]\\d{2}:\\d{2})$',
};
const instantOrNull = { anyOf: [instant, { type: 'null' }] };
const id = { type: 'string', pattern: '^[a-z0-9]{12}$' };
const text = { type: 'string', minLength: 1 };
const textOrNull = { type: ['string', 'null'] };

/** An object that has just these keys. */
function exactly(properties: Record<string, object>, optional: string[] = []) {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    additionalProperties: false,
  };
}

const list = (items: object) => ({ type: 'array', items });

const page = exactly({
  id,
  name: text,
  url: { type: 'string', pattern: '[^/]$' },
  time_zone: text,
  updated_at: instant,
});

const status = exactly({
  indicator: { enum: ['none', 'minor', 'major', 'critical', 'maintenance'] },
  description: {
    enum: [
      'All Systems Operational',
      'Partially Degraded Service',
      'Minor Service Outage',
      'Partial System Outage',
      'Major System Outage',
      'Service Under Maintenance',
    ],
  },
});

const state = {
  enum: ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'],
};

const componentKeys = {
  id,
  name: text,
  status: state,
  created_at: instant,
  updated_at: instant,
  position: { type: 'integer', minimum: 1 },
  description: textOrNull,
  showcase: { type: 'boolean' },
  start_date: { anyOf: [{ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, { type: 'null' }] },
  group_id: { anyOf: [id, { type: 'null' }] },
  page_id: id,
  group: { type: 'boolean' },
  only_show_if_degraded: { type: 'boolean' },
};

/** Groups, and nothing else, have a list of what is in them. */
const component = {
  type: 'object',
  if: { type: 'object', properties: { group: { const: true } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: exactly({ ...componentKeys, group_id: { type: 'null' }, components: list(id) }),
  else: exactly(componentKeys),
};

const affected = exactly({ code: id, name: text, old_status: state, new_status: state });

function update(statuses: string[]) {
  return exactly({
    id,
    status: { enum: statuses },
    body: text,
    incident_id: id,
    created_at: instant,
    updated_at: instant,
    display_at: instant,
    affected_components: { anyOf: [{ ...list(affected), minItems: 1 }, { type: 'null' }] },
    deliver_notifications: { type: 'boolean' },
    custom_tweet: textOrNull,
    tweet_id: { type: ['integer', 'null'] },
  });
}

function reportKeys(statuses: string[], impacts: string[]) {
  return {
    id,
    name: text,
    status: { enum: statuses },
    created_at: instant,
    updated_at: instant,
    monitoring_at: instantOrNull,
    resolved_at: instantOrNull,
    impact: { enum: impacts },
    shortlink: { type: 'string', pattern: '^https?://' },
    started_at: instant,
    page_id: id,
    incident_updates: { ...list(update(statuses)), minItems: 1 },
    components: list(component),
  };
}

const open = ['investigating', 'identified', 'monitoring'];
const impacts = ['none', 'minor', 'major', 'critical'];

function incident(statuses: string[]) {
  const keys = reportKeys([...open, 'resolved', 'postmortem'], impacts);
  return exactly({ ...keys, status: { enum: statuses }, reminder_intervals: textOrNull });
}

function maintenance(statuses: string[]) {
  const keys = reportKeys(['scheduled', 'in_progress', 'verifying', 'completed'], ['maintenance']);
  return exactly({
    ...keys,
    status: { enum: statuses },
    scheduled_for: instant,
    scheduled_until: instant,
  });
}

const anyIncident = incident([...open, 'resolved', 'postmortem']);
const anyMaintenance = maintenance(['scheduled', 'in_progress', 'verifying', 'completed']);
const atMost50 = (items: object) => ({ ...list(items), maxItems: 50 });

/**
 * What each endpoint of Statuspage's API gives, as JSON Schema: keys, types and enumerations as real pages have them.
 * `incidents/*` stands for the file of one report.
 */
const ANSWERS: Record<string, object> = {
  summary: exactly({
    page,
    components: list(component),
    incidents: list(incident(open)),
    scheduled_maintenances: list(maintenance(['scheduled', 'in_progress', 'verifying'])),
    status,
  }),
  status: exactly({ page, status }),
  components: exactly({ page, components: list(component) }),
  incidents: exactly({ page, incidents: atMost50(anyIncident) }),
  'incidents/unresolved': exactly({ page, incidents: list(incident(open)) }),
  'scheduled-maintenances': exactly({ page, scheduled_maintenances: atMost50(anyMaintenance) }),
  'scheduled-maintenances/upcoming': exactly({
    page,
    scheduled_maintenances: list(maintenance(['scheduled'])),
  }),
  'scheduled-maintenances/active': exactly({
    page,
    scheduled_maintenances: list(maintenance(['in_progress', 'verifying'])),
  }),
  'incidents/*': exactly({ page, incident: { anyOf: [anyIncident, anyMaintenance] } }),
};

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validators = new Map(Object.entries(ANSWERS).map(([path, schema]) => [path, ajv.compile(schema)]));

/** What is wrong with the answer of an endpoint (a path below `api/v2/` without `.json`); empty: nothing. */
export function faultsOf(endpoint: string, answer: unknown): string[] {
  const known = validators.has(endpoint) ? endpoint : endpoint.replace(/^incidents\/[^/]+$/, 'incidents/*');
  const validate = validators.get(known);
  if (validate === undefined) return [`There is no endpoint ${endpoint}.`];
  const shape = validate(answer)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return [...shape, ...orderFaults(answer)];
}

/** The order that the keys of real pages have; optional ones where they stand. */
const ORDERS = [
  Object.keys(page.properties),
  Object.keys(status.properties),
  [...Object.keys(componentKeys), 'components'],
  Object.keys(affected.properties),
  Object.keys(update([]).properties),
  [...Object.keys(reportKeys([], [])), 'reminder_intervals', 'scheduled_for', 'scheduled_until'],
  ['page', 'components', 'incidents', 'scheduled_maintenances', 'status'],
  ['page', 'incident'],
];

function orderFaults(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => orderFaults(item, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value);
  const ordered = ORDERS.some((order) => {
    const places = keys.map((key) => order.indexOf(key));
    return places.every((place, index) => place > (index === 0 ? -1 : places[index - 1]!));
  });
  const here = ordered ? [] : [`${path} has its keys in another order: ${keys.join(', ')}`];
  return [...here, ...Object.entries(value).flatMap(([key, item]) => orderFaults(item, `${path}/${key}`))];
}
