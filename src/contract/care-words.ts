/** Columns a file of people in care may have, in the order of the file. */
export const careFileFields = [
  'name',
  'phone',
  'idNumber',
  'address',
  'addressDetail',
  'contact',
  'tags',
  'area',
  'responsible',
] as const;
export type CareFileField = (typeof careFileFields)[number];

/** What of an entry somebody may say is wrong. */
export const correctionFields = ['name', 'phone', 'idNumber', 'address', 'contact', 'tags', 'place'] as const;

/** How an asked file stands; `expired` follows from the clock. */
export const careExportStates = ['asked', 'approved', 'refused', 'expired'] as const;
export type CareExportState = (typeof careExportStates)[number];

/** Ways of having seen a person, as the access review tells them. */
export const sightingKinds = [
  'reveal',
  'visit_pack',
  'export',
  'create',
  'edit',
  'retire',
  'correct',
  'import',
  'erase',
  'review',
] as const;
export type SightingKind = (typeof sightingKinds)[number];

/** What may be wrong with a row of an import. What stood there is told by its length only. */
export const careRowProblems = [
  'cells',
  'name',
  'phone',
  'idNumber',
  'tags',
  'address',
  'addressDetail',
  'contact',
  'guardian',
  'health',
  'birthYear',
  'lon',
  'lat',
  'place',
  'area',
  'area_not_yours',
  'responsible',
  'twice',
  'elsewhere',
] as const;
export type CareRowProblem = (typeof careRowProblems)[number];
