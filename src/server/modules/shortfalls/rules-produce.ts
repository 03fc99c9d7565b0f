/** What the lists should hold, from what was measured, heard and known. Pure. */
import type { ProblemKind } from '#contract/shortfalls-views.ts';
import type { Moment, Rules } from './dictionary.ts';
import type { ClassNorm, ClassReach, KnownFacility, KnownNeed, ReachCell } from './parts.ts';

/** What a row says in numbers: compared from one production to the next. */
export interface Figures {
  kind?: ProblemKind;
  people: number;
  elders: number;
  children: number;
  /** Of those who have one within what was measured, by people the middle one; null: nobody has. */
  nearestS: number | null;
  found?: number;
  wanted?: number;
  unit?: 'm2' | 'people' | 'minutes' | 'clock';
}

export interface Draft {
  key: string;
  classCode: string;
  kind: ProblemKind;
  facilityId: string | null;
  areaCode: string;
  lon: number;
  lat: number;
  figures: Figures;
  voices: number;
  needIds: string[];
}

export interface DemandDraft extends Omit<Draft, 'key' | 'kind' | 'facilityId'> {
  floorM2: number | null;
}

/** One class as it stands: norm, run, facilities, needs. Times of closing were asked before. */
export interface ClassFacts {
  norm: ClassNorm;
  reach: ClassReach;
  /** Is this area within the one the lists are made for? Homes around it count as users of its facilities all the same. */
  holds: (areaCode: string) => boolean;
  /** Of this class and area. */
  facilities: readonly KnownFacility[];
  /** Of this class, not met, declined or merged. */
  needs: readonly KnownNeed[];
  /** Facilities shut at a moment, with the homes that then have none near. */
  shut: readonly { facilityId: string; moment: Moment; cells: readonly ReachCell[] }[];
}

/** The community of a cell, or its street where there are no communities. */
export const communityOf = (areaCode: string): string => areaCode.slice(0, areaCode.length >= 12 ? 12 : 9);

/** Nobody of these has one within the minutes of the class. */
export function lacking({ cells, limitMin }: ClassReach): ReachCell[] {
  return cells.filter(({ people, seconds }) => people > 0 && (seconds === null || seconds > limitMin * 60));
}

const lackingIn = (reach: ClassReach, holds: ClassFacts['holds']): ReachCell[] =>
  lacking(reach).filter(({ areaCode }) => holds(areaCode));

/** Problems of one class, without order. */
export function problemsOf(facts: ClassFacts, rules: Rules): Draft[] {
  return [...reachProblems(facts, rules), ...facilityProblems(facts, rules)];
}

function reachProblems({ norm, reach, needs, holds }: ClassFacts, rules: Rules): Draft[] {
  const groups = Map.groupBy(lackingIn(reach, holds), ({ areaCode }) => communityOf(areaCode));
  return [...groups].flatMap(([areaCode, cells]) => {
    const sum = sumOf(cells);
    if (sum.people < rules.least_people) return [];
    const without = sumOf(cells.filter(({ seconds }) => seconds === null)).people;
    const kind = without >= rules.missing_share * sum.people ? 'missing' : 'too_far';
    const figures: Figures = { kind, ...sum, nearestS: medianSeconds(cells) };
    const heard = heardIn(needs, areaCode);
    const key = `${norm.code}|${areaCode}|reach`;
    return [{ key, classCode: norm.code, kind, facilityId: null, areaCode, ...middleOf(cells), figures, ...heard }];
  });
}

function facilityProblems(facts: ClassFacts, rules: Rules): Draft[] {
  const users = Map.groupBy(within(facts.reach), ({ facilityId }) => facilityId);
  return facts.facilities.flatMap((facility) => {
    const cells = users.get(facility.id) ?? [];
    const own = [small(facts, facility, cells, rules), stepped(facility, cells), ...closed(facts, facility)];
    return own
      .filter((one) => one !== undefined)
      .filter(({ figures }) => figures.people >= rules.least_people)
      .map(({ what, figures, kind }): Draft => {
        const areaCode = communityOf(facility.areaCode);
        const { lon, lat, classCode } = facility;
        const heard = heardIn(facts.needs, areaCode);
        const key = `${classCode}|${facility.id}|${what}`;
        return { key, classCode, kind, facilityId: facility.id, areaCode, lon, lat, figures, ...heard };
      });
  });
}

interface Finding {
  what: string;
  kind: ProblemKind;
  figures: Figures;
}

function small(
  { norm }: ClassFacts,
  facility: KnownFacility,
  cells: readonly ReachCell[],
  rules: Rules,
): Finding | undefined {
  const figures = figuresOf(cells, 'too_small');
  if (norm.minFloorM2 !== null && facility.floorM2 !== null && facility.floorM2 < norm.minFloorM2)
    return {
      what: 'floor',
      kind: 'too_small',
      figures: { ...figures, found: facility.floorM2, wanted: norm.minFloorM2, unit: 'm2' },
    };
  if (norm.perPeople !== null && figures.people > norm.perPeople * rules.crowded_share)
    return {
      what: 'crowd',
      kind: 'too_small',
      figures: { ...figures, found: figures.people, wanted: norm.perPeople, unit: 'people' },
    };
  return undefined;
}

function stepped(facility: KnownFacility, cells: readonly ReachCell[]): Finding | undefined {
  if (facility.stepFree !== false) return undefined;
  return { what: 'steps', kind: 'not_accessible', figures: figuresOf(cells, 'not_accessible') };
}

function closed({ shut }: ClassFacts, facility: KnownFacility): Finding[] {
  return shut
    .filter(({ facilityId }) => facilityId === facility.id)
    .map(({ moment, cells }) => ({
      what: `shut-${moment.code}`,
      kind: 'closed_when_needed',
      figures: {
        ...figuresOf(cells, 'closed_when_needed'),
        found: moment.weekday,
        wanted: moment.minute,
        unit: 'clock',
      },
    }));
}

const figuresOf = (cells: readonly ReachCell[], kind: ProblemKind): Figures => ({
  kind,
  ...sumOf(cells),
  nearestS: medianSeconds(cells),
});

/** Homes within the minutes of the class: those whom their nearest facility serves. */
export function within({ cells, limitMin }: ClassReach): ReachCell[] {
  return cells.filter(({ people, seconds }) => people > 0 && seconds !== null && seconds <= limitMin * 60);
}

/** Lines of the ledger of demand: where people lack what a market could give, and where they ask for it. */
export function demandsOf({ norm, reach, needs, holds }: ClassFacts, rules: Rules): DemandDraft[] {
  if (norm.kind === 'public') return [];
  const groups = Map.groupBy(lackingIn(reach, holds), ({ areaCode }) => communityOf(areaCode));
  const asked = new Set(
    needs
      .map(({ areaCode }) => areaCode)
      .filter((code) => isFine(code) && holds(code))
      .map(communityOf),
  );
  const homes = Map.groupBy(reach.cells, ({ areaCode }) => communityOf(areaCode));
  return [...new Set([...groups.keys(), ...asked])].flatMap((areaCode) => {
    const cells = groups.get(areaCode) ?? [];
    const sum = sumOf(cells);
    const heard = heardIn(needs, areaCode);
    const around = cells.length > 0 ? cells : (homes.get(areaCode) ?? []);
    if ((sum.people < rules.least_people && heard.voices === 0) || around.length === 0) return [];
    const figures: Figures = { ...sum, nearestS: medianSeconds(cells) };
    return [{ classCode: norm.code, areaCode, ...middleOf(around), figures, ...heard, floorM2: norm.minFloorM2 }];
  });
}

/** A need known only for a district or a city belongs to no community. */
const isFine = (areaCode: string): boolean => areaCode.length >= 9;

function heardIn(needs: readonly KnownNeed[], areaCode: string): { voices: number; needIds: string[] } {
  const own = needs.filter((need) => isFine(need.areaCode) && communityOf(need.areaCode) === areaCode);
  return { voices: own.reduce((sum, { voices }) => sum + voices, 0), needIds: own.map(({ id }) => id).toSorted() };
}

/** People, elders and children of cells. */
export function sumOf(cells: readonly Pick<ReachCell, 'people' | 'elders' | 'children'>[]) {
  const sum = { people: 0, elders: 0, children: 0 };
  for (const { people, elders, children } of cells) {
    sum.people += people;
    sum.elders += elders;
    sum.children += children;
  }
  return sum;
}

/** Seconds of the middle person among those who have one. */
function medianSeconds(cells: readonly ReachCell[]): number | null {
  const known = cells.flatMap(({ people, seconds }) => (seconds === null ? [] : [{ people, seconds }]));
  known.sort((a, b) => a.seconds - b.seconds);
  const half = known.reduce((sum, { people }) => sum + people, 0) / 2;
  let passed = 0;
  for (const { people, seconds } of known) {
    passed += people;
    if (passed >= half) return Math.round(seconds);
  }
  return null;
}

/** Middle of the people, degrees of 6 decimals. */
function middleOf(cells: readonly ReachCell[]): { lon: number; lat: number } {
  const weight = Math.max(
    1,
    cells.reduce((sum, { people }) => sum + people, 0),
  );
  const mean = (of: (cell: ReachCell) => number): number =>
    Math.round((cells.reduce((sum, cell) => sum + of(cell) * cell.people, 0) / weight) * 1e6) / 1e6;
  return { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) };
}
