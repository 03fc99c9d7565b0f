import type { planningGoals } from '#contract/planning-views.ts';
import type { Candidate } from '#contract/planning.ts';

export type Goal = (typeof planningGoals)[number];

/** How much one person counts: an elder, a child, one of another age. */
export interface Weighting {
  others: number;
  elders: number;
  children: number;
}

/**
 * A question as it is reckoned and kept: all the engine is given, and nothing it has to fetch. The same data and code give
 * the same answer. Arrays of `cells` are of equal length, one entry for each place where people live.
 */
export interface SitingData {
  goal: Goal;
  choose: number | null;
  budgetYuan: number | null;
  weighting: Weighting;
  /** Seconds within which somebody is served. */
  limitS: number;
  /** Seconds beyond which no walk was looked for; at least the limit. */
  cutoffS: number;
  cells: {
    code: string[];
    areaCode: string[];
    lon: number[];
    lat: number[];
    people: number[];
    elders: number[];
    children: number[];
    /** Deciseconds to the nearest facility there is; −1: none within the cutoff. */
    nearestDs: number[];
  };
  candidates: Candidate[];
  /** Walks home → candidate within the cutoff, in deciseconds: of cell k those from first[k] to first[k + 1] − 1. */
  walks: { first: number[]; candidate: number[]; ds: number[] };
  /** What there is of the class and counts. */
  existing: { id: string; name: string; lon: number; lat: number }[];
  basis: {
    areaCode: string;
    classCode: string;
    profile: string;
    moment: { weekday: number; minute: number } | null;
    /** The day the facilities and cells are of, 'YYYY-MM-DD'. */
    on: string;
    networkVersion: string;
    /** Candidates too far from any street to be walked to. */
    offNetwork: string[];
    codeVersion: string;
  };
}
