import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { facilityRoutes, populationRoutes } from '#contract/facilities.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { fileToBase64 } from '#web/app/base64.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { today } from './facts.ts';
import { facilityKeys } from './queries.ts';

const systems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
type System = (typeof systems)[number];
type Answer = ClientOutput<typeof facilityRoutes.import>;
type CellAnswer = ClientOutput<typeof populationRoutes.import>;
const limit = { timeoutMs: 180_000 };

/** GeoJSON begins with a brace, a table never does. */
function formatOf(base64: string): 'csv' | 'geojson' {
  return /^(\u00EF\u00BB\u00BF)?\s*[{[]/.test(atob(base64.slice(0, 64))) ? 'geojson' : 'csv';
}

interface Wish {
  base64: string;
  crs: System;
}

/** A file of facilities: tried first, what is wrong listed by line, its coordinate system asked about where it looks wrong. */
export function ImportFacilities({ onClose }: { onClose: () => void }) {
  const t = useText(facilities).import;
  const send = (wish: Wish & { crsConfirmed: boolean }, opId: string, how: { dryRun: boolean; skipWrong: boolean }) =>
    ask(facilityRoutes.import, { body: { opId, ...wish, ...how, format: formatOf(wish.base64) } }, limit);
  const trial = useAct((wish: Wish & { crsConfirmed: boolean }, opId) =>
    send(wish, opId, { dryRun: true, skipWrong: true }),
  );
  const act = useAct(
    (wish: Wish & { crsConfirmed: boolean }, opId) => send(wish, opId, { dryRun: false, skipWrong: true }),
    { stale: [facilityKeys.facilities] },
  );
  const [confirmed, setConfirmed] = useState(false);
  const doubt = confirmed ? null : (trial.data?.crsDoubt ?? null);
  return (
    <ImportFrame
      title={t.title}
      lead={t.lead}
      trial={trial}
      act={act}
      ready
      blocked={doubt !== null}
      onTry={(wish) => {
        setConfirmed(false);
        trial.mutate({ ...wish, crsConfirmed: false });
      }}
      onSend={(wish) => act.mutate({ ...wish, crsConfirmed: confirmed })}
      onClose={onClose}
    >
      {(retry) =>
        doubt !== null && (
          <div className="fac-doubt" role="alert">
            <p>
              {(doubt.by === 'known' ? t.doubt : t.doubtStreets)(
                formatNumber(doubt.rows),
                formatNumber(doubt.medianM),
                t.crsNames[doubt.likely],
              )}
            </p>
            <span className="form-buttons">
              <Button type="primary" onClick={() => retry(doubt.likely)}>
                {t.useLikely(t.crsNames[doubt.likely])}
              </Button>
              <Button onClick={() => setConfirmed(true)}>{t.confirm}</Button>
            </span>
          </div>
        )
      }
    </ImportFrame>
  );
}

/** A file of population cells, in the place of what its source had. */
export function ImportCells({ onClose }: { onClose: () => void }) {
  const t = useText(facilities).import;
  const [source, setSource] = useState('');
  const [asOf, setAsOf] = useState(today);
  type Whole = Wish & { source: string; asOf: string };
  const trial = useAct((wish: Whole, opId) =>
    ask(populationRoutes.import, { body: { opId, ...wish, dryRun: true, skipWrong: true } }, limit),
  );
  const act = useAct(
    (wish: Whole, opId) => ask(populationRoutes.import, { body: { opId, ...wish, skipWrong: true } }, limit),
    { stale: [facilityKeys.population] },
  );
  const again = (): void => {
    trial.reset();
    act.reset();
  };
  return (
    <ImportFrame
      title={t.cellTitle}
      lead={t.cellLead}
      trial={trial}
      act={act}
      ready={source.trim().length >= 2 && asOf !== ''}
      blocked={false}
      onTry={(wish) => trial.mutate({ ...wish, source: source.trim(), asOf })}
      onSend={(wish) => act.mutate({ ...wish, source: source.trim(), asOf })}
      onClose={onClose}
      fields={
        <div className="form-two">
          <Line
            label={t.source}
            value={source}
            max={60}
            required
            onChange={(words) => {
              again();
              setSource(words);
            }}
          />
          <Line
            label={t.asOf}
            type="date"
            value={asOf}
            required
            onChange={(day) => {
              again();
              setAsOf(day);
            }}
          />
        </div>
      }
    >
      {() => {
        const shown = act.data ?? trial.data;
        return shown !== undefined && <p>{t.people(formatNumber(shown.people), formatNumber(shown.replaced))}</p>;
      }}
    </ImportFrame>
  );
}

interface Sending<A> {
  data: A | undefined;
  error: unknown;
  isPending: boolean;
  reset: () => void;
}

interface FrameProps<A> {
  title: string;
  lead: string;
  trial: Sending<A>;
  act: Sending<A>;
  /** The fields of its own are filled in. */
  ready: boolean;
  /** A question stands open. */
  blocked: boolean;
  fields?: ReactNode;
  onTry: (wish: Wish) => void;
  onSend: (wish: Wish) => void;
  onClose: () => void;
  children: (retry: (crs: System) => void) => ReactNode;
}

function ImportFrame<A extends Answer | CellAnswer>(props: FrameProps<A>) {
  const t = useText(facilities).import;
  const c = useText(common);
  const { trial, act, ready, blocked, onTry, onSend, onClose } = props;
  const [wish, setWish] = useState<Wish>({ base64: '', crs: 'wgs84' });
  const change = (next: Partial<Wish>): void => {
    trial.reset();
    act.reset();
    setWish({ ...wish, ...next });
  };
  const tried = trial.data;
  const news = tried === undefined ? 0 : tried.created + tried.changed;
  return (
    <Modal open width={680} title={props.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <div className="form fac-form">
        <p className="quiet">{props.lead}</p>
        {props.fields}
        <div className="form-two">
          <label className="form-field">
            {t.file}
            <input
              type="file"
              accept=".csv,.json,.geojson,.txt"
              onChange={({ target }) => void fileToBase64(target.files?.[0]).then((base64) => change({ base64 }))}
            />
          </label>
          <label className="form-field">
            {t.crs}
            <select
              value={wish.crs}
              onChange={({ target }) => change({ crs: systems.find((one) => one === target.value) ?? 'wgs84' })}
            >
              {systems.map((one) => (
                <option key={one} value={one}>
                  {t.crsNames[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
        <ProblemNote error={trial.error ?? act.error} />
        {tried !== undefined && <Found answer={act.data ?? tried} />}
        {props.children((crs) => {
          const next = { ...wish, crs };
          change({ crs });
          onTry(next);
        })}
        {act.data !== undefined && (
          <p role="status">
            <b>{t.done}</b>
          </p>
        )}
        <div className="form-buttons">
          {tried === undefined ? (
            <Button
              type="primary"
              disabled={wish.base64 === '' || !ready}
              loading={trial.isPending}
              onClick={() => onTry(wish)}
            >
              {t.try}
            </Button>
          ) : (
            act.data === undefined && (
              <Button
                type="primary"
                disabled={news === 0 || blocked}
                loading={act.isPending}
                onClick={() => onSend(wish)}
              >
                {tried.wrongCount > 0 ? t.skip : t.send}
              </Button>
            )
          )}
          <Button onClick={onClose}>{c.close}</Button>
        </div>
      </div>
    </Modal>
  );
}

/** In the reader's language, where the column is known. */
function wordOf(words: Readonly<Record<string, string>>, column: string): string | undefined {
  return words[column];
}

/** What the file would do, and what is wrong in it, line by line. */
function Found({ answer }: { answer: Answer | CellAnswer }) {
  const t = useText(facilities).import;
  const { read, created, changed, unchanged, wrong, wrongCount } = answer;
  return (
    <div role="status">
      <p>
        {t.read(formatNumber(read))} · {t.found(formatNumber(created), formatNumber(changed), formatNumber(unchanged))}
      </p>
      {wrongCount > 0 && (
        <>
          <p>
            <b>{t.wrong(formatNumber(wrongCount))}</b>
          </p>
          <ScrollFrame area="fac-scroll" label={t.wrong(formatNumber(wrongCount))}>
            <table className="fac-table">
              <thead>
                <tr>
                  {[t.line, t.column, t.expected, t.value].map((words) => (
                    <th key={words} scope="col">
                      {words}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {wrong.map(({ line, column, expected, found }) => (
                  <tr key={`${line} ${column} ${found}`}>
                    <td>{line ?? '—'}</td>
                    <td>{wordOf(t.columns, column) ?? column}</td>
                    <td>{wordOf(t.needs, column) ?? expected}</td>
                    <td>{found}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        </>
      )}
    </div>
  );
}
