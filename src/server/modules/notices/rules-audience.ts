import type { NoticeFacts, NoticeKind } from '#contract/notices-words.ts';
import type { Permission } from '#contract/route.ts';
import { rolePermissions, roles, type HolderWish, type Role } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';

/** Who is told of what: one row for each ledger action. */
interface Rule {
  kind: NoticeKind;
  /** Used where the line names no priority. */
  priority: number;
  /** Lines less urgent than this tell nobody. */
  upTo?: number;
  /** Where people are sought: units that the line names under these keys, all units or all areas of its audience. */
  units?: readonly string[] | 'audience';
  areas?: 'audience' | 'below_city';
  /** People meant by themselves: accounts that the line names under these keys, or all of its audience. */
  accounts?: readonly string[] | 'audience';
  roles: readonly Role[];
  office?: 'system';
  /** Also into the group chats of the area. */
  groups?: true;
}

const holding = (...words: Permission[]): Role[] =>
  roles.filter((role) => words.some((word) => (rolePermissions[role] as readonly Permission[]).includes(word)));

const handlers = holding('event.handle');
const deskAndHandlers = holding('event.handle', 'event.receive');
const watch = holding('alarm.handle');
const command: Role[] = ['duty_chief', 'dispatch_seat', 'commander'];
const incident: Omit<Rule, 'priority'> = { kind: 'incident', areas: 'audience', units: 'audience', roles: command };

const duty = { kind: 'duty', priority: 3 } as const;
const toPeople = { ...duty, roles: [], accounts: 'audience' } as const;
const errand = { kind: 'task', priority: 3 } as const;
const whoDecides = holding('force.edit');

export const noticeRules: Readonly<Record<string, Rule>> = {
  'event.dispatch': { kind: 'task', priority: 3, units: ['leadUnitId', 'assistUnitIds'], roles: handlers },
  'event.invite': { kind: 'task', priority: 3, units: ['unitIds'], roles: handlers },
  'event.hand_over': { kind: 'operation', priority: 2, units: 'audience', roles: deskAndHandlers },
  'event.urge': { kind: 'urge', priority: 3, units: 'audience', roles: deskAndHandlers },
  'event.supervise': { kind: 'urge', priority: 2, units: 'audience', roles: deskAndHandlers },
  'event.escalate_clock': { kind: 'clock', priority: 3, units: ['notifyUnitId'], roles: deskAndHandlers },
  'alarm.raise': { kind: 'alarm', priority: 2, upTo: 1, areas: 'below_city', roles: watch, groups: true },
  'alarm.second_channel': {
    kind: 'second_channel',
    priority: 0,
    areas: 'below_city',
    roles: [...watch, 'commander'],
    groups: true,
  },
  'warning.issue': { kind: 'warning', priority: 1, areas: 'audience', roles: holding('warning.read'), groups: true },
  'warning.receive': { kind: 'warning', priority: 2, areas: 'audience', roles: command },
  'operation.link': { kind: 'operation', priority: 1, units: 'audience', roles: handlers },
  'operation.open_plan': { kind: 'operation', priority: 1, units: 'audience', areas: 'below_city', roles: command },
  'incident.declare': { ...incident, priority: 0, groups: true },
  'incident.phone': { ...incident, priority: 1 },
  'incident.issue': { ...incident, priority: 1 },
  'incident.remind': { ...incident, priority: 1 },
  // Switched off is told with priority 4: nobody need hurry for it.
  'inspection.raise': {
    kind: 'warning',
    priority: 2,
    upTo: 3,
    areas: 'audience',
    roles: ['leader', 'full_time', 'part_time'],
  },
  'inspection.overdue': {
    kind: 'clock',
    priority: 3,
    units: ['notifyUnitId'],
    roles: ['handler_lead', 'secretary', 'duty_chief'],
  },
  'visit.raise': { kind: 'visit', priority: 2, areas: 'below_city', roles: ['secretary', 'leader', 'full_time'] },
  'visit.overdue': { kind: 'visit', priority: 1, areas: 'below_city', roles: ['secretary', 'duty_chief'] },
  // What one's own working days are made of: told to those it is about, and to whoever must answer.
  'force.leave_ask': { ...duty, units: ['decideUnitIds'], roles: whoDecides },
  'force.leave_decide': { ...duty, roles: [], accounts: ['askerId'] },
  'force.leave_withdraw': toPeople,
  'force.cover': { ...duty, roles: [], accounts: ['coverId'] },
  'force.roster': toPeople,
  'force.shift': toPeople,
  'force.answer': toPeople,
  'force.task_ask': { ...duty, units: ['receiverUnitIds'], roles: whoDecides },
  'force.task_accept': toPeople,
  'force.task_refuse': toPeople,
  'force.task_due': toPeople,
  'force.task_expire': toPeople,
  // Tomorrow's shifts lack people: the head of the station, once, the afternoon before.
  'shift.short': { ...duty, units: ['stationUnitId'], roles: ['station_head'] },
  // To the street that answers for the partner; what a partner says it delivered, to the head who confirms it.
  'partner.renewal_due': { ...duty, areas: 'audience', roles: holding('partner.manage') },
  'partner.renewal_ask': { ...duty, areas: 'audience', roles: holding('partner.manage') },
  'partner.contact_ask': { ...duty, areas: 'audience', roles: holding('partner.manage') },
  'partner.claim': { ...duty, units: 'audience', roles: holding('station.manage') },
  'service.month': { kind: 'duty', priority: 4, units: 'audience', roles: holding('station.manage') },
  // What waits at the counter today, and whom one's own people will see tomorrow.
  'booking.today': { ...duty, units: 'audience', roles: ['station_head'] },
  'booking.tomorrow': { ...duty, units: 'audience', roles: holding('event.handle') },
  'service_catalogue.away': { ...duty, units: 'audience', roles: ['station_head'] },
  'care.export_ask': { kind: 'task', priority: 3, areas: 'audience', roles: holding('care.export') },
  'care.export_approve': { kind: 'task', priority: 3, accounts: 'audience', roles: [] },
  'care.export_refuse': { kind: 'task', priority: 3, accounts: 'audience', roles: [] },
  // What stations have: who keeps it, and the street where something must be brought.
  'supply.restock': { ...errand, units: 'audience', areas: 'below_city', roles: ['station_head', 'duty_chief'] },
  'supply.recall': { kind: 'task', priority: 1, units: 'audience', roles: ['station_head', 'volunteer'] },
  'supply.arrive': { ...errand, units: 'audience', roles: ['station_head'] },
  'supply.expire': { ...errand, units: 'audience', roles: ['station_head'] },
  'loan.overdue': { ...errand, units: 'audience', roles: ['station_head'] },
  // Whoever made a scenario: it is reckoned, it was decided on, what came of it is late.
  'scenario.answer': { kind: 'task', priority: 4, roles: [], accounts: 'audience' },
  'decision.make': { kind: 'task', priority: 3, roles: [], accounts: 'audience' },
  'project.late': { kind: 'clock', priority: 3, roles: [], accounts: 'audience' },
  // A draft waits for words and a signature; an issued one is told to whom it was sent.
  'brief.make': { kind: 'task', priority: 4, units: 'audience', roles: ['analysis_seat', 'duty_chief', 'commander'] },
  'brief.issue': { kind: 'duty', priority: 4, units: 'audience', roles: holding('analytics.read') },
  // Far more or fewer of a kind than usual: who commands there, and who looks at figures.
  'anomaly.find': {
    kind: 'task',
    priority: 3,
    areas: 'below_city',
    roles: ['commander', 'duty_chief', 'analysis_seat'],
  },
  // A change of the rules, rehearsed: to whoever may edit the library, and its decision to whoever asked for the rehearsal.
  'library.propose': { kind: 'task', priority: 4, roles: [], office: 'system' },
  'library.adopt': { kind: 'task', priority: 4, roles: [], accounts: 'audience' },
  'library.turn_down': { kind: 'task', priority: 4, roles: [], accounts: 'audience' },
  'webhook.disable': { kind: 'system', priority: 2, roles: [], office: 'system' },
};

/** What a line means for people; undefined: nothing. */
export interface Telling {
  kind: NoticeKind;
  priority: number;
  wish: HolderWish;
  groups: boolean;
}

/** Decides by the table who is told of this line. */
export function tellingOf(line: LedgerNews): Telling | undefined {
  const rule = noticeRules[line.action];
  if (rule === undefined) return undefined;
  const priority = numberIn(line.data, 'priority') ?? rule.priority;
  if (priority > (rule.upTo ?? 4)) return undefined;
  return {
    kind: rule.kind,
    priority: Math.min(4, Math.max(0, Math.trunc(priority))),
    groups: rule.groups ?? false,
    wish: {
      roles: rule.roles,
      areas: rule.areas === undefined ? [] : areasOf(line.audience, rule.areas === 'below_city'),
      units: rule.units === 'audience' ? wordsOf(line.audience, 'u:') : idsIn(line.data, rule.units ?? []),
      accounts: rule.accounts === 'audience' ? wordsOf(line.audience, 'p:') : idsIn(line.data, rule.accounts ?? []),
      ...(rule.office === undefined ? {} : { office: rule.office }),
    },
  };
}

/** Codes of all areas that a line reaches. A city's code ends in 00: of everyday matters only its parts are told. */
export function areasOf(audience: readonly string[], belowCity: boolean): string[] {
  return wordsOf(audience, 'a:').filter((code) => !belowCity || code.length > 6 || !code.endsWith('00'));
}

function wordsOf(audience: readonly string[], prefix: 'a:' | 'u:' | 'p:'): string[] {
  return audience.flatMap((word) => (word.startsWith(prefix) ? [word.slice(2)] : []));
}

function idsIn(data: Record<string, unknown>, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const value = data[key];
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  });
}

function numberIn(data: Record<string, unknown>, key: string): number | undefined {
  const value = data[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textIn(data: Record<string, unknown>, key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function dayIn(data: Record<string, unknown>, keys: readonly string[]): string | undefined {
  return keys.map((key) => textIn(data, key)).find((text) => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text));
}

/** The few facts that a message may carry: codes and numbers, by name; whatever else the line holds stays behind. */
export function factsOf(line: LedgerNews, nameOfArea: (code: string) => string | undefined): NoticeFacts {
  const { data } = line;
  const lowest = areasOf(line.audience, false).toSorted((a, b) => b.length - a.length)[0];
  const found: { [K in keyof NoticeFacts]: NoticeFacts[K] | undefined } = {
    number: textIn(data, 'number'),
    deviceCode: textIn(data, 'deviceCode'),
    areaName: nameOfArea(textIn(data, 'areaCode') ?? lowest ?? ''),
    eventId: textIn(data, 'eventId'),
    alarmKind: line.action.startsWith('alarm.') ? textIn(data, 'kind') : undefined,
    step: textIn(data, 'step') ?? textIn(data, 'what'),
    mark: numberIn(data, 'mark') ?? numberIn(data, 'rung'),
    dueAt: textIn(data, 'dueAt'),
    planCode: textIn(data, 'planCode'),
    host: textIn(data, 'host'),
    day: dayIn(data, ['firstDay', 'day', 'dueDay']),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
