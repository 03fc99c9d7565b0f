import type { EventStatus } from '#contract/events-words.ts';

export type Locale = 'zh-CN' | 'en';

/** Sentences other programs show to people. The screens' own words live in src/web/i18n. */
export const sentences: Readonly<Record<Locale, Readonly<Record<EventStatus, string>>>> = {
  'zh-CN': {
    reported: '已收到，等待受理。',
    verifying: '已受理，正在核实。',
    filed: '已立案，等待派遣。',
    dispatched: '已派遣给负责单位。',
    handling: '负责单位正在处置。',
    checking: '处置完毕，正在核查。',
    closed: '已结案。',
    declined: '不予立案。',
    shelved: '暂缓办理，到期复查。',
    merged: '与同一件事的另一件合并办理。',
    cancelled: '已作废。',
  },
  en: {
    reported: 'Received; waiting to be taken up.',
    verifying: 'Taken up; being verified on site.',
    filed: 'Filed; waiting to be dispatched.',
    dispatched: 'Dispatched to the responsible unit.',
    handling: 'The responsible unit is working on it.',
    checking: 'The work is done and being checked.',
    closed: 'Closed.',
    declined: 'Declined.',
    shelved: 'Postponed; it will be reviewed.',
    merged: 'Merged with another report of the same matter.',
    cancelled: 'Cancelled.',
  },
};

export const texts = {
  'zh-CN': {
    mergedInto: (number: string) => `与 ${number} 合并办理。`,
    notice: (link: string) => `每一步进展见 ${link}`,
    contact: (address: string) => `本安装的管理人员，${address}`,
    keys: (address: string) => `请本安装的安全管理员为您的服务账号开具接口令牌（权限 event.report）：${address}`,
    production: '正式端点：上报的事会有人去办。',
    test: '测试端点：校验和答复与正式端点相同，但写入随即撤销，不会有人去办。',
    place: '具体位置（例如：3 号楼后门）',
    danger: '现在是否危及人身安全？危急时请先拨打 110、119、120。',
    dangerHint: '选择一项',
    yes: '是',
    no: '否',
    noticed: '什么时候发现的？',
    noticedHint: '带时区的时间，例如 2026-01-31T08:00:00+08:00',
    external: '您系统中的编号；同一编号只会记一次',
    line: '单行文字，不超过 200 字',
    number: '单行文字，不超过 100 字',
  },
  en: {
    mergedInto: (number: string) => `Handled together with ${number}.`,
    notice: (link: string) => `Every step is shown at ${link}`,
    contact: (address: string) => `Whoever runs this installation, ${address}`,
    keys: (address: string) =>
      `Ask the security administrator of this installation for a token (scope event.report) of a service account: ${address}`,
    production: 'Production: what is reported here is acted upon.',
    test: 'Test: checks and answers like production, but whatever is sent is rolled back and nobody acts upon it.',
    place: 'Where exactly (for example: behind building 3)',
    danger: 'Is anybody in danger now? In an emergency call 110, 119 or 120 first.',
    dangerHint: 'Choose one',
    yes: 'Yes',
    no: 'No',
    noticed: 'When was it noticed?',
    noticedHint: 'A time with its zone, such as 2026-01-31T08:00:00+08:00',
    external: 'Number of the report in your own system; one number is recorded once only',
    line: 'One line, at most 200 characters',
    number: 'One line, at most 100 characters',
  },
} as const satisfies Record<Locale, Record<string, string | ((text: string) => string)>>;
