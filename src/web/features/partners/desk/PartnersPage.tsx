import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { partnerStates } from '#contract/partners-words.ts';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { FactsForm } from './FactsForm.tsx';
import { PartnerPane } from './PartnerPane.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { Pick, StateMark, usePartnerWords } from './Parts.tsx';
import { listQuery, type PartnerRow } from './queries.ts';
import { usePartnerSearch, type PartnerSearch } from './search.ts';

const nothing = { partner: undefined, pledge: undefined, adding: undefined } as const;

/** Partners of one's area and stations; one of them beside. On a phone one at a time. */
export function PartnersPage() {
  const t = useText(partners);
  const [search, go] = usePartnerSearch();
  // A telephone that is looked for stays out of the address.
  const [phone, setPhone] = useState('');
  const query = useQuery(listQuery(phone === '' ? search : { ...search, q: phone }));
  const manages = may(useMe(), 'partner.manage');
  const chosen = search.partner !== undefined || search.adding === true;
  return (
    <div className={`partners-page${chosen ? ' partners-chosen' : ''}`}>
      <section className="partners-list" aria-label={t.list}>
        <div className="partners-row-head partners-title">
          <h1>{t.title}</h1>
          {manages && (
            <button type="button" className="tool tool-framed" onClick={() => go({ ...nothing, adding: true })}>
              {t.add}
            </button>
          )}
        </div>
        <p className="quiet">{t.lead}</p>
        <Filters search={search} go={go} onPhone={setPhone} />
        <Answer query={query}>
          {({ items }) => (
            <>
              <p className="quiet" role="status">
                {items.length === 0 ? t.empty : t.total(formatNumber(items.length))}
              </p>
              <ul className="partners-rows">
                {items.map((row) => (
                  <li key={row.id}>
                    <Row
                      row={row}
                      chosen={row.id === search.partner}
                      onChoose={() => go({ ...nothing, partner: row.id })}
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Answer>
        <a className="tool tool-framed partners-alone" href={exportAddress(search)} download>
          {t.export}
        </a>
      </section>
      <section className="partners-detail" aria-label={t.detail}>
        {search.adding === true ? (
          <>
            <Back go={() => go(nothing)} />
            <h2>{t.add}</h2>
            <FactsForm partner={null} onDone={(id) => go({ ...nothing, partner: id })} />
          </>
        ) : search.partner === undefined ? (
          <p className="partners-none">{t.choose}</p>
        ) : (
          <>
            <Back go={() => go(nothing)} />
            <PartnerPane key={search.partner} id={search.partner} />
          </>
        )}
      </section>
    </div>
  );
}

function exportAddress({ partner, station }: PartnerSearch): string {
  const query = new URLSearchParams();
  if (partner !== undefined) query.set('partner', partner);
  if (station !== undefined) query.set('station', station);
  const text = query.toString();
  return `/api/partners/deliveries.xlsx${text === '' ? '' : `?${text}`}`;
}

function Back({ go }: { go: () => void }) {
  return (
    <button type="button" className="tool partners-back" onClick={go}>
      {useText(partners).back}
    </button>
  );
}

interface FiltersProps {
  search: PartnerSearch;
  go: (change: PartnerSearch) => void;
  onPhone: (phone: string) => void;
}

function Filters({ search, go, onPhone }: FiltersProps) {
  const t = useText(partners);
  const named = useNamed();
  const { choices, stations } = usePartnerWords();
  const any = { value: '', words: t.any };
  const find = (text: string): void => {
    const isPhone = /^[0-9+\- ]{7,20}$/.test(text);
    onPhone(isPhone ? text : '');
    go({ q: isPhone || text === '' ? undefined : text });
  };
  return (
    <form
      className="partners-filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        find(typeof typed === 'string' ? typed.trim() : '');
      }}
    >
      <input
        type="search"
        name="q"
        aria-label={t.search}
        placeholder={t.search}
        defaultValue={search.q ?? ''}
        maxLength={40}
      />
      <button type="submit" className="tool tool-framed">
        {t.find}
      </button>
      <Pick
        label={t.state}
        value={search.state ?? ''}
        choices={[any, ...partnerStates.map((one) => ({ value: one, words: t.states[one] }))]}
        onChange={(value) => go({ state: partnerStates.find((one) => one === value) })}
      />
      <Pick
        label={t.kind}
        value={search.kind ?? ''}
        choices={[any, ...choices('kinds')]}
        onChange={(value) => go({ kind: value === '' ? undefined : value })}
      />
      <Pick
        label={t.station}
        value={search.station ?? ''}
        choices={[any, ...stations.map((one) => ({ value: one.id, words: named(one) }))]}
        onChange={(value) => go({ station: value === '' ? undefined : value })}
      />
    </form>
  );
}

function Row({ row, chosen, onChoose }: { row: PartnerRow; chosen: boolean; onChoose: () => void }) {
  const t = useText(partners);
  const named = useNamed();
  const { wordOf } = usePartnerWords();
  return (
    <button type="button" className="partners-row" aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
      <span className="partners-row-head">
        <b>{named(row)}</b>
        <StateMark state={row.state} />
        {row.asks.map((one) => (
          <span key={one} className="partners-asks">
            {t.asks[one]}
          </span>
        ))}
      </span>
      <span className="partners-row-head quiet">
        <span>{wordOf('kinds', row.kind)}</span>
        <span>{row.areaName}</span>
        {row.untilDay !== null && <span>{t.until(formatDate(row.untilDay))}</span>}
        {row.state === 'ending' && row.daysLeft !== null && <span>{t.left(formatNumber(row.daysLeft))}</span>}
      </span>
      <span className="partners-row-head">
        <span className="quiet">{t.pledged(formatNumber(row.pledges))}</span>
        {row.behind > 0 && <span className="partners-behind">{t.behindCount(formatNumber(row.behind))}</span>}
        {row.waiting > 0 && <span className="partners-waits">{t.waitingCount(formatNumber(row.waiting))}</span>}
      </span>
    </button>
  );
}
