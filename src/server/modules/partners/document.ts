import type { PledgeEvery } from '#contract/partners-words.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { scopeFor } from '#server/modules/identity/index.ts';
import { AppError } from '#kit/errors.ts';
import { seenUnder, stationsById } from './access.ts';
import type { PartnersParts, StationFacts } from './parts.ts';
import { absent } from './parts.ts';
import { toPdf, type AgreementPage } from './to-pdf.ts';
import { listAgreements, listPledges, type AgreementRow, type PledgeRow } from './store-agreement.ts';
import { findPartner, type PartnerRow } from './store-partner.ts';

/** The agreement as it is printed and signed on paper. It holds no telephone and no name of a person: those are written by hand. */

/** 2026年6月3日 */
export function dayWords(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

const everyWords: Readonly<Record<PledgeEvery, string>> = {
  once: '一次',
  weekly: '每周',
  monthly: '每月',
  quarterly: '每季度',
};

/** @throws AppError not_found */
export async function makeDocument(
  parts: PartnersParts,
  actor: Actor,
  { id, agreementId }: { id: string; agreementId: string },
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const seen = await seenUnder(parts, actor, 'station.read');
  const stations = await stationsById(parts);
  const found = await parts.database.read(scopeFor(actor, 'station.read'), async (tx) => {
    const partner = await findPartner(tx, seen, id);
    if (partner === undefined) throw absent();
    const agreement = ((await listAgreements(tx, [id])).get(id) ?? []).find((one) => one.id === agreementId);
    if (agreement === undefined)
      throw new AppError('not_found', 'There is no such agreement of this partner. Reload the page.');
    const pledges = ((await listPledges(tx, [id])).get(id) ?? []).filter((one) => one.agreementId === agreementId);
    return { partner, agreement, pledges, stations };
  });
  const bytes = await toPdf(layOut(parts, found), Date.parse(found.agreement.signedOn ?? found.agreement.fromDay));
  const name = `合伙协议-${found.partner.name}-${found.agreement.fromDay}.pdf`;
  return { name, type: 'application/pdf', bytes };
}

interface Found {
  partner: PartnerRow;
  agreement: AgreementRow;
  pledges: readonly PledgeRow[];
  stations: ReadonlyMap<string, Pick<StationFacts, 'name'>>;
}

export function layOut({ words, territory }: Pick<PartnersParts, 'words' | 'territory'>, found: Found): AgreementPage {
  const { partner, agreement, pledges } = found;
  const street = territory.area(partner.areaCode)?.name ?? partner.areaCode;
  const name = (list: ReadonlyMap<string, { name: string }>, code: string): string => list.get(code)?.name ?? code;
  return {
    title: '小红伞驿站社区合伙协议',
    draft: agreement.signedOn === null,
    head: [
      ['甲方', `${street}（驿站所在地）`],
      ['乙方', partner.organisation === '' ? partner.name : `${partner.organisation}（${partner.name}）`],
      ['类别', name(words.kinds, partner.kind)],
      ['统一社会信用代码', partner.creditCode ?? '未登记'],
      ['协议期限', `${dayWords(agreement.fromDay)}至${dayWords(agreement.toDay)}`],
      ...(agreement.endedOn === null ? [] : ([['提前终止', dayWords(agreement.endedOn)]] as const)),
    ],
    pledges: pledges.map((one) => ({
      what: one.what,
      resource: name(words.resources, one.resource),
      amount: `${everyWords[one.every]} ${one.quantity} ${name(words.units, one.unit)}`,
      station: stationWords(one, found),
      term: termWords(one, agreement),
    })),
    returns: [
      ...agreement.returns.map((code) => name(words.returns, code)),
      ...(agreement.returnWords === '' ? [] : [agreement.returnWords]),
    ],
    clauses,
    signature: {
      left: '甲方（盖章）：',
      right: '乙方（盖章）：',
      day: agreement.signedOn === null ? '　　年　　月　　日' : dayWords(agreement.signedOn),
    },
  };
}

/** Most pledges run as long as the agreement. */
function termWords({ fromDay, toDay }: PledgeRow, agreement: AgreementRow): string {
  const same = fromDay === agreement.fromDay && toDay === agreement.toDay;
  return same ? '同协议期限' : `${fromDay}\n至 ${toDay}`;
}

function stationWords({ stationId }: PledgeRow, { stations }: Found): string {
  if (stationId === null) return '所属区域全部驿站';
  return stations.get(stationId)?.name ?? '已撤驿站';
}

const clauses = [
  '乙方按上表所列承诺提供资源或服务；兑现以驿站站长签收确认为准，乙方可凭合伙人链接报送、查询。',
  '不足一期的时段不计入承诺数量；协议或承诺提前终止的，终止后的期数不再计算。',
  '乙方不得借驿站推销商品、收集居民个人信息，或附加任何消费条件。',
  '驿站和居民可对乙方的服务作出评价，评价只针对单位，不针对个人。',
  '任何一方可提前告知对方后退出；退出之日起未完成的承诺终止，已兑现的记录予以保留。',
];
