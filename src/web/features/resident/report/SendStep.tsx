import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { resident } from '#web/i18n/resident.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { useAreaName } from './ChosenPlace.tsx';
import { missingIn, type Draft } from './draft.ts';
import { reportPaths } from './paths.ts';
import { SimilarNearby } from './SimilarNearby.tsx';
import type { DraftHandle } from './use-report.ts';

export interface SendStepProps {
  handle: DraftHandle;
  draft: Draft;
  /** Why the last attempt was refused. */
  refusal: unknown;
  onSubmit: () => Promise<void>;
}

/** A last look, similar matters nearby, an optional phone number, and the button. */
export function SendStep({ handle, draft, refusal, onSubmit }: SendStepProps) {
  const t = useText(resident);
  const [busy, setBusy] = useState(false);
  const badPhone = missingIn(draft).includes('phone');
  const submit = async (): Promise<void> => {
    if (badPhone) return;
    setBusy(true);
    await onSubmit().finally(() => setBusy(false));
  };
  return (
    <>
      <Summary draft={draft} />
      <SimilarNearby draft={draft} onChange={handle.change} />
      <section className="part">
        <Field
          label={t.send.phoneLabel}
          hint={t.send.phoneHint}
          optional
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={20}
          value={draft.phone}
          error={badPhone ? t.report.badPhone : undefined}
          onChange={(phone) => handle.change({ phone })}
        />
      </section>
      {refusal !== null && <ErrorNote error={refusal} />}
      <p className="consent">{t.send.consent}</p>
      <div className="actions actions-two">
        <Button icon="back" onClick={() => goTo(reportPaths.place)}>
          {t.report.back}
        </Button>
        <Button kind="main" icon="send" busy={busy} onClick={() => void submit()}>
          {busy ? t.send.sending : draft.followEventId === null ? t.send.submit : t.send.submitFollow}
        </Button>
      </div>
    </>
  );
}

function Summary({ draft }: { draft: Draft }) {
  const t = useText(resident).send;
  const words = useText(common);
  const areas = useAreaName(draft.at);
  const exact = draft.at === null ? '' : words.map.centre(draft.at.lon.toFixed(5), draft.at.lat.toFixed(5));
  const place = [
    draft.placeName,
    areas.words || draft.areaName || (draft.placeName === '' ? exact : ''),
    draft.placeWords,
  ].filter((part) => part !== '');
  return (
    <section className="part" aria-label={t.heading}>
      <h2 className="part-title">{t.heading}</h2>
      <dl className="facts">
        <div>
          <dt>{t.what}</dt>
          <dd>
            <strong>{draft.categoryName}</strong>
            {draft.words !== '' && <p className="said">{draft.words}</p>}
            {draft.photos.length > 0 && <p>{t.photos(draft.photos.length)}</p>}
          </dd>
          <dd className="facts-act">
            <Button kind="quiet" onClick={() => goTo(reportPaths.what)}>
              {t.edit}
              <span className="visually-hidden">{t.what}</span>
            </Button>
          </dd>
        </div>
        <div>
          <dt>{t.where}</dt>
          <dd>
            {place.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </dd>
          <dd className="facts-act">
            <Button kind="quiet" onClick={() => goTo(reportPaths.place)}>
              {t.edit}
              <span className="visually-hidden">{t.where}</span>
            </Button>
          </dd>
        </div>
      </dl>
    </section>
  );
}
