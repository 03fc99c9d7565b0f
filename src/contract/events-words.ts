/** Words of the event that server, web and tests share. Chinese names live in the web's dictionaries. */
export const eventStatuses = [
  'reported', // 待受理
  'verifying', // 待核实
  'filed', // 待派遣
  'dispatched', // 待签收
  'handling', // 处置中
  'checking', // 待核查
  'closed', // 已结案
  'declined', // 不予立案
  'shelved', // 挂账
  'merged', // 并案
  'cancelled', // 作废
] as const;
export type EventStatus = (typeof eventStatuses)[number];

export const openStatuses = [
  'reported',
  'verifying',
  'filed',
  'dispatched',
  'handling',
  'checking',
  'shelved',
] as const satisfies readonly EventStatus[];

/** Whether somebody still has to do something about it. */
export const isOpen = (status: string): boolean => openStatuses.some((one) => one === status);

export const taskStatuses = ['offered', 'accepted', 'on_site', 'done', 'returned', 'waived', 'withdrawn'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** The verbs of the trade: every change of an event is one of these. */
export const verbs = [
  'report',
  'receive',
  'verify',
  'file',
  'decline',
  'dispatch',
  'accept',
  'return',
  'escalate',
  'delegate',
  'invite',
  'hand_over',
  'waive',
  'withdraw',
  'arrive',
  'note',
  'ask_extension',
  'grant_extension',
  'refuse_extension',
  'finish',
  'check',
  'self_handle',
  'shelve',
  'resume',
  'merge',
  'unmerge',
  'urge',
  'supervise',
  'reopen',
  'rate',
  'recategorise',
  'relocate',
  'reprioritise',
  'record_call',
  'cancel',
  'follow',
  'escalate_clock',
] as const;
export type Verb = (typeof verbs)[number];

export const channels = [
  'resident', // 居民网页
  'grid_worker', // 网格员
  'hotline', // 热线
  'sensor', // 物联感知
  'camera', // 视频告警
  'group', // 线上网格群
  'patrol', // 巡查
  'superior', // 上级交办
  'open311', // Open311
  'station', // 驿站
] as const;
export type Channel = (typeof channels)[number];

export const clockSteps = ['receive', 'verify', 'file', 'dispatch', 'accept', 'handle', 'check', 'coordinate'] as const;
export type ClockStep = (typeof clockSteps)[number];
export const clockKinds = ['continuous', 'working_time', 'working_day'] as const;
export type ClockKind = (typeof clockKinds)[number];

export const evidenceKinds = ['before_after', 'after', 'note', 'none'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];
export const attachmentKinds = ['report', 'before', 'after', 'evidence'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];
