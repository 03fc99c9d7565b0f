import { useText } from '#web/i18n/area.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useSound } from '#web/app/sound/sound.ts';

/** Says that nothing will be heard. It lies over the page and takes no clicks, so that nothing moves when it goes. */
export function SoundNote() {
  const t = useText(alarms).sound;
  const { speaker } = useSound();
  return (
    <div className="sound-note" role="status">
      {speaker !== 'ready' && (
        <p>
          <Icon name="noise" size={18} />
          {t.speaker[speaker]}
        </p>
      )}
    </div>
  );
}
