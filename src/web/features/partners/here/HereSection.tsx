import { useState } from 'react';
import type { partnerHereRoutes } from '#contract/partners-public.ts';
import type { ClientOutput } from '#contract/route.ts';
import { call } from '#web/app/call.ts';
import { newOpId } from '#web/app/op-id.ts';
import { partnerHereApi } from '#web/app/partner-api.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { useSend } from '#web/app/use-send.ts';
import './here.css';

type Here = ClientOutput<typeof partnerHereRoutes.here>['items'][number];

/** So many are told at first. */
const firstShown = 3;

/** Who stands by this station today, and a tap for how it is. Absent without network, and where nobody is. */
export function HereSection({ station: { code } }: { station: { code: string } }) {
  const t = useText(partners);
  const [whole, setWhole] = useState(false);
  const { value, reload } = useLoad(code, (signal) => call(partnerHereApi.here, { params: { code } }, { signal }));
  if (value === undefined || value.items.length === 0) return null;
  return (
    <section className="part" aria-label={t.here.title}>
      <h2 className="part-title">{t.here.title}</h2>
      <ul className="partner-here">
        {value.items.slice(0, whole ? undefined : firstShown).map((one) => (
          <li key={one.id}>
            <One partner={one} code={code} onDone={reload} />
          </li>
        ))}
      </ul>
      {!whole && value.items.length > firstShown && (
        <Button kind="quiet" wide onClick={() => setWhole(true)}>
          {t.here.more(formatNumber(value.items.length - firstShown))}
        </Button>
      )}
      <p className="partner-here-soft">{t.here.honest}</p>
    </section>
  );
}

function One({ partner, code, onDone }: { partner: Here; code: string; onDone: () => void }) {
  const t = useText(partners);
  const named = useNamed();
  const [open, setOpen] = useState(false);
  const [thanked, setThanked] = useState(false);
  const { n, average } = partner.byResidents;
  const brings = [...new Set(partner.brings.map(named))].join(t.comma);
  return (
    <>
      <p className="partner-here-name">
        <b>{named(partner)}</b> <span className="partner-here-soft">{named(partner.kind)}</span>
      </p>
      {brings !== '' && <p className="partner-here-soft">{t.here.brings(brings)}</p>}
      {n > 0 && (
        <p className="partner-here-soft">
          {average === null ? t.here.few(formatNumber(n)) : t.here.average(formatNumber(average), formatNumber(n))}
        </p>
      )}
      {thanked ? (
        <p role="status">{t.here.thanks}</p>
      ) : open ? (
        <Rate
          partner={partner}
          code={code}
          onDone={() => {
            setThanked(true);
            onDone();
          }}
        />
      ) : (
        <Button onClick={() => setOpen(true)}>{t.here.open}</Button>
      )}
    </>
  );
}

function Rate({ partner, code, onDone }: { partner: Here; code: string; onDone: () => void }) {
  const t = useText(partners);
  const named = useNamed();
  const [words, setWords] = useState('');
  const { busy, error, send } = useSend(onDone);
  const names = [t.ratings.words.s5, t.ratings.words.s4, t.ratings.words.s3, t.ratings.words.s2, t.ratings.words.s1];
  const rate = (stars: number) => () =>
    void send(`${stars} ${words}`, (opId) =>
      call(partnerHereApi.rate, {
        params: { code, id: partner.id },
        body: { opId, browserKey: browserKey(), stars, words },
      }),
    );
  const already = error instanceof ProblemError && error.code === 'already_exists';
  return (
    <div role="group" aria-label={t.here.rate(named(partner))} className="partner-here-rate">
      <TextArea
        label={t.here.words}
        value={words}
        onChange={setWords}
        maxLength={200}
        rows={2}
        left={t.own.charactersLeft}
      />
      <div className="partner-here-words">
        {names.map((name, k) => (
          <Button key={name} busy={busy.startsWith(`${5 - k} `)} onClick={rate(5 - k)}>
            {name}
          </Button>
        ))}
      </div>
      {already ? <p role="status">{t.here.already}</p> : error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}

const keptAs = 'huangge.partner-rating';
let unkept: string | undefined;

/** A random key of this browser; where nothing may be kept it lives as long as the page. */
function browserKey(): string {
  try {
    const found = localStorage.getItem(keptAs);
    if (found !== null && /^[0-9a-f-]{36}$/.test(found)) return found;
    const made = newOpId();
    localStorage.setItem(keptAs, made);
    return made;
  } catch {
    unkept ??= newOpId();
    return unkept;
  }
}
