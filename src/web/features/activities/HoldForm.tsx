import { useState } from 'react';
import { activityRoutes } from '#contract/activities.ts';
import { ask } from '#web/app/ask.ts';
import { uploadPhoto } from '#web/app/upload.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { activities } from '#web/i18n/activities.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { fitForUpload } from '#web/ui/light/photo.ts';
import { activitiesKey, type Activity } from './queries.ts';

/** It took place: who came and is not recorded yet, what the partner gave, photos. */
export function HoldForm({ activity, onDone }: { activity: Activity; onDone: () => void }) {
  const t = useText(activities);
  const [persons, setPersons] = useState('');
  const [delivered, setDelivered] = useState(activity.pledgeId === null ? '0' : '1');
  const [claims, setClaims] = useState<readonly { id: string; token: string }[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const send = useAct(
    (wish: { persons: number; delivered: number; attachments: { id: string; token: string }[] }, opId) =>
      ask(activityRoutes.hold, { params: { id: activity.id }, body: { opId, version: activity.version, ...wish } }),
    { stale: [activitiesKey, ['service-figures']], onDone },
  );
  const addPhotos = async (files: readonly File[]): Promise<void> => {
    setSending(true);
    setFailure(null);
    try {
      for (const file of files) {
        const { id, token } = await uploadPhoto(await fitForUpload(file), 'after', 'staff');
        setClaims((now) => [...now, { id, token }]);
      }
    } catch (error) {
      setFailure(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="activities-form"
      aria-label={t.holdTitle(activity.title)}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ persons: Number(persons), delivered: Number(delivered), attachments: [...claims] });
      }}
    >
      <h3>{t.holdTitle(activity.title)}</h3>
      <label>
        {t.heads}
        <input
          required
          type="number"
          min={0}
          max={5000}
          value={persons}
          onChange={({ target }) => setPersons(target.value)}
        />
        {activity.persons > 0 && <span className="quiet">{t.headsHint(formatNumber(activity.persons))}</span>}
      </label>
      {activity.partnerId !== null && (
        <label>
          {t.delivered}
          <input
            type="number"
            min={0}
            max={100_000}
            value={delivered}
            onChange={({ target }) => setDelivered(target.value)}
          />
        </label>
      )}
      <label>
        {t.photos}
        <input
          type="file"
          accept="image/*"
          multiple
          aria-label={t.addPhotos}
          onChange={({ target }) => void addPhotos([...(target.files ?? [])].slice(0, 12 - claims.length))}
        />
        {claims.length > 0 && <span className="quiet">{t.photoSent(formatNumber(claims.length))}</span>}
      </label>
      <ProblemNote error={send.error ?? failure} />
      <p className="activities-tools">
        <button type="submit" className="tool tool-framed" disabled={send.isPending || sending || persons === ''}>
          {t.hold}
        </button>
        <button type="button" className="tool" onClick={onDone}>
          {t.close}
        </button>
      </p>
    </form>
  );
}
