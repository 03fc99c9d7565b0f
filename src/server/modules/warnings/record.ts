import type { Tx } from '#server/db/pool.ts';
import { ledgerActor, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { WarningsParts } from './parts.ts';
import { audienceOf, districtOf } from './tree.ts';

export interface WarningLine {
  actor: Actor;
  action: string;
  subject: { type: 'warning' | 'warning_effect' | 'warning_source' | 'warning_letter'; id: string };
  areas: readonly string[];
  atMs: number;
  data: Record<string, unknown>;
  words?: Record<string, unknown>;
  opId?: string | null;
}

/** A line told to everybody whose ground it speaks of; without areas to the whole city. */
export function record(parts: Pick<WarningsParts, 'territory'>, tx: Tx, line: WarningLine): Promise<string> {
  const root = parts.territory.maps().childrenOf.get('')?.[0]?.code;
  const audience =
    line.areas.length > 0 ? audienceOf(parts.territory, line.areas) : root === undefined ? [] : [`a:${root}`];
  return append(tx, {
    // A source proves itself by its secret and has no account: the program writes for it.
    actor: ledgerActor(line.actor.kind === 'anonymous' ? systemActor : line.actor),
    action: line.action,
    subject: line.subject,
    district: districtOf(parts.territory, line.areas),
    atMs: line.atMs,
    data: line.data,
    ...(line.words === undefined ? {} : { words: line.words }),
    audience,
    opId: line.opId ?? null,
  });
}
