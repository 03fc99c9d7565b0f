import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';

/** How old what is shown is, when it is a copy from before. */
export function AsOf(props: { asOf: string; knownUntil: string; fresh: boolean; failed: boolean }) {
  const t = useText(stationsPublic);
  const now = useNow();
  const { asOf, knownUntil, fresh, failed } = props;
  if (fresh || !failed) return null;
  return (
    <div className="note note-warn" role="status">
      <p>{t.kept(formatTime(asOf))}</p>
      {now >= Date.parse(knownUntil) && <p>{t.tooOld}</p>}
    </div>
  );
}
