import type { incidentRoutes } from '#contract/incidents.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { IncidentParts } from './parts.ts';
import { listRules as readRules, saveRules, type RuleRow } from './store.ts';

type Routes = typeof incidentRoutes;

/** The rule sets, each with its four levels. */
export async function listRuleSets({ database }: IncidentParts): Promise<Output<Routes['rules']>> {
  const rows = await database.read(systemScope, readRules);
  const codes = [...new Set(rows.map(({ code }) => code))];
  return {
    rules: codes.flatMap((code) => {
      const levels = rows.filter((row) => row.code === code);
      const first = levels[0];
      return first === undefined
        ? []
        : [
            {
              code,
              name: first.name,
              nameEn: first.nameEn,
              version: first.version,
              levels: levels.map((row) => ({ ...row, continueAt: [...row.continueAt] })),
            },
          ];
    }),
  };
}

/** Adds a rule set (version 0) or changes one. Incidents declared before keep their limits. @throws AppError bad_input, version_conflict */
export function saveRuleSet(
  { database, clock }: IncidentParts,
  actor: Actor,
  { params, body }: Input<Routes['saveRule']>,
): Promise<Output<Routes['saveRule']>> {
  const op = {
    opId: body.opId,
    actor: actor.accountId ?? actor.kind,
    route: 'incident_rule.save',
    request: { params, body },
  };
  return once(database, systemScope, op, async (tx) => {
    if (new Set(body.levels.map(({ level }) => level)).size !== 4)
      throw new AppError('bad_input', 'levels: expected each of the levels 1 to 4 once. Correct and send again.');
    const before = (await readRules(tx)).filter(({ code }) => code === params.code);
    const version = before[0]?.version ?? 0;
    if (version !== body.version)
      throw new AppError('version_conflict', 'Somebody changed this rule set in the meantime. Reload and repeat.', {
        seen: body.version,
        now: version,
      });
    const rows: RuleRow[] = body.levels.map((level) => ({
      ...level,
      code: params.code,
      name: body.name,
      nameEn: body.nameEn,
      version: version + 1,
    }));
    await saveRules(tx, rows);
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'incident_rule.save',
      subject: { type: 'incident_rule', id: params.code },
      district: '000000',
      atMs: clock.now(),
      data: { version: version + 1, levels: rows.map(limitsOf) },
      words: { name: body.name, notes: body.levels.map(({ note }) => note) },
      opId: body.opId,
    });
    return { version: version + 1, ledgerId };
  });
}

function limitsOf({ level, phoneMinutes, writtenMinutes, continueHours, continueAt }: RuleRow) {
  return { level, phoneMinutes, writtenMinutes, continueHours, continueAt };
}
