/** What a special brief of one hot issue tells. */
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { briefRules, withheldCodes } from './dictionary.ts';
import type { BriefsParts, IssueStory } from './parts.ts';
import type { Days } from './rules-period.ts';
import { listIssueCases, type IssueCase } from './store-issue.ts';

export interface IssueFacts {
  place: Pick<Area, 'code' | 'name'>;
  days: Days;
  issue: Omit<IssueStory, 'path' | 'eventIds'> & { areaName: string; className: string };
  cases: readonly (IssueCase & { areaName: string; unitName: string })[];
  /** Cases of it that these days, this area, or the rules of counting leave out. */
  left: number;
  /** It holds cases of a class that is never published: they are told as numbers only. */
  withheld: boolean;
  asOf: { seq: number; at: string };
}

interface Wish {
  place: Area;
  days: Days;
  issueId: string;
}

/**
 * Counts within one transaction, in the name of the program: only what lies in the place.
 * @throws AppError not_found when it is gone or lies elsewhere; bad_input when it has no case in these days, or too few to be told
 */
export async function gatherIssue(parts: BriefsParts, tx: Tx, { place, days, issueId }: Wish): Promise<IssueFacts> {
  const story = await parts.sources.issue?.(tx, issueId);
  if (story === undefined || !story.path.includes(place.code))
    throw new AppError(
      'not_found',
      'There is no such hot issue in this area, or it is gone since. Load the list of hot issues again.',
    );
  const { path: _path, eventIds, ...issue } = story;
  const cases = await listIssueCases(tx, { ids: eventIds, areaCode: place.code, ...days });
  const withheld = cases.some(({ categoryCode }) => withheldCodes().some((one) => categoryCode.startsWith(one)));
  assertEnough(cases.length, withheld, days);
  const areaName = (code: string): string => parts.territory.area(code)?.name ?? code;
  const unitName = (id: string | null): string =>
    id === null ? '还没有主办单位' : (parts.territory.unit(id)?.name ?? '已撤销的单位');
  return {
    place,
    days,
    issue: { ...issue, areaName: areaName(issue.areaCode), className: await parts.categoryName(issue.categoryCode) },
    cases: cases.map((one) => ({ ...one, areaName: areaName(one.areaCode), unitName: unitName(one.unitId) })),
    left: eventIds.length - cases.length,
    withheld,
    asOf: await parts.figures.asOf(tx),
  };
}

function assertEnough(cases: number, withheld: boolean, { first, last }: Days): void {
  const least = withheld ? briefRules().small_count : 1;
  if (cases >= least) return;
  throw new AppError(
    'bad_input',
    `issueId: expected at least ${least} of its cases reported from ${first} to ${last}, found fewer. Choose more days.`,
    { field: 'issueId' },
  );
}
