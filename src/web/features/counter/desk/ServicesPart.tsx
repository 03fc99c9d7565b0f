import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { serviceRoutes } from '#contract/services.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { newOpId } from '#web/app/op-id.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { counterDesk } from '#web/i18n/counter-desk.ts';
import { counter } from '#web/i18n/counter.ts';
import { formatTime } from '#web/i18n/format.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { CounterWords, ServiceRow } from '../counter-api.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { servicesQuery, serviceWordsQuery, useServicesLive, type ServiceFilter } from './queries.ts';
import './counter-desk.css';

/** What a station gives, as it is recorded; corrected where somebody who works there says so. */
export function ServicesPart({ station }: { station: StationHead }) {
  const t = useText(counterDesk);
  const [filter, setFilter] = useState<ServiceFilter>({ kind: '', aidOnly: false, day: '' });
  const words = useQuery(serviceWordsQuery).data;
  const query = useInfiniteQuery(servicesQuery(station.id, filter));
  useServicesLive(({ data }) => data['stationId'] === station.id);
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="services" aria-label={t.heading}>
      <Filters filter={filter} words={words} onFilter={setFilter} />
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data !== undefined && rows.length === 0 && <p className="quiet">{t.none}</p>}
      {words !== undefined && rows.length > 0 && <Table rows={rows} words={words} />}
      <MoreButton list={query} words={t.more} />
    </section>
  );
}

interface FiltersProps {
  filter: ServiceFilter;
  words: CounterWords | undefined;
  onFilter: (filter: ServiceFilter) => void;
}

function Filters({ filter, words, onFilter }: FiltersProps) {
  const t = useText(counterDesk);
  const named = useNamed();
  return (
    <div className="services-filters">
      <label>
        {t.kind}
        <select value={filter.kind} onChange={({ target }) => onFilter({ ...filter, kind: target.value })}>
          <option value="">{t.all}</option>
          {words?.kinds.map((kind) => (
            <option key={kind.code} value={kind.code}>
              {named(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.day}
        <input type="date" value={filter.day} onChange={({ target }) => onFilter({ ...filter, day: target.value })} />
      </label>
      <label>
        <input
          type="checkbox"
          checked={filter.aidOnly}
          onChange={({ target }) => onFilter({ ...filter, aidOnly: target.checked })}
        />
        {t.aidOnly}
      </label>
    </div>
  );
}

function Table({ rows, words }: { rows: readonly ServiceRow[]; words: CounterWords }) {
  const t = useText(counterDesk);
  const corrects = may(useMe(), 'station.work');
  return (
    <div className="services-table">
      <table>
        <caption className="visually-hidden">{t.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{t.at}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.people}</th>
            <th scope="col">{t.who}</th>
            <th scope="col">{t.note}</th>
            <th scope="col">{t.by}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} words={words} corrects={corrects} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, words, corrects }: { row: ServiceRow; words: CounterWords; corrects: boolean }) {
  const t = useText(counterDesk);
  const visitor = useText(counter).visitor;
  const named = useNamed();
  const card = named(words.cards.find(({ code }) => code === row.aidCard));
  const kind = named(words.kinds.find(({ code }) => code === row.kind));
  const late = Date.parse(row.recordedAt) - Date.parse(row.at) > 60_000;
  return (
    <tr data-record={row.id} className={row.correction === null ? undefined : 'services-gone'}>
      <td>
        {formatTime(row.at)}
        {late && <small>{t.heard(formatTime(row.recordedAt))}</small>}
      </td>
      <td>
        {card === '' ? kind : t.aidKind(card)}
        {row.serious && <span className="today-mark">{t.serious}</span>}
        {row.eventId !== null && (
          <small>
            <Go href={`/desk?event=${row.eventId}`}>{t.event}</Go>
          </small>
        )}
      </td>
      <td className="number">{row.persons}</td>
      <td>{row.visitor === null ? t.notTold : visitor[row.visitor]}</td>
      <td>{row.note}</td>
      <td>{row.by ?? ''}</td>
      <td>
        <State row={row} words={words} />
        {corrects && row.correction === null && <Correct row={row} words={words} />}
      </td>
    </tr>
  );
}

function State({ row, words }: { row: ServiceRow; words: CounterWords }) {
  const t = useText(counterDesk);
  const named = useNamed();
  if (row.correction !== null) {
    const { reason, by } = row.correction;
    return <small>{t.corrected(named(words.corrections.find(({ code }) => code === reason)), by ?? '')}</small>;
  }
  if (row.aid === null) return null;
  const { outcome, askAt } = row.aid;
  return (
    <small>
      {named(words.outcomes.find(({ code }) => code === outcome))}
      {askAt !== null && ` · ${t.ask(formatTime(askAt))}`}
    </small>
  );
}

function Correct({ row, words }: { row: ServiceRow; words: CounterWords }) {
  const t = useText(counterDesk);
  const named = useNamed();
  const client = useQueryClient();
  const [opId, setOpId] = useState(newOpId);
  const act = useMutation({
    mutationFn: (reason: string) => ask(serviceRoutes.correct, { params: { id: row.id }, body: { opId, reason } }),
    onSettled: () => setOpId(newOpId()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['services'] }),
  });
  return (
    <>
      <select
        aria-label={t.correct}
        value=""
        disabled={act.isPending}
        onChange={({ target }) => target.value !== '' && act.mutate(target.value)}
      >
        <option value="">{t.correct}</option>
        {words.corrections
          .filter(({ code }) => code !== 'undo')
          .map((reason) => (
            <option key={reason.code} value={reason.code}>
              {named(reason)}
            </option>
          ))}
      </select>
      <ProblemNote error={act.error} />
    </>
  );
}
