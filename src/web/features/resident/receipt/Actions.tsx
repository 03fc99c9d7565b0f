import { useRef, useState } from 'react';
import { uuidV7 } from '#kit/ids.ts';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { resident } from '#web/i18n/resident.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import type { Receipt } from './use-receipt.ts';

type Act = 'urge' | 'add' | 'reopen';
const finished = ['closed', 'declined', 'cancelled'];

/** What the reporter may do now. Nothing is offered that would be refused. */
export function Actions({ receipt, secret, onDone }: { receipt: Receipt; secret: string; onDone: () => void }) {
  const t = useText(resident).act;
  const [act, setAct] = useState<Act | null>(null);
  const mayAdd = !finished.includes(receipt.status);
  return (
    <>
      {receipt.mayRate && <RatePanel secret={secret} onDone={onDone} />}
      {receipt.rating !== null && (
        <p className="note note-good">
          {t.rated}: {ratingWords(t.ratings, receipt.rating)}
        </p>
      )}
      {(receipt.mayUrge || mayAdd || receipt.mayReopen) && (
        <section className="part" aria-label={t.heading}>
          <div className="acts">
            {receipt.mayUrge && (
              <Button icon="bell" onClick={() => setAct('urge')}>
                {t.urge}
              </Button>
            )}
            {mayAdd && (
              <Button icon="pen" onClick={() => setAct('add')}>
                {t.add}
              </Button>
            )}
            {receipt.mayReopen && (
              <Button icon="again" kind="danger" onClick={() => setAct('reopen')}>
                {t.reopen}
              </Button>
            )}
          </div>
          {receipt.mayReopen && receipt.reopenUntil !== null && (
            <p className="field-hint">{t.reopenUntil(formatDate(receipt.reopenUntil))}</p>
          )}
        </section>
      )}
      {act !== null && (
        <ActSheet
          act={act}
          secret={secret}
          onClose={() => setAct(null)}
          onDone={() => {
            setAct(null);
            onDone();
          }}
        />
      )}
    </>
  );
}

function ActSheet({
  act,
  secret,
  onClose,
  onDone,
}: {
  act: Act;
  secret: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText(resident);
  const [typed, setTyped] = useState('');
  const { busy, error, attempt } = useAttempt();
  const [short, setShort] = useState(false);
  const needed = act === 'urge' ? 0 : 2;
  const label = { urge: t.act.wordsLabel, add: t.act.addLabel, reopen: t.act.reopenLabel }[act];
  const done = { urge: t.act.urgeDone, add: t.act.addDone, reopen: t.act.reopenDone }[act];
  const send = async (opId: string): Promise<unknown> => {
    const words = typed.trim();
    const params = { secret };
    if (act === 'urge') return call(publicApi.urge, { params, body: { opId, words } });
    if (act === 'add') return call(publicApi.addWords, { params, body: { opId, words } });
    return call(publicApi.reopen, { params, body: { opId, reason: words } });
  };
  const submit = async (): Promise<void> => {
    setShort(typed.trim().length < needed);
    if (typed.trim().length < needed || !(await attempt(`${act} ${typed}`, send))) return;
    toast(done);
    onDone();
  };
  return (
    <Sheet title={t.act[act]} onClose={onClose}>
      <div className="way-body">
        {act === 'urge' && <p>{t.act.urgeHint}</p>}
        <TextArea
          label={label}
          optional={act === 'urge'}
          value={typed}
          rows={3}
          maxLength={500}
          left={t.report.wordsLeft}
          error={short ? (act === 'reopen' ? t.act.needReason : t.act.needAdd) : undefined}
          onChange={setTyped}
        />
        {error !== undefined && <ErrorNote error={error} />}
        <Button kind="main" wide icon="send" busy={busy} onClick={() => void submit()}>
          {t.act.send}
        </Button>
      </div>
    </Sheet>
  );
}

const ratings = ['5', '4', '3', '2', '1'] as const;

function RatePanel({ secret, onDone }: { secret: string; onDone: () => void }) {
  const t = useText(resident);
  const [rating, setRating] = useState<(typeof ratings)[number] | null>(null);
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const submit = async (): Promise<void> => {
    setMissing(rating === null);
    if (rating === null) return;
    const body = { rating: Number(rating), words: typed.trim() };
    if (
      !(await attempt(JSON.stringify(body), (opId) =>
        call(publicApi.rate, { params: { secret }, body: { opId, ...body } }),
      ))
    )
      return;
    toast(t.act.rateDone);
    onDone();
  };
  return (
    <section className="part part-rate" aria-label={t.act.rate}>
      <ChoiceTiles
        label={t.act.rateHeading}
        shape="list"
        value={rating}
        choices={ratings.map((value) => ({
          value,
          words: ratingWords(t.act.ratings, Number(value)),
          icon: 'star' as const,
        }))}
        onChange={setRating}
      />
      {missing && (
        <p className="field-error" role="alert">
          {t.act.needRating}
        </p>
      )}
      <TextArea
        label={t.act.rateWords}
        optional
        value={typed}
        rows={2}
        maxLength={500}
        left={t.report.wordsLeft}
        onChange={setTyped}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide busy={busy} onClick={() => void submit()}>
        {t.act.send}
      </Button>
    </section>
  );
}

function ratingWords(words: Record<'r1' | 'r2' | 'r3' | 'r4' | 'r5', string>, rating: number): string {
  return [words.r1, words.r2, words.r3, words.r4, words.r5][rating - 1] ?? '';
}

/** Sends once per intention: pressing again after a lost answer repeats the same opId, changed contents get a new one. */
function useAttempt(): {
  busy: boolean;
  error: unknown;
  attempt: (intention: string, send: (opId: string) => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const last = useRef({ intention: '', opId: '' });
  const attempt = async (intention: string, send: (opId: string) => Promise<unknown>): Promise<boolean> => {
    if (last.current.intention !== intention) last.current = { intention, opId: uuidV7() };
    setBusy(true);
    setError(undefined);
    try {
      await send(last.current.opId);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, attempt };
}
