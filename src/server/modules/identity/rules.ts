import type { Permission } from '#contract/route.ts';

/** The roles of an appointment and what each may do within its area or unit. */
const read = ['event.read', 'grids.read', 'library.read', 'people.read'] as const satisfies readonly Permission[];
const field = [
  ...read,
  'event.report',
  'event.receive',
  'event.verify',
  'event.escalate',
  'event.annotate',
  'event.handle',
  'event.check',
  'care.read',
  'care.glance',
  'visit.do',
  'inspection.do',
  'group.read',
  'force.read',
  'warning.read',
  'station.read',
  'circle.read',
  'need.record',
] as const;
/** Whoever stands behind the counter of a station: serves, lends, books; sees what the station holds. */
const counter = ['event.report', 'grids.read', 'library.read', 'warning.read', 'station.read', 'station.work'] as const;
/** Community committees and the seats of centres. */
const seat = [
  ...read,
  'event.report',
  'event.receive',
  'event.annotate',
  'event.escalate',
  'alarm.read',
  'group.read',
  'force.read',
  'warning.read',
  'station.read',
  'circle.read',
  'need.record',
  'analytics.read',
  'assistant.use',
] as const;
/** Those who answer for people in care and points of risk of a community. */
const committee = [
  ...seat,
  'event.verify',
  'event.file',
  'event.dispatch',
  'care.read',
  'care.glance',
  'care.edit',
  'visit.do',
  'visit.plan',
  'inspection.do',
  'risk.edit',
  'group.manage',
  'force.edit',
  'facility.edit',
] as const;
/** A seat of a centre sees of people in care what helps in an emergency, not who they are. */
const commandSeat = [...seat, 'care.glance', 'alarm.handle'] as const;

export const rolePermissions = {
  // 1+3+N grid force
  leader: [...field, 'event.file', 'care.edit', 'visit.plan', 'risk.edit', 'group.manage'], // 网格长
  full_time: [...field, 'care.edit', 'risk.edit', 'group.manage'], // 专职网格员
  part_time: [...field], // 兼职网格员
  instructor: [...field], // 网格指导员
  other: ['event.report', 'grids.read', 'library.read'], // N
  // community committee
  secretary: [
    ...committee,
    'event.check',
    'care.export',
    'care.review',
    'care.erase',
    'burden.ask',
    'station.manage',
    'partner.manage',
    'circle.plan',
  ], // 社区书记
  clerk: [...committee, 'event.handle'], // 社区干事
  special_care: [...read, 'care.read', 'care.glance', 'care.edit', 'care.restricted', 'visit.do'], // 专项帮扶人员
  // governance centre
  intake_seat: [...commandSeat, 'event.file'], // 受理席
  dispatch_seat: [...commandSeat, 'event.file', 'event.dispatch', 'incident.report'], // 派遣席
  analysis_seat: [
    ...read,
    'event.annotate',
    'alarm.read',
    'care.glance',
    'group.read',
    'warning.read',
    'station.read',
    'circle.read',
    'analytics.read',
    'analytics.edit',
    'assistant.use',
  ], // 研判席
  supervise_seat: [
    ...read,
    'event.annotate',
    'event.supervise',
    'event.check',
    'audit.read',
    'alarm.read',
    'care.review',
    'force.read',
    'warning.read',
    'station.read',
    'circle.read',
    'analytics.read',
    'department.rate',
    'assistant.use',
  ], // 督办席
  duty_chief: [
    ...commandSeat,
    'event.file',
    'event.dispatch',
    'event.coordinate',
    'event.supervise',
    'incident.report',
    'warning.issue',
    'plan.edit',
    'risk.edit',
    'care.export',
    'group.manage',
    'force.edit',
    'burden.ask',
    'station.manage',
    'partner.manage',
    'facility.edit',
    'circle.plan',
    'analytics.edit',
    'department.rate',
  ], // 值班长
  commander: [
    ...read,
    'event.annotate',
    'event.supervise',
    'event.coordinate',
    'event.dispatch',
    'event.escalate',
    'ledger.read',
    'alarm.read',
    'incident.report',
    'warning.read',
    'warning.issue',
    'care.glance',
    'care.export',
    'group.read',
    'force.read',
    'burden.ask',
    'station.read',
    'partner.manage',
    'circle.read',
    'circle.plan',
    'circle.decide',
    'analytics.read',
    'analytics.edit',
    'department.rate',
    'feed.publish',
    'assistant.use',
  ], // 指挥长
  // the fifteen-minute life circle
  planner: [
    'grids.read',
    'library.read',
    'people.read',
    'station.read',
    'group.read',
    'circle.read',
    'need.record',
    'facility.edit',
    'circle.plan',
  ], // 规划员
  // posts, departments, agencies
  handler: [
    'event.read',
    'grids.read',
    'library.read',
    'event.handle',
    'event.annotate',
    'event.report',
    'inspection.do',
  ],
  handler_lead: [
    'event.read',
    'grids.read',
    'library.read',
    'event.handle',
    'event.annotate',
    'event.report',
    'event.dispatch',
    'incident.report',
    'inspection.do',
    'burden.ask',
    'warning.read',
    'analytics.read',
    'department.rate',
    'assistant.use',
  ],
  checker: [
    'event.read',
    'grids.read',
    'library.read',
    'event.check',
    'event.annotate',
    'event.verify',
    'event.report',
  ], // 核查员
  // 小红伞
  station_head: [...counter, 'event.read', 'event.annotate', 'station.manage'], // 站长
  volunteer: [...counter], // 值守志愿者（驿站平板）
  // three administrators: three different people, none of whom handles events
  system_admin: [
    'grids.read',
    'grids.edit',
    'risk.edit',
    'people.read',
    'identity.edit',
    'library.read',
    'library.edit',
    'calendar.edit',
    'device.edit',
    'plan.edit',
    'notice.edit',
  ],
  security_admin: ['people.read', 'security.edit', 'tokens.edit', 'grids.read'],
  audit_admin: ['audit.read', 'care.review', 'ledger.read', 'grids.read', 'people.read'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof rolePermissions;
export const roles = Object.keys(rolePermissions) as Role[];

export function isRole(word: string): word is Role {
  return word in rolePermissions;
}

/** One appointment, seen as what it allows: `areaCode` null means only what the unit itself holds. */
export interface Grant {
  role: Role;
  unitId: string;
  areaCode: string | null;
  permissions: ReadonlySet<Permission>;
  /** Set behind a signed link: only this task, nothing else the unit holds. */
  taskId?: string;
}

/** Whoever makes a request. Anonymous residents have no grants; their receipts are guarded by secrets. */
export interface Actor {
  kind: 'account' | 'token' | 'link' | 'anonymous' | 'system';
  /** Of kind 'link': which one. */
  linkId?: string;
  accountId: string | null;
  name: string;
  adminKind: 'system' | 'security' | 'audit' | null;
  grants: readonly Grant[];
  /** An API token may do no more than its scopes; null for people. */
  limitedTo: ReadonlySet<Permission> | null;
}

/** What a row offers for the question "does this appointment reach it?". */
export interface Reach {
  /** Codes of all areas that contain it, city first. */
  path: readonly string[];
  /** Units that own it or hold (have held) a task of it. */
  units: readonly string[];
}

export const anonymous: Actor = {
  kind: 'anonymous',
  accountId: null,
  name: '',
  adminKind: null,
  grants: [],
  limitedTo: null,
};
export const systemActor: Actor = {
  kind: 'system',
  accountId: null,
  name: 'system',
  adminKind: null,
  grants: [],
  limitedTo: null,
};

/** Whoever holds a signed link to one task of a unit: may do that task and read what belongs to it. */
export function linkActor(link: { id: string; unitId: string; taskId: string; name: string }): Actor {
  return {
    ...anonymous,
    kind: 'link',
    linkId: link.id,
    name: link.name,
    grants: [
      {
        role: 'handler',
        unitId: link.unitId,
        areaCode: null,
        taskId: link.taskId,
        permissions: new Set(['event.read', 'event.handle', 'event.annotate']),
      },
    ],
  };
}

/** Who sends an operation id, as `once` wants it: nobody may repeat what another began. */
export function senderOf(actor: Actor): string {
  return actor.accountId ?? actor.linkId ?? actor.kind;
}

/** True when any appointment carries the word at all (the route's own check). */
export function holds(actor: Actor, permission: Permission): boolean {
  if (actor.limitedTo !== null && !actor.limitedTo.has(permission)) return false;
  return actor.grants.some((grant) => grant.permissions.has(permission));
}

/** The appointments through which the actor has `permission` over this row; empty means no. */
export function grantsFor(actor: Actor, permission: Permission, reach: Reach): Grant[] {
  if (actor.limitedTo !== null && !actor.limitedTo.has(permission)) return [];
  return actor.grants.filter(
    (grant) =>
      grant.permissions.has(permission) &&
      ((grant.areaCode !== null && reach.path.includes(grant.areaCode)) || reach.units.includes(grant.unitId)),
  );
}
