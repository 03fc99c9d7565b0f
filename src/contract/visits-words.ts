/** Words of visits that server, web and tests share. Chinese names live in the web's dictionaries. */
export const visitTiers = ['high', 'key', 'general'] as const; // 高风险、重点、一般
export type VisitTier = (typeof visitTiers)[number];

/** Why somebody is to be visited. */
export const visitReasons = ['cycle', 'change', 'warning', 'outage', 'no_answer'] as const; // 周期、重大变化、预警、停电等、无人应答
export type VisitReason = (typeof visitReasons)[number];

/** A task is open in the first three. */
export const visitStates = ['due', 'no_answer', 'door_check', 'done', 'withdrawn'] as const; // 待走访、无人应答、会同上门、已走访、已撤回
export type VisitState = (typeof visitStates)[number];
export const openVisitStates = ['due', 'no_answer', 'door_check'] as const satisfies readonly VisitState[];

export const visitMethods = ['home', 'phone', 'video', 'neighbour'] as const; // 上门、电话、视频、向邻里了解
export type VisitMethod = (typeof visitMethods)[number];

export const visitOutcomes = [
  'nothing_changed', // 无变化
  'changed', // 有变化
  'no_answer', // 无人应答
  'neighbour_ok', // 邻里或亲属确认平安
  'met_with_police', // 会同民警上门见到
  'moved_away', // 已搬离
  'died', // 已去世
  'refused', // 见到但不愿多谈
] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** What a rule of visits says: how often a tier is visited, a step of the ladder, or another limit. */
export const visitRuleKinds = ['cycle', 'ladder', 'limit'] as const;
export const visitRuleUnits = ['day', 'hour', 'minute', 'percent'] as const;

/** The parts of the form whose answers are words of the dictionary db/data/visit-form.csv. */
export const visitFormFields = ['living', 'mobility', 'needs', 'missing'] as const;
export type VisitRuleKind = (typeof visitRuleKinds)[number];
