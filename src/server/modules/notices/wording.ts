import { noticeAddress, type NoticeFacts } from '#contract/notices-words.ts';
import type { Message } from './channel.ts';

/** What a message is made of. */
export interface Matter {
  kind: string;
  action: string;
  priority: number;
  subjectType: string;
  subjectId: string;
  facts: NoticeFacts;
  atMs: number;
}

type Words = (facts: NoticeFacts) => string;

const where = ({ areaName }: NoticeFacts): string => (areaName === undefined ? '' : `（${areaName}）`);
const whereEn = ({ areaName }: NoticeFacts): string => (areaName === undefined ? '' : ` (${areaName})`);
const which = ({ number }: NoticeFacts): string => number ?? '';
const day = ({ day: text }: NoticeFacts): string => text ?? '';
const device = ({ deviceCode }: NoticeFacts): string => deviceCode ?? '';

/** Messages that leave the house speak for themselves; the screens have their own words in src/web/i18n. */
const zh: Readonly<Record<string, Words>> = {
  'event.dispatch': (facts) => `新任务：事件 ${which(facts)}${where(facts)}，请签收`,
  'event.invite': (facts) => `请求协办：事件 ${which(facts)}${where(facts)}，请签收`,
  'event.hand_over': (facts) => `事件 ${which(facts)}${where(facts)} 已移交，请接收`,
  'event.urge': (facts) => `催办：事件 ${which(facts)}${where(facts)}`,
  'event.supervise': (facts) => `督办：事件 ${which(facts)}${where(facts)}`,
  'event.escalate_clock': (facts) =>
    `时限提醒：事件 ${which(facts)}${where(facts)} 已用 ${facts.mark ?? 100}%${(facts.mark ?? 0) >= 100 ? '，已超时' : ''}`,
  'alarm.raise': (facts) => `设备告警：${device(facts)}${where(facts)}，请到值守台确认`,
  'alarm.second_channel': (facts) => `告警无人确认：${device(facts)}${where(facts)}，请立即确认`,
  'warning.issue': (facts) => `预警发布${where(facts)}`,
  'warning.receive': (facts) => `收到预警${where(facts)}`,
  'operation.link': (facts) => `处置任务已发给贵单位：事件 ${which(facts)}${where(facts)}`,
  'operation.open_plan': (facts) => `已启动预案：事件 ${which(facts)}${where(facts)}`,
  'incident.declare': (facts) => `突发事件已认定：事件 ${which(facts)}${where(facts)}`,
  'incident.phone': (facts) => `突发事件已电话报告：事件 ${which(facts)}${where(facts)}`,
  'incident.issue': (facts) => `突发事件报告已报出：事件 ${which(facts)}${where(facts)}`,
  'incident.remind': (facts) =>
    `突发事件报告时限已用 ${facts.mark ?? 80}%${(facts.mark ?? 0) >= 100 ? '，已到时' : ''}：事件 ${which(facts)}${where(facts)}`,
  'inspection.raise': (facts) => `预警启动风险点巡查${where(facts)}，请今日完成`,
  'inspection.overdue': (facts) => `有风险点超期未巡${where(facts)}，请安排`,
  'partner.renewal_due': (facts) => `有合伙协议 ${day(facts)} 到期${where(facts)}，请商量续约`,
  'partner.renewal_ask': (facts) => `有合伙人申请续约${where(facts)}，请答复`,
  'partner.contact_ask': (facts) => `有合伙人申请更换联系人${where(facts)}，请核对`,
  'partner.claim': () => '合伙人报送了一笔兑现，请确认',
  'service.month': ({ day = '' }) => `${day.slice(0, 7)} 的驿站服务月报可以看了`,
  'visit.raise': (facts) => `走访名单有变${where(facts)}，请看今天的走访`,
  'visit.overdue': (facts) => `走访无人应答，第 ${facts.mark ?? 1} 步到时未办${where(facts)}`,
  'force.leave_ask': (facts) => `有人请假，${day(facts)} 起${where(facts)}，请审批`,
  'force.leave_decide': (facts) => `您 ${day(facts)} 起的请假已有答复`,
  'force.leave_withdraw': () => '您顶岗的请假已撤回或提前结束',
  'force.cover': (facts) => `请您顶岗，${day(facts)} 起${where(facts)}`,
  'force.roster': () => '您的班次有变动，请看排班',
  'force.shift': (facts) => `您 ${day(facts)} 的班次有变动`,
  'force.shift.swap_ask': (facts) => `同事请您接 ${day(facts)} 的班，请答复`,
  'force.shift.swap_agree': (facts) => `您 ${day(facts)} 的班有人接了`,
  'force.shift.swap_refuse': (facts) => `您 ${day(facts)} 的班没有人接，仍由您值班`,
  'force.answer': () => '帮手对您托付的事有了回音',
  'force.task_ask': (facts) => `有任务要布置给网格，${day(facts)} 首次截止，请答复接不接`,
  'force.task_accept': (facts) => `申请布置的任务已被接受${where(facts)}`,
  'force.task_refuse': (facts) => `申请布置的任务被拒绝${where(facts)}，请看理由`,
  'booking.today': (facts) => `今天（${day(facts)}）有居民预约到驿站办事，请看预约名单`,
  'booking.tomorrow': (facts) => `明天（${day(facts)}）有居民预约了贵单位的服务，请按时到场`,
  'service_catalogue.away': () => '有服务登记了提供方不来，已约的人需要改期，请看预约名单',
  'care.export_ask': (facts) => `名册 ${which(facts)}${where(facts)} 待审批，24 小时内有效`,
  'care.export_approve': (facts) => `名册 ${which(facts)}${where(facts)} 已同意，请在 24 小时内取用`,
  'care.export_refuse': (facts) => `名册 ${which(facts)}${where(facts)} 未获同意`,
  'force.task_due': (facts) => `专项任务 ${day(facts)} 截止，请留意`,
  'shift.short': () => '您的驿站明天有班缺人，请看排班',
  'force.task_expire': () => '您申请布置的任务已到期结束，要继续须再申请',
  'supply.restock': (facts) => `驿站物资不足${where(facts)}，请补货`,
  'supply.recall': (facts) => `有物资批号召回或解除${where(facts)}，请立即查看`,
  'supply.arrive': () => '有物资从别的驿站调来，请清点',
  'supply.expire': (facts) => `驿站有物资临期或过期${where(facts)}，请查看`,
  'loan.overdue': (facts) => `驿站有借出逾期未还${where(facts)}，可电话提醒`,
  'brief.make': (facts) => `${facts.day ?? ''} 起的简报已起草${where(facts)}，请编写、签发`,
  'brief.issue': (facts) => `${facts.day ?? ''} 起的简报已签发${where(facts)}`,
  'scenario.answer': (facts) => `生活圈选址方案已算出${where(facts)}，请查看`,
  'decision.make': (facts) => `您提出的选址方案已有决定${where(facts)}，项目已建立`,
  'project.late': (facts) => `有生活圈项目进度晚于计划${where(facts)}，请查看`,
  'anomaly.find': (facts) => `${day(facts)} 有一类事件与往常很不一样${where(facts)}，请查看`,
  'library.propose': (facts) => `有人依据推演提议修改分级分类库${where(facts)}，请看结果并决定`,
  'library.adopt': (facts) => `您推演过的规则修改${where(facts)}已采纳，新版分级分类库已生效`,
  'library.turn_down': (facts) => `您推演过的规则修改${where(facts)}未采纳，请看理由`,
  'webhook.disable': ({ host }) => `回调端点 ${host ?? ''} 连续失败，已停用`,
  'notice.test': () => '这是一条测试消息',
};

const en: Readonly<Record<string, Words>> = {
  'event.dispatch': (facts) => `New task: event ${which(facts)}${whereEn(facts)}, please accept`,
  'event.invite': (facts) => `Your help is asked for: event ${which(facts)}${whereEn(facts)}`,
  'event.hand_over': (facts) => `Event ${which(facts)}${whereEn(facts)} was handed over to you`,
  'event.urge': (facts) => `Urged: event ${which(facts)}${whereEn(facts)}`,
  'event.supervise': (facts) => `Supervised: event ${which(facts)}${whereEn(facts)}`,
  'event.escalate_clock': (facts) => `Time limit: event ${which(facts)}${whereEn(facts)} is at ${facts.mark ?? 100} %`,
  'alarm.raise': (facts) => `Device alarm: ${device(facts)}${whereEn(facts)}, please acknowledge`,
  'alarm.second_channel': (facts) => `Alarm not acknowledged: ${device(facts)}${whereEn(facts)}, acknowledge now`,
  'warning.issue': (facts) => `Warning issued${whereEn(facts)}`,
  'warning.receive': (facts) => `Warning received${whereEn(facts)}`,
  'operation.link': (facts) => `A task was sent to your unit: event ${which(facts)}${whereEn(facts)}`,
  'operation.open_plan': (facts) => `A plan was opened: event ${which(facts)}${whereEn(facts)}`,
  'incident.declare': (facts) => `Incident declared: event ${which(facts)}${whereEn(facts)}`,
  'incident.phone': (facts) => `Incident reported by phone: event ${which(facts)}${whereEn(facts)}`,
  'incident.issue': (facts) => `Incident report issued: event ${which(facts)}${whereEn(facts)}`,
  'incident.remind': (facts) =>
    `Incident report: ${facts.mark ?? 80} % of its time is used: event ${which(facts)}${whereEn(facts)}`,
  'inspection.raise': (facts) => `A warning asks for rounds at risk points${whereEn(facts)} today`,
  'inspection.overdue': (facts) => `Risk points were not looked at in time${whereEn(facts)}: please see to it`,
  'partner.renewal_due': (facts) => `A partner agreement ends on ${day(facts)}${whereEn(facts)}: talk about renewal`,
  'partner.renewal_ask': (facts) => `A partner asks for renewal${whereEn(facts)}: please answer`,
  'partner.contact_ask': (facts) => `A partner asks to change its contact${whereEn(facts)}: please check`,
  'partner.claim': () => 'A partner says it delivered: please confirm',
  'service.month': ({ day = '' }) => `The monthly report of service of ${day.slice(0, 7)} can be read`,
  'visit.raise': (facts) => `Visits of today have changed${whereEn(facts)}`,
  'visit.overdue': (facts) => `Nobody answered: step ${facts.mark ?? 1} is overdue${whereEn(facts)}`,
  'force.leave_ask': (facts) => `Leave is asked for from ${day(facts)}${whereEn(facts)}: please decide`,
  'force.leave_decide': (facts) => `Your leave from ${day(facts)} was answered`,
  'force.leave_withdraw': () => 'The leave you stood in for was taken back or ended early',
  'force.cover': (facts) => `You stand in from ${day(facts)}${whereEn(facts)}`,
  'force.roster': () => 'Your shifts were changed: please look at the roster',
  'force.shift': (facts) => `Your shift on ${day(facts)} was changed`,
  'force.shift.swap_ask': (facts) => `A colleague asks you to take a shift on ${day(facts)}`,
  'force.shift.swap_agree': (facts) => `Your shift on ${day(facts)} was taken over`,
  'force.shift.swap_refuse': (facts) => `Nobody took your shift on ${day(facts)}: it stays yours`,
  'force.answer': () => 'A helper answered what you asked',
  'force.task_ask': (facts) => `Somebody wants a task done in your grids, first due ${day(facts)}: accept or refuse`,
  'force.task_accept': (facts) => `The task you asked for was accepted${whereEn(facts)}`,
  'force.task_refuse': (facts) => `The task you asked for was refused${whereEn(facts)}: see why`,
  'booking.today': (facts) => `Residents have booked at your station today (${day(facts)}): please look at the list`,
  'booking.tomorrow': (facts) =>
    `Residents have booked a service of your unit tomorrow (${day(facts)}): please be there`,
  'service_catalogue.away': () =>
    'A provider will be away: those who booked need another time, please look at the list',
  'care.export_ask': (facts) => `File ${which(facts)}${whereEn(facts)} waits for a decision within 24 hours`,
  'care.export_approve': (facts) => `File ${which(facts)}${whereEn(facts)} was approved: take it within 24 hours`,
  'care.export_refuse': (facts) => `File ${which(facts)}${whereEn(facts)} was refused`,
  'force.task_due': (facts) => `A task asked of you is due on ${day(facts)}`,
  'shift.short': () => 'Shifts at your station tomorrow lack people: look at the roster',
  'force.task_expire': () => 'A task you asked for has ended: to go on it must be asked again',
  'supply.restock': (facts) => `A station runs low${whereEn(facts)}: please bring more`,
  'supply.recall': (facts) => `A lot was called back, or that was lifted${whereEn(facts)}: please look now`,
  'supply.arrive': () => 'Supplies were sent to you from another station: please count them',
  'supply.expire': (facts) => `Supplies of a station expire soon or have expired${whereEn(facts)}`,
  'loan.overdue': (facts) => `Something lent by a station is overdue${whereEn(facts)}: you may call and remind`,
  'brief.make': (facts) => `A brief from ${facts.day ?? ''} on is drafted${whereEn(facts)}: please write and issue it`,
  'brief.issue': (facts) => `A brief from ${facts.day ?? ''} on was issued${whereEn(facts)}`,
  'scenario.answer': (facts) => `A siting scenario was reckoned${whereEn(facts)}: please look at it`,
  'decision.make': (facts) => `Your siting scenario was decided on${whereEn(facts)}: its projects have begun`,
  'project.late': (facts) => `A life circle project is behind its plan${whereEn(facts)}: please see to it`,
  'anomaly.find': (facts) => `On ${day(facts)} a kind of event was far from usual${whereEn(facts)}: please look`,
  'library.propose': (facts) => `A change of the rules was rehearsed and proposed${whereEn(facts)}: please decide`,
  'library.adopt': (facts) => `The change of the rules you rehearsed${whereEn(facts)} was adopted: it is in force`,
  'library.turn_down': (facts) => `The change of the rules you rehearsed${whereEn(facts)} was turned down: see why`,
  'webhook.disable': ({ host }) => `Webhook endpoint ${host ?? ''} kept failing and was switched off`,
  'notice.test': () => 'This is a test message',
};

/** One line about one matter, in the language of whoever reads it. */
export function lineOf({ action, facts }: Pick<Matter, 'action' | 'facts'>, locale: string): string {
  const table = locale.startsWith('en') ? en : zh;
  return (table[`${action}.${facts.step ?? ''}`] ?? table[action] ?? (() => action))(facts);
}

/** Makes one message of one or several matters (most urgent first). @throws RangeError without any. */
export function messageOf(
  id: string,
  matters: readonly Matter[],
  options: { locale: string; publicUrl: string },
): Message {
  const [first] = matters;
  if (first === undefined) throw new RangeError('A message needs at least one matter.');
  const english = options.locale.startsWith('en');
  const alarms = matters.every(({ kind }) => kind === 'alarm' || kind === 'second_channel');
  const count = matters.length;
  const title = english ? `${count} ${alarms ? 'alarms' : 'messages'}` : `${count} 条${alarms ? '告警' : '消息'}`;
  const address = count === 1 ? noticeAddress(first, first.facts) : alarms ? '/desk/alarms' : '/desk/inbox';
  return {
    id,
    priority: Math.min(...matters.map(({ priority }) => priority)),
    title: count === 1 ? lineOf(first, options.locale) : title,
    lines: matters.map((matter) => lineOf(matter, options.locale)),
    url: new URL(address, options.publicUrl).href,
    atMs: Math.max(...matters.map(({ atMs }) => atMs)),
  };
}
