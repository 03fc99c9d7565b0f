/** What is read of warnings, always under the viewer's sight. */
import type { Input, Output } from '#contract/route.ts';
import type { warningSourceRoutes } from '#contract/warning-sources.ts';
import type { warningRoutes } from '#contract/warnings.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { decode } from '#server/files/xml-tree.ts';
import { readIdentifier } from './cap-time.ts';
import { mayIssue } from './commands-issue.ts';
import type { WarningsParts } from './parts.ts';
import { findContent, findWarning, listByIds, listWarnings, readChain, type StoredWarning } from './store.ts';
import { listRunning, listRuns, type EffectRun } from './store-effect.ts';
import { findLetter, listLetters } from './store-letter.ts';
import { findSource, listSources } from './store-source.ts';
import { infoView, runView, rowView } from './views.ts';

type List = typeof warningRoutes.list;

/** A page of messages, newest first. */
export async function listSeen(parts: WarningsParts, actor: Actor, query: Input<List>['query']): Promise<Output<List>> {
  const { limit, cursor, ...filter } = query;
  const before = cursor === undefined ? null : readCursor(cursor);
  const rows = await parts.database.read(scopeOf(actor), (tx) => listWarnings(tx, filter, before, limit + 1));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => rowView(parts.territory, row)),
    next: rows.length > limit && last !== undefined ? `${last.sent.getTime()}_${last.id}` : null,
  };
}

function readCursor(cursor: string): { sent: Date; id: string } {
  const match = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before.');
  return { sent: new Date(Number(match[1])), id: match[2] };
}

/** @throws AppError not_found */
export async function readSeen(
  parts: WarningsParts,
  actor: Actor,
  id: string,
): Promise<Output<typeof warningRoutes.get>> {
  const found = await parts.database.read(scopeOf(actor), async (tx) => {
    const row = await findWarning(tx, id);
    if (row === undefined) return undefined;
    const chain = await listByIds(
      tx,
      (await readChain(tx, id)).map((link) => link.id),
    );
    const runs = await listRuns(tx, [id]);
    const source = row.sourceId === null ? undefined : await findSource(tx, row.sourceId);
    return { row, chain, runs, source, stored: await findContent(tx, id) };
  });
  if (found?.stored === undefined)
    throw new AppError('not_found', 'There is no such warning, or it is not yours to see.');
  const { row, chain, runs, source, stored } = found;
  return {
    ...rowView(parts.territory, row),
    scope: row.scope,
    note: stored.content.note ?? null,
    receivedAt: row.receivedAt.toISOString(),
    source: source?.name ?? null,
    issuer: issuerOf(row.identifier),
    infos: stored.content.info.map(infoView),
    chain: chain.map((one) => rowView(parts.territory, one)),
    stateBy: row.stateBy,
    stateAt: row.stateAt.toISOString(),
    effects: runs.map((run) => runView(parts.territory, run)),
    xml: decode(stored.raw),
    mayIssue: mayChange(parts, actor, row),
  };
}

function mayChange(parts: WarningsParts, actor: Actor, row: StoredWarning): boolean {
  const running = row.state === 'active' || row.state === 'coming';
  return (
    row.origin === 'issued' &&
    running &&
    mayIssue(
      actor,
      row.areas.map((code) => parts.territory.area(code)?.path ?? []),
    )
  );
}

function issuerOf(identifier: string): Output<typeof warningRoutes.get>['issuer'] {
  const found = readIdentifier(identifier);
  if (found === undefined) return null;
  const { division, trade, unit, enteredMs } = found;
  return { division, trade, unit, enteredAt: new Date(enteredMs).toISOString() };
}

/** Effects that are on, of warnings the viewer may see. */
export async function listEffectsOn(
  parts: WarningsParts,
  actor: Actor,
  query: Input<typeof warningRoutes.running>['query'],
): Promise<Output<typeof warningRoutes.running>> {
  const runs = await parts.database.read(scopeOf(actor), async (tx) => {
    const all = await listRunning(tx);
    const seen = new Set(
      (await listByIds(tx, [...new Set(all.map(({ warningId }) => warningId))])).map(({ id }) => id),
    );
    return all.filter(({ warningId }) => seen.has(warningId));
  });
  const fits = (run: EffectRun): boolean =>
    (query.effect === undefined || run.effect === query.effect) &&
    (query.target === undefined || run.target === query.target || run.target === '*');
  return { items: runs.filter(fits).map((run) => runView(parts.territory, run)) };
}

export async function listAllSources(parts: WarningsParts): Promise<Output<typeof warningSourceRoutes.sources>> {
  const rows = await parts.database.read(systemScope, listSources);
  return {
    items: rows.map(({ state, openLetters, ...source }) => ({
      ...source,
      lastAt: state.lastAt?.toISOString() ?? null,
      lastOkAt: state.lastOkAt?.toISOString() ?? null,
      lastError: state.lastError,
      openLetters,
    })),
  };
}

export async function listOpenLetters(parts: WarningsParts): Promise<Output<typeof warningSourceRoutes.letters>> {
  const { letters, sources } = await parts.database.read(systemScope, async (tx) => ({
    letters: await listLetters(tx),
    sources: await listSources(tx),
  }));
  return {
    items: letters.map(({ sourceId, firstAt, lastAt, ...letter }) => ({
      ...letter,
      source: sources.find(({ id }) => id === sourceId)?.name ?? null,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
  };
}

const shownCharacters = 100_000;

/** The text of a letter as far as it can be read, with its error. @throws AppError not_found */
export async function readLetter(parts: WarningsParts, id: string): Promise<{ text: string; error: string }> {
  const { letter, error } = await parts.database.read(systemScope, async (tx) => ({
    letter: await findLetter(tx, id),
    error: (await listLetters(tx)).find((one) => one.id === id)?.error ?? '',
  }));
  if (letter === undefined) throw new AppError('not_found', 'There is no such letter.');
  return { text: new TextDecoder().decode(letter.raw).slice(0, shownCharacters), error };
}
