import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { standardRoutes } from '#contract/facilities.ts';
import { ask } from '#web/app/ask.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDistance, formatNumber, formatTime } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Waiting } from '#web/ui/Answer.tsx';
import { Line, LongLine } from '#web/ui/FormLines.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { familyWord } from './families.ts';
import type { TabProps } from './ListTab.tsx';
import { FormFrame } from './Parts.tsx';
import { facilityKeys, standardHistoryQuery, standardsQuery, type StandardRow } from './queries.ts';

type Values = StandardRow['norm'];

/** How near, how large, for how many: the norm, what is in force here, and where each comes from. */
export function StandardsTab({ search, go }: TabProps) {
  const t = useText(facilities);
  const s = t.standards;
  const query = useQuery(standardsQuery(search.area));
  const [chosen, setChosen] = useState<string | null>(null);
  const found = query.data;
  const row = found?.items.find(({ code }) => code === chosen);
  return (
    <section className="detail-side fac-wide" aria-label={t.tabs.standards}>
      <p className="quiet">{s.lead}</p>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <Waiting query={query} />
      {found !== undefined && (
        <>
          <div className="fac-filters">
            <label>
              <span>{s.of}</span>
              <select value={found.areaCode} onChange={({ target }) => go({ area: target.value })}>
                {found.areas.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Table rows={found.items} mayEdit={found.mayEdit} onChoose={setChosen} />
        </>
      )}
      {found !== undefined && row !== undefined && (
        <StandardForm row={row} area={found} mayEdit={found.mayEdit} onClose={() => setChosen(null)} />
      )}
    </section>
  );
}

interface TableProps {
  rows: readonly StandardRow[];
  mayEdit: boolean;
  onChoose: (code: string) => void;
}

function Table({ rows, mayEdit, onChoose }: TableProps) {
  const t = useText(facilities);
  const s = t.standards;
  const lang = languageChoice.use();
  const { className } = useFacilityWords();
  const families = [...new Set(rows.map(({ family }) => family))];
  const heads = [s.cls, s.level, s.walk, s.radius, s.per, s.own, s.certainty, s.source];
  return (
    <ScrollFrame area="fac-scroll-wide" label={t.tabs.standards}>
      <table className="fac-table">
        <thead>
          <tr>
            {heads.map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        {families.map((family) => (
          <tbody key={family}>
            <tr>
              <th colSpan={heads.length} scope="rowgroup" className="fac-family">
                {familyWord(t.families, family)}
              </th>
            </tr>
            {rows
              .filter((one) => one.family === family)
              .map((row) => (
                <tr key={row.code} className={row.own === null ? undefined : 'fac-own'}>
                  <th scope="row">
                    <button type="button" className="link-button" onClick={() => onChoose(row.code)}>
                      {className(row.code)}
                    </button>
                    {row.group !== 'all' && <span className="tag"> {whomWord(s.whom, row.group)}</span>}
                  </th>
                  <td>{s.minutes(String(row.level))}</td>
                  <td>{s.minutes(String(row.inForce.walkMin))}</td>
                  <td>{row.inForce.radiusM === null ? '—' : formatDistance(row.inForce.radiusM)}</td>
                  <td>{row.inForce.perPeople === null ? '—' : s.perPeople(formatNumber(row.inForce.perPeople))}</td>
                  <td>
                    {row.own !== null && s.ownOf(row.own.areaName, String(row.own.version))}
                    {mayEdit && (
                      <button
                        type="button"
                        className="tool"
                        aria-label={s.setOf(className(row.code))}
                        onClick={() => onChoose(row.code)}
                      >
                        {s.set}
                      </button>
                    )}
                  </td>
                  <td>{s.certainties[row.certainty]}</td>
                  <td className="fac-source">{inLanguage(lang, row.source, row.sourceEn)}</td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </ScrollFrame>
  );
}

function whomWord(words: Readonly<Record<string, string>>, group: string): string {
  return words[group] ?? group;
}

interface FormProps {
  row: StandardRow;
  area: { areaCode: string; areaName: string };
  mayEdit: boolean;
  onClose: () => void;
}

/** The norm, the words on it, and, for who may, a new one. */
function StandardForm({ row, area, mayEdit, onClose }: FormProps) {
  const words = useText(facilities);
  const t = words.standards;
  const lang = languageChoice.use();
  const { className } = useFacilityWords();
  const [draft, setDraft] = useState(() => draftOf(row, area.areaCode));
  const [reason, setReason] = useState('');
  const act = useAct(
    (wish: Draft & { reason: string }, opId) =>
      ask(standardRoutes.set, {
        params: { classCode: row.code },
        body: {
          opId,
          areaCode: area.areaCode,
          version: row.version,
          walkMin: numberIn(wish.walkMin),
          radiusM: numberIn(wish.radiusM),
          perPeople: numberIn(wish.perPeople),
          reason: wish.reason,
        },
      }),
    { stale: [facilityKeys.standards], onDone: onClose },
  );
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const hint = (value: number | null): string => t.keepHint(value === null ? t.noNorm : formatNumber(value));
  return (
    <FormFrame
      title={mayEdit ? t.setOf(className(row.code)) : t.title(className(row.code))}
      busy={act.isPending}
      error={act.error}
      ready={mayEdit && reason.trim().length >= 2}
      onSend={() => act.mutate({ ...draft, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>
        {t.norm} · <NormWords values={row.norm} /> · {inLanguage(lang, row.source, row.sourceEn)} ·{' '}
        {t.certainties[row.certainty]}
      </p>
      <HistoryLines classCode={row.code} areaCode={area.areaCode} />
      {mayEdit && (
        <>
          <p className="quiet">
            {t.of} {area.areaName} · {t.empty}
          </p>
          <div className="form-two">
            <Line
              label={t.walkField}
              type="number"
              least={1}
              most={60}
              value={draft.walkMin}
              hint={hint(row.norm.walkMin)}
              onChange={(walkMin) => set({ walkMin })}
            />
            <Line
              label={t.radiusField}
              type="number"
              least={50}
              most={10_000}
              value={draft.radiusM}
              hint={hint(row.norm.radiusM)}
              onChange={(radiusM) => set({ radiusM })}
            />
            <Line
              label={t.perField}
              type="number"
              least={1}
              most={10_000_000}
              value={draft.perPeople}
              hint={hint(row.norm.perPeople)}
              onChange={(perPeople) => set({ perPeople })}
            />
          </div>
          <LongLine label={words.reason} value={reason} max={300} required onChange={setReason} />
        </>
      )}
    </FormFrame>
  );
}

interface Draft {
  walkMin: string;
  radiusM: string;
  perPeople: string;
}

const numberIn = (text: string): number | null => (text === '' ? null : Number(text));

function draftOf({ own }: StandardRow, areaCode: string): Draft {
  const here = own?.areaCode === areaCode ? own : null;
  return {
    walkMin: here?.walkMin?.toString() ?? '',
    radiusM: here?.radiusM?.toString() ?? '',
    perPeople: here?.perPeople?.toString() ?? '',
  };
}

/** '8 分钟 · 500 米 · 20,000 人一处', as far as each is said. */
function NormWords({
  values,
}: {
  values: { walkMin: number | null; radiusM: number | null; perPeople: number | null } | Values;
}) {
  const t = useText(facilities).standards;
  const { walkMin, radiusM, perPeople } = values;
  return (
    <>
      {[
        ...(walkMin === null ? [] : [t.minutes(String(walkMin))]),
        ...(radiusM === null ? [] : [formatDistance(radiusM)]),
        ...(perPeople === null ? [] : [t.perPeople(formatNumber(perPeople))]),
      ].join(' · ')}
    </>
  );
}

function HistoryLines({ classCode, areaCode }: { classCode: string; areaCode: string }) {
  const t = useText(facilities);
  const items = useQuery(standardHistoryQuery(classCode, areaCode)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ol className="fac-lines">
      {items.map((word) => (
        <li key={`${word.areaCode} ${word.version}`}>
          <b>{t.standards.ownOf(word.areaName, String(word.version))}</b>{' '}
          {word.walkMin === null && word.radiusM === null && word.perPeople === null ? (
            t.standards.norm
          ) : (
            <NormWords values={word} />
          )}{' '}
          <span className="quiet">
            {word.reason} · {word.byName} {formatTime(word.at)}
          </span>
        </li>
      ))}
    </ol>
  );
}
