import { useText } from '#web/i18n/area.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { QrCode } from '#web/ui/QrCode.tsx';

/** The own link, to be scanned with the volunteer's phone. */
export function OwnLink({ path, words }: { path: string; words: string }) {
  const t = useText(volunteers).people;
  const address = new URL(path, location.origin).href;
  return (
    <div className="roster-link" role="status">
      <p>{words}</p>
      <QrCode text={address} alt={t.linkAlt} size={168} />
      <code>{address}</code>
    </div>
  );
}
