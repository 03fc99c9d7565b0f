import { formatDate } from '#web/i18n/format.ts';
import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { todayHere } from '#web/i18n/local-time.ts';
import { Fold, Line, Pick, usePartnerWords } from './Parts.tsx';
import { partnersKey, type PartnerDetail } from './queries.ts';

/** How it ended, or the way to end it. */
export function ExitPart({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners).exit;
  const { wordOf } = usePartnerWords();
  const { exit } = partner;
  if (exit === null) return partner.mayManage ? <Leave partner={partner} /> : null;
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      <p className="partners-row-head">
        <span>{t.done(formatDate(exit.day), wordOf('exits', exit.reason))}</span>
        <span className="quiet">{exit.by === 'partner' ? t.byPartner : t.byStreet}</span>
        <span>{exit.words}</span>
      </p>
    </section>
  );
}

interface Wish {
  by: 'partner' | 'street';
  reason: string;
  words: string;
  lastDay: string;
}

function Leave({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners).exit;
  const { choices } = usePartnerWords();
  const [wish, setWish] = useState<Wish>(() => ({
    by: 'partner',
    reason: 'own_wish',
    words: '',
    lastDay: todayHere(),
  }));
  const put = (change: Partial<Wish>): void => setWish((before) => ({ ...before, ...change }));
  const act = useAct(
    (body: Wish, opId) =>
      ask(partnerRoutes.exit, { params: { id: partner.id }, body: { opId, version: partner.version, ...body } }),
    { stale: [partnersKey] },
  );
  return (
    <Fold title={t.open}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(wish);
        }}
      >
        <p className="quiet">{t.note}</p>
        <div className="partners-row-head">
          <Pick
            label={t.by}
            value={wish.by}
            choices={[
              { value: 'partner', words: t.partner },
              { value: 'street', words: t.street },
            ]}
            onChange={(by) => put({ by: by === 'street' ? 'street' : 'partner' })}
          />
          <Pick
            label={t.reason}
            value={wish.reason}
            choices={choices('exits')}
            onChange={(reason) => put({ reason })}
          />
          <Line
            label={t.lastDay}
            value={wish.lastDay}
            onChange={(lastDay) => put({ lastDay })}
            type="date"
            min={todayHere()}
            required
          />
        </div>
        <Line label={t.words} value={wish.words} onChange={(words) => put({ words })} maxLength={300} />
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed partners-danger" disabled={act.isPending}>
          {t.send}
        </button>
      </form>
    </Fold>
  );
}
