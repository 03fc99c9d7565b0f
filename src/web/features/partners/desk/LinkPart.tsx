import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';

/** The partner's own link, told when asked for and recorded; a new one ends the old one. */
export function LinkPart({ id }: { id: string }) {
  const t = useText(partners).link;
  const [sure, setSure] = useState(false);
  const [copied, setCopied] = useState(false);
  const act = useAct((renew: boolean, opId) => ask(partnerRoutes.link, { params: { id }, body: { opId, renew } }), {
    onDone: () => {
      setSure(false);
      setCopied(false);
    },
  });
  const address = act.data === undefined ? undefined : new URL(act.data.path, location.origin).href;
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      <p className="quiet">{t.lead}</p>
      {address !== undefined && (
        <div className="partners-row-head">
          <QrCode text={address} alt={t.qr} size={168} />
          <label className="partners-field partners-wide">
            <span>{t.label}</span>
            <input readOnly value={address} onFocus={({ target }) => target.select()} />
          </label>
        </div>
      )}
      <div className="partners-row-head">
        {address === undefined ? (
          <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={() => act.mutate(false)}>
            {t.show}
          </button>
        ) : (
          <button
            type="button"
            className="tool tool-framed"
            onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
          >
            {copied ? t.copied : t.copy}
          </button>
        )}
        <button
          type="button"
          className="tool"
          disabled={act.isPending}
          onClick={() => (sure ? act.mutate(true) : setSure(true))}
        >
          {sure ? t.renewSure : t.renew}
        </button>
      </div>
      <ProblemNote error={act.error} />
    </section>
  );
}
