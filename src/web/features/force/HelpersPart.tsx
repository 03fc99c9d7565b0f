import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { words as tradeWords } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { Line, OfferTicks, useForceWords } from './Parts.tsx';
import { forceKey, membersQuery, type Member } from './queries.ts';

/** N by link: invited, what they offer and when, what they were asked. */
export function HelpersPart() {
  const t = useText(force).helpers;
  const edits = may(useMe(), 'force.edit');
  return (
    <>
      <p className="quiet">{t.note}</p>
      {edits && (
        <div className="force-forms">
          <Invite />
          <Import />
        </div>
      )}
      <Answer query={useQuery(membersQuery)}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="quiet">{t.none}</p>}
            <ul className="force-people">
              {items.map((member) => (
                <Helper key={member.id} member={member} edits={edits} />
              ))}
            </ul>
          </>
        )}
      </Answer>
    </>
  );
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function Helper({ member, edits }: { member: Member; edits: boolean }) {
  const t = useText(force);
  const { offerName } = useForceWords();
  const days = t.roster.weekdays;
  const names = [days.d1, days.d2, days.d3, days.d4, days.d5, days.d6, days.d7];
  const week = member.weekdays.map((day) => names[day - 1]).join(t.comma);
  return (
    <li>
      <div className="force-person">
        <b>{member.name}</b>
        <span className="force-state">{t.helpers.states[member.state]}</span>
        <span className="quiet">{member.areaName}</span>
        <span className="quiet">{t.helpers.hours(week, clock(member.fromMinute), clock(member.untilMinute))}</span>
      </div>
      <div className="force-tags">
        {member.offers.map((code) => (
          <span key={code} className="tag">
            {offerName(code)}
          </span>
        ))}
      </div>
      {member.asks.map((one) => (
        <p key={one.id} className="force-words">
          {one.words} <span className="force-state">{t.helpers.asks[one.state]}</span>{' '}
          <span className="quiet">{one.answer}</span>
        </p>
      ))}
      {edits && <HelperActs id={member.id} />}
    </li>
  );
}

function HelperActs({ id }: { id: string }) {
  const t = useText(force).helpers;
  const [words, setWords] = useState('');
  const [sure, setSure] = useState(false);
  const stale = [forceKey];
  const askAct = useAct(
    (text: string, opId) => ask(forceRoutes.askMember, { params: { id }, body: { opId, words: text } }),
    { stale, onDone: () => setWords('') },
  );
  const tell = useAct((_: null, opId) => ask(forceRoutes.link, { params: { id }, body: { opId } }));
  const revoke = useAct((_: null, opId) => ask(forceRoutes.revokeMember, { params: { id }, body: { opId } }), {
    stale,
  });
  return (
    <>
      <form
        className="force-tools"
        onSubmit={(event) => {
          event.preventDefault();
          askAct.mutate(words);
        }}
      >
        <input
          required
          minLength={2}
          maxLength={300}
          aria-label={t.ask}
          placeholder={t.ask}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <button type="submit" className="tool tool-framed" disabled={askAct.isPending}>
          {t.askSend}
        </button>
        <button type="button" className="tool" disabled={tell.isPending} onClick={() => tell.mutate(null)}>
          {t.tell}
        </button>
        <button
          type="button"
          className="tool"
          disabled={revoke.isPending}
          onClick={() => (sure ? revoke.mutate(null) : setSure(true))}
        >
          {sure ? t.revokeSure : t.revoke}
        </button>
      </form>
      {tell.data !== undefined && <LinkBox path={tell.data.path} />}
      <ProblemNote error={askAct.error ?? tell.error ?? revoke.error} />
    </>
  );
}

function LinkBox({ path }: { path: string }) {
  const t = useText(force).helpers;
  const { qr } = useText(tradeWords);
  const [copied, setCopied] = useState(false);
  const address = new URL(path, location.origin).href;
  return (
    <div className="force-tools">
      <QrCode text={address} alt={qr.alt(t.link)} size={152} />
      <label className="force-field force-wide">
        <span>{t.link}</span>
        <input readOnly value={address} onFocus={({ target }) => target.select()} />
      </label>
      <button
        type="button"
        className="tool tool-framed"
        onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
      >
        {copied ? t.copied : t.copy}
      </button>
    </div>
  );
}

function Invite() {
  const t = useText(force).helpers;
  const [area, setArea] = useState<NamedArea[]>([]);
  const areaCode = area[0]?.code ?? '';
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [offers, setOffers] = useState<string[]>([]);
  const act = useAct(
    (wish: { areaCode: string; name: string; phone: string | null; offers: string[] }, opId) =>
      ask(forceRoutes.invite, { body: { opId, ...wish } }),
    { stale: [forceKey] },
  );
  return (
    <details className="force-form">
      <summary>{t.invite}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ areaCode, name, phone: phone === '' ? null : phone, offers });
        }}
      >
        <AreaField label={t.area} value={area} onChange={setArea} single />
        <Line label={t.name} value={name} onChange={setName} required maxLength={30} />
        <Line label={t.phone} value={phone} onChange={setPhone} type="tel" pattern="[0-9+\- ]{3,20}" />
        <OfferTicks value={offers} onChange={setOffers} />
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed" disabled={act.isPending || areaCode === ''}>
          {t.send}
        </button>
      </form>
      {act.data !== undefined && <LinkBox path={act.data.path} />}
    </details>
  );
}

function Import() {
  const t = useText(force).helpers;
  const [csv, setCsv] = useState('');
  const act = useAct((text: string, opId) => ask(forceRoutes.importMembers, { body: { opId, csv: text } }), {
    stale: [forceKey],
  });
  return (
    <details className="force-form">
      <summary>{t.import}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(csv);
        }}
      >
        <p className="quiet">{t.importHint}</p>
        <input
          type="file"
          accept=".csv,text/csv"
          aria-label={t.import}
          onChange={({ target }) => void target.files?.[0]?.text().then(setCsv)}
        />
        <textarea
          rows={4}
          required
          aria-label={t.importHint}
          value={csv}
          onChange={({ target }) => setCsv(target.value)}
        />
        <ProblemNote error={act.error} />
        {act.data !== undefined && (
          <div role="status">
            <p>{t.imported(formatNumber(act.data.added))}</p>
            <ul>
              {act.data.wrong.map(({ row, message }) => (
                <li key={row}>
                  {t.wrong(String(row))} {message}
                </li>
              ))}
            </ul>
          </div>
        )}
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.importSend}
        </button>
      </form>
    </details>
  );
}
