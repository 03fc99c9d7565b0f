/**
 * What one viewer may see, as the database understands it. Set for every transaction; row-level security reads it.
 * `areas`: codes of the areas of the viewer's appointments; `units`: ids of their units; `accountId`: their own reports.
 */
export interface Scope {
  seeAll: boolean;
  areas: readonly string[];
  units: readonly string[];
  accountId: string | null;
  /**
   * Where this viewer also sees what is restricted (社区矫正 and the like): codes of areas, '*' everywhere. Absent: nowhere,
   * not even for the program's own acts.
   */
  restricted?: readonly string[] | '*';
}

/** For the program's own acts: jobs, sequencer, resident receipts (which are guarded by their secret). */
export const systemScope: Scope = { seeAll: true, areas: [], units: [], accountId: null };

/** Sees nothing at all. */
export const blindScope: Scope = { seeAll: false, areas: [], units: [], accountId: null };

const safeKey = /^[0-9a-f-]{1,40}$/;

function list(values: readonly string[]): string {
  for (const value of values) {
    if (!safeKey.test(value)) throw new Error(`A scope holds codes and ids only, found ${JSON.stringify(value)}.`);
  }
  return values.join(',');
}

/** The statement that opens a transaction for this viewer: one round trip, nothing to inject (keys are checked). */
export function openingStatement(scope: Scope, readOnly: boolean): string {
  return (
    `begin${readOnly ? ' read only' : ''}; ` +
    `set local huangge.see_all = '${scope.seeAll ? 'on' : 'off'}'; ` +
    `set local huangge.areas = '${list(scope.areas)}'; ` +
    `set local huangge.units = '${list(scope.units)}'; ` +
    `set local huangge.account = '${scope.accountId === null ? '' : list([scope.accountId])}'; ` +
    `set local huangge.restricted = '${scope.restricted === '*' ? '*' : list(scope.restricted ?? [])}'`
  );
}
