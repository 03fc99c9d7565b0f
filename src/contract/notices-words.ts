/** What a notice is about; people choose channels by it. */
export const noticeKinds = [
  'second_channel',
  'alarm',
  'incident',
  'warning',
  'operation',
  'task',
  'urge',
  'clock',
  'visit',
  'duty',
  'system',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Ways to one person beside the inbox, which always gets everything. */
export const personalChannels = ['web_push', 'email', 'sms'] as const;
export type PersonalChannel = (typeof personalChannels)[number];
/** Ways into a group chat. */
export const robotKinds = ['wecom', 'dingtalk'] as const;
/** Ways an administrator sets up; e-mail and browser messages come with the installation. */
export const channelKinds = ['sms', ...robotKinds] as const;
export type ChannelKind = (typeof channelKinds)[number];
export const deliveryChannels = [...personalChannels, ...robotKinds, 'webhook'] as const;
export type DeliveryChannel = (typeof deliveryChannels)[number];

/** waiting → sent; or failed (tried again) → dead (given up); suppressed: nobody could or may be reached this way. */
export const deliveryStates = ['waiting', 'failed', 'dead', 'suppressed', 'sent'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Ledger actions that other systems may subscribe to; the names are those of the ledger and stay. */
export const webhookTypes = [
  'event.report',
  'event.receive',
  'event.verify',
  'event.file',
  'event.decline',
  'event.dispatch',
  'event.invite',
  'event.accept',
  'event.finish',
  'event.check',
  'event.return',
  'event.escalate',
  'event.delegate',
  'event.supervise',
  'event.escalate_clock',
  'event.reopen',
  'event.hand_over',
  'alarm.raise',
  'alarm.acknowledge',
  'alarm.false',
  'alarm.clear',
  'alarm.second_channel',
  'alarm.to_event',
  'warning.receive',
  'warning.issue',
  'warning.end',
  'operation.open_plan',
  'incident.declare',
  'incident.phone',
  'incident.issue',
  'webhook.test',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** Facts of a notice: codes, numbers, names of areas. Never names of people or free text. */
export interface NoticeFacts {
  number?: string;
  deviceCode?: string;
  areaName?: string;
  eventId?: string;
  alarmKind?: string;
  step?: string;
  mark?: number;
  dueAt?: string;
  planCode?: string;
  host?: string;
  /** YYYY-MM-DD, a day something begins or falls due. */
  day?: string;
}

/** Pages of actions whose subject has no page of its own, or one page for those who decide and another for the person. */
const ownAddresses: Readonly<Record<string, string>> = {
  'force.leave_ask': '/desk/force?tab=leave',
  'force.leave_decide': '/desk/me/force',
  'force.leave_withdraw': '/desk/me/force',
  'force.cover': '/desk/me/force',
  'force.roster': '/desk/me/force',
  'force.shift': '/desk/me/force',
  'force.answer': '/desk/force?tab=helpers',
  'force.task_ask': '/desk/asked-tasks',
  'force.task_accept': '/desk/asked-tasks',
  'force.task_refuse': '/desk/asked-tasks',
  'force.task_due': '/desk/asked-tasks',
  'force.task_expire': '/desk/asked-tasks',
  'supply.restock': '/desk/supplies?show=low',
  'supply.recall': '/desk/supplies?show=recalled',
  'supply.arrive': '/desk/stations',
  'supply.expire': '/desk/supplies?show=expiry',
  'loan.overdue': '/desk/supplies?show=overdue',
  'decision.make': '/desk/projects',
};

/** Where the desk shows what a notice is about. */
export function noticeAddress(
  { subjectType, subjectId, action }: { subjectType: string; subjectId: string; action: string },
  facts: NoticeFacts,
): string {
  const own = ownAddresses[action];
  if (own !== undefined) return own;
  if (subjectType === 'event') return `/desk?event=${subjectId}`;
  if (subjectType === 'alarm') return '/desk/alarms';
  if (subjectType === 'warning') return '/desk/warnings';
  if (subjectType === 'inspection_task') return '/desk/risk-points?overdue=1';
  if (subjectType === 'visit_task' && facts.eventId === undefined) return '/desk/visits';
  if (subjectType === 'care_export') return '/desk/care-exports';
  if (subjectType === 'incident' && facts.eventId === undefined) return '/desk/incidents';
  if (facts.eventId !== undefined) return `/desk?event=${facts.eventId}`;
  if (subjectType === 'partner') return `/desk/partners?partner=${subjectId}`;
  if (subjectType === 'project') return `/desk/projects/${subjectId}`;
  if (subjectType === 'scenario') return `/desk/planner/${subjectId}`;
  if (subjectType === 'brief') return `/desk/briefs/${subjectId}`;
  if (subjectType === 'rehearsal') return `/desk/rehearsals/${subjectId}`;
  if (subjectType === 'anomaly') return `/desk/patterns?part=anomalies&anomaly=${subjectId}`;
  if (subjectType === 'webhook') return '/desk/admin/webhooks';
  return '/desk/inbox';
}
