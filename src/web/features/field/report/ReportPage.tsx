import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import type { NewCommand } from '#web/field/command.ts';
import type { Account } from '#web/field/field-api.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Camera } from '../parts/Camera.tsx';
import { QuickWords } from '../parts/QuickWords.tsx';
import { submit } from '../parts/submit.ts';
import { rememberCode, useCategories, useCategoryName } from '../parts/use-categories.ts';
import { useKept } from '../parts/use-kept.ts';
import { fieldPaths } from '../paths.ts';
import { useHolder } from '#web/field/use-field.ts';
import { CategoryPick } from './CategoryPick.tsx';
import { emptyDraft, needOf, toReportBody, toSelfHandleBody, type Need, type ReportDraft } from './draft.ts';
import { PlaceLine } from './PlaceLine.tsx';
import { SelfHandle } from './SelfHandle.tsx';
import { Similar } from './Similar.tsx';

export function reportDraftKey(account: string): string {
  return `draft:report:${account}`;
}

/** Photo, class, done: the place is found meanwhile, words are optional. */
export function ReportPage() {
  const t = useText(field).report;
  const { account } = useHolder();
  const [turn, setTurn] = useState(0);
  const kept = useKept(reportDraftKey(account.id), emptyDraft);
  if (kept.value === null) return <Skeleton lines={6} />;
  return (
    <>
      <div className="title-row">
        <h1>{kept.value.selfHandled ? t.selfHeading : t.heading}</h1>
        {(kept.found || kept.value.photos.length > 0) && (
          <Button
            kind="quiet"
            onClick={() => {
              kept.set(emptyDraft());
              setTurn(turn + 1);
            }}
          >
            {t.discard}
          </Button>
        )}
      </div>
      <ReportForm key={turn} draft={kept.value} onChange={kept.set} onForget={kept.forget} />
    </>
  );
}

interface FormProps {
  draft: ReportDraft;
  onChange: (part: Partial<ReportDraft>) => void;
  onForget: () => Promise<void>;
}

function ReportForm({ draft, onChange, onForget }: FormProps) {
  const t = useText(field).report;
  const { account, runner } = useHolder();
  const home = homeOf(account);
  const title = useTitle(draft);
  const [need, setNeed] = useState<Need | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const missing = needOf(draft, home?.code ?? null);
    setNeed(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    if (draft.categoryCode !== null) rememberCode(draft.categoryCode);
    await submit(runner, toCommand(draft, account.id, title, home?.code ?? null));
    await onForget();
    goTo(fieldPaths.today);
  };
  return (
    <>
      <Camera
        label={t.takePhoto}
        hint={t.photoHint}
        kind="report"
        huge
        photos={draft.photos}
        onChange={(photos) => onChange({ photos })}
      />
      <section className="card" aria-labelledby="what">
        <h2 id="what">{t.what}</h2>
        <CategoryPick
          value={draft.categoryCode}
          onChange={(categoryCode) => onChange({ categoryCode, followEventId: null })}
        />
      </section>
      {!draft.selfHandled && <Similar draft={draft} onChange={onChange} />}
      <section className="card" aria-labelledby="where">
        <h2 id="where">{t.where}</h2>
        <PlaceLine draft={draft} onChange={onChange} home={home} />
      </section>
      {draft.selfHandled ? (
        <SelfHandle draft={draft} onChange={onChange} />
      ) : (
        <section className="card" aria-label={t.words}>
          <QuickWords label={t.words} phrases={t.quick} value={draft.words} onChange={(words) => onChange({ words })} />
          <TextArea
            label={t.words}
            optional
            rows={2}
            maxLength={1000}
            left={t.wordsLeft}
            value={draft.words}
            onChange={(words) => onChange({ words })}
          />
          <label className="check-line">
            <input
              type="checkbox"
              checked={draft.urgent}
              onChange={(event) => onChange({ urgent: event.target.checked })}
            />
            {t.urgency}
          </label>
        </section>
      )}
      {need !== null && (
        <p className="field-error" role="alert">
          {t.need[need]}
        </p>
      )}
      <div className="send-bar">
        {draft.followEventId === null && (
          <Button onClick={() => onChange({ selfHandled: !draft.selfHandled })}>
            {draft.selfHandled ? t.backToReport : t.selfHandle}
          </Button>
        )}
        <Button kind="main" icon="send" busy={busy} onClick={() => void send()}>
          {draft.selfHandled ? t.selfSubmit : draft.followEventId === null ? t.submit : t.submitFollow}
        </Button>
      </div>
    </>
  );
}

/** The smallest area this person answers for. */
function homeOf(account: Account): { code: string; name: string } | null {
  const live = account.appointments.filter((one) => one.live && one.areaCode !== null);
  const office = live.find((one) => one.isPrimary) ?? live[0];
  return office === undefined || office.areaCode === null
    ? null
    : { code: office.areaCode, name: office.areaName ?? office.areaCode };
}

function useTitle(draft: ReportDraft): string {
  const name = useCategoryName();
  const category = useCategories()?.find((item) => item.code === draft.categoryCode);
  const what = category === undefined ? (draft.categoryCode ?? '') : name(category);
  return draft.placeWords.trim() === '' ? what : `${what} · ${draft.placeWords.trim()}`;
}

function toCommand(draft: ReportDraft, account: string, title: string, home: string | null): NewCommand {
  const body = draft.selfHandled ? toSelfHandleBody(draft, home) : toReportBody(draft, home);
  return {
    account,
    verb: draft.selfHandled ? 'self_handle' : 'report',
    eventId: null,
    title,
    seenStatus: null,
    seenVersion: null,
    body: { ...body },
    photos: draft.photos
      .filter((photo) => draft.selfHandled || photo.kind !== 'after')
      .map(({ kind, blob }) => ({ kind, blob })),
  };
}
