import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatDistance, formatNumber } from '#web/i18n/format.ts';
import { needs } from '#web/i18n/needs.ts';
import { useNeedNames, type NeedDetail, type NeedVoice } from './queries.ts';

interface VoiceListProps {
  need: NeedDetail;
  /** Those ticked; null: none may be. */
  picked: readonly string[] | null;
  onPick: (ids: readonly string[]) => void;
}

/** Every voice by its source, the latest first, each leading to where it was said and telling why it stands here. */
export function VoiceList({ need, picked, onPick }: VoiceListProps) {
  const t = useText(needs);
  const bySource = Map.groupBy(need.voiceList, ({ source }) => source);
  if (need.voices === 0) return null;
  return (
    <section aria-label={t.voicesTitle}>
      <h3>
        {t.voicesTitle} <span className="quiet">{t.voices(formatNumber(need.voices))}</span>
      </h3>
      {need.sources.map(({ source, voices }) => (
        <details key={source} className="needs-source" open={need.sources.length <= 2 || voices <= 6}>
          <summary>{t.ofSource(t.sources[source], t.voices(formatNumber(voices)))}</summary>
          <ul className="needs-voices">
            {(bySource.get(source) ?? []).map((voice) => (
              <Voice
                key={voice.id}
                voice={voice}
                picked={picked === null ? null : picked.includes(voice.id)}
                onPick={(on) =>
                  onPick(on ? [...(picked ?? []), voice.id] : (picked ?? []).filter((id) => id !== voice.id))
                }
              />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Voice({ voice, picked, onPick }: { voice: NeedVoice; picked: boolean | null; onPick: (on: boolean) => void }) {
  const t = useText(needs);
  const { groupOf } = useNeedNames();
  return (
    <li>
      {picked !== null && (
        <input
          type="checkbox"
          aria-label={t.select(voice.text)}
          checked={picked}
          onChange={({ target }) => onPick(target.checked)}
        />
      )}
      <span>
        {voice.text}
        <br />
        <span className="quiet">
          {formatDate(voice.saidAt)} · {voice.areaName}
          {voice.groupCode !== 'all' && ` · ${groupOf(voice.groupCode)}`}
          {voice.people > 1 && ` · ${t.people(formatNumber(voice.people))}`} · {t.together(whyOf(t.joined, voice))}
        </span>{' '}
        {voice.link !== null && <Go href={voice.link}>{t.openSource}</Go>}
      </span>
    </li>
  );
}

function whyOf(words: (typeof needs)['zh']['joined'], { joinedBy, joinedDetail }: NeedVoice): string {
  if (joinedBy === 'near') return words.near(formatDistance(joinedDetail ?? 0));
  if (joinedBy === 'words') return words.words(joinedDetail ?? 0);
  return words[joinedBy];
}
