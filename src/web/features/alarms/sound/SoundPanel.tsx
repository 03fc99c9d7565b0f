import { useText } from '#web/i18n/area.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { formatTime } from '#web/i18n/format.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { longestMuteOfP0 } from '#web/app/sound/choice.ts';
import { lowestVolume, muteUntil, setVolume, testSound, unmute, useSound } from '#web/app/sound/sound.ts';

const minute = 60_000;

/** Is there sound, how loud, muted until when; each pattern to try. */
export function SoundPanel() {
  const t = useText(alarms).sound;
  const { speaker, browserState, volume, ringing } = useSound();
  return (
    <div className="sound-panel">
      <h3>{t.title}</h3>
      <p className={speaker === 'ready' ? undefined : 'note'}>
        {t.speaker[speaker]}
        {speaker !== 'ready' && <small>{t.browserSays(browserState)}</small>}
      </p>
      <label className="sound-volume">
        <span>{t.volume}</span>
        <input
          type="range"
          min={lowestVolume}
          max={1}
          step={0.1}
          value={volume}
          aria-valuetext={t.percent(Math.round(volume * 100))}
          onChange={(event) => setVolume(Number(event.target.value))}
        />
      </label>
      <MuteChoice />
      <fieldset className="sound-tests">
        <legend>{t.tests}</legend>
        {[0, 1, 2, 3, 4].map((priority) => (
          <button
            key={priority}
            type="button"
            className="tool tool-framed"
            disabled={speaker !== 'ready' || ringing !== null}
            onClick={() => testSound(priority)}
          >
            <PriorityMark priority={priority} />
          </button>
        ))}
      </fieldset>
      <small>{t.patterns}</small>
    </div>
  );
}

function MuteChoice() {
  const t = useText(alarms).sound;
  const { mute, muted, p0Muted } = useSound();
  if (muted)
    return (
      <div className="sound-mute">
        <p>
          {mute.until === null ? t.mutedOpen : t.mutedUntil(formatTime(mute.until))}{' '}
          {p0Muted ? t.p0Back(formatTime(mute.from + longestMuteOfP0)) : t.p0Loud}
        </p>
        <button type="button" className="tool tool-framed" onClick={unmute}>
          {t.unmute}
        </button>
      </div>
    );
  return (
    <fieldset className="sound-mute">
      <legend>{t.mute}</legend>
      <button type="button" className="tool tool-framed" onClick={() => muteUntil(Date.now() + 10 * minute)}>
        {t.minutes(10)}
      </button>
      <button type="button" className="tool tool-framed" onClick={() => muteUntil(Date.now() + 60 * minute)}>
        {t.minutes(60)}
      </button>
      <button type="button" className="tool tool-framed" onClick={() => muteUntil(null)}>
        {t.untilTakenBack}
      </button>
      <small>{t.p0Rule}</small>
    </fieldset>
  );
}
