/** Warnings over the small town of grids: actors, a clock, documents that a fake internet holds. */
import { randomUUID } from 'node:crypto';
import type { Permission } from '#contract/route.ts';
import { fixedClock } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { asOwner, buildTown, district, east, west, type Town } from '#server/modules/grids/town.fixture.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createWarnings } from './index.ts';

export const t0 = Date.UTC(2026, 5, 15, 1); // 09:00 in Beijing

export interface Page {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

export async function buildWorld() {
  const town: Town = await buildTown();
  const clock = fixedClock(t0);
  const internet = new Map<string, Page>();
  const asked: { url: string; headers: Record<string, string> }[] = [];
  const reached: string[] = [];
  const warnings = await createWarnings({
    database: town.database,
    territory: town.territory,
    clock,
    publicUrl: new URL('https://town.example.org'),
    fetchDocument: async (url, { headers }) => {
      asked.push({ url, headers });
      const page = internet.get(url);
      if (page === undefined) throw new Error(`${new URL(url).host} did not answer.`);
      return { status: page.status, headers: page.headers ?? {}, body: Buffer.from(page.body, 'utf8') };
    },
    checkUrl: async (url) => {
      if (new URL(url).hostname === 'localhost') throw new Error('localhost is not an address of the public internet.');
    },
    countReached: async ({ effect, target }) => {
      reached.push(`${effect} ${target}`);
      if (target === 'building') throw new Error('Nobody can count.');
      return effect === 'rounds' ? 3 : 'few';
    },
  });
  return {
    /** May do everything, over the district. */
    chief: await person(town.url, ['warning.issue', 'plan.edit', 'device.edit'], district),
    /** Reads, over one community each. */
    westClerk: await person(town.url, [], west),
    eastClerk: await person(town.url, [], east),
    town,
    clock,
    internet,
    asked,
    reached,
    warnings,
    lines: async (action: string) => {
      const rows = await town.ledgerLines(action);
      return rows.map(({ data, subject_id }) => ({ ...(data as Record<string, unknown>), subject: subject_id }));
    },
    count: (table: 'warning' | 'warning_letter' | 'warning_effect_run') =>
      town.database.read(systemScope, async ({ db }) => (await db.selectFrom(table).select('id').execute()).length),
  };
}
export type World = Awaited<ReturnType<typeof buildWorld>>;

/** An account with one appointment over an area; roles that read warnings read events too. */
async function person(url: string, permissions: readonly Permission[], areaCode: string): Promise<{ actor: Actor }> {
  const accountId = randomUUID();
  await asOwner(url, async ({ db }) => {
    await db.insertInto('account').values({ id: accountId, login: accountId, display_name: 'test' }).execute();
  });
  const grant = {
    role: 'duty_chief' as const,
    unitId: randomUUID(),
    areaCode,
    permissions: new Set<Permission>(['event.read', 'warning.read', ...permissions]),
  };
  return { actor: { kind: 'account', accountId, name: 'test', adminKind: null, grants: [grant], limitedTo: null } };
}
