import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careRightsRoutes } from '#contract/care-files.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LongLine } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys } from './queries.ts';

type Part = ClientOutput<typeof careRightsRoutes.erasure>['gone'][number];

/** Shows what an erasure would take and leave; then, with a ground and a reason, takes it. */
export function EraseForm({ personId, onClose }: { personId: string; onClose: () => void }) {
  const t = useText(careFiles);
  const c = useText(common);
  const lang = languageChoice.use();
  const [ground, setGround] = useState('');
  const [reason, setReason] = useState('');
  const trial = useQuery({
    queryKey: [...groundKeys.care, 'erasure', personId],
    queryFn: ({ signal }) => ask(careRightsRoutes.erasure, { params: { id: personId } }, { signal }),
    staleTime: 0,
  });
  const act = useAct(
    (wish: { version: number; ground: string; reason: string }, opId) =>
      ask(careRightsRoutes.erase, { params: { id: personId }, body: { opId, ...wish } }),
    { stale: [groundKeys.care], onDone: onClose },
  );
  const found = trial.data;
  return (
    <FormFrame
      title={t.rights.eraseTitle}
      act={t.rights.erase}
      danger
      busy={act.isPending}
      error={act.error}
      ready={found !== undefined && found.erasedAt === null && ground !== '' && reason.trim().length >= 2}
      onSend={() => found !== undefined && act.mutate({ version: found.version, ground, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>{t.rights.eraseLead}</p>
      <ProblemNote error={trial.error} onRetry={() => void trial.refetch()} />
      {found === undefined && trial.error === null && <p className="waiting">{c.loading}</p>}
      {found !== undefined && (
        <>
          <p className="quiet">{t.ref(found.ref)}</p>
          <div className="care-parts">
            <PartList title={t.rights.gone} parts={found.gone} />
            <PartList title={t.rights.stays} parts={found.stays} />
          </div>
          <label className="form-field">
            {t.rights.ground}
            <select value={ground} required onChange={({ target }) => setGround(target.value)}>
              <option value="">{t.rights.choose}</option>
              {found.grounds.map((one) => (
                <option key={one.code} value={one.code}>
                  {lang === 'zh' ? one.name : one.nameEn}
                </option>
              ))}
            </select>
          </label>
          <p className="quiet">{t.rights.draft}</p>
        </>
      )}
      <LongLine label={t.rights.reason} value={reason} max={300} required onChange={setReason} />
    </FormFrame>
  );
}

function PartList({ title, parts }: { title: string; parts: readonly Part[] }) {
  const t = useText(careFiles).rights;
  const known: Readonly<Record<string, string>> = t.parts;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {parts.map(({ holder, kind, rows }) => (
          <li key={`${holder} ${kind}`}>{t.rows(known[kind] ?? t.other(holder, kind), formatNumber(rows))}</li>
        ))}
      </ul>
    </section>
  );
}
