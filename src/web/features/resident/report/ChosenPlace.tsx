import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { resident } from '#web/i18n/resident.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { Draft } from './draft.ts';

export interface AreaName {
  /** 街道 · 社区, empty until known. */
  words: string;
  outside: boolean;
}

/** Which street and community a position lies in; quiet when it cannot be had (the server finds it again). */
export function useAreaName(at: Draft['at']): AreaName {
  const query = at === null ? null : { lon: at.lon.toFixed(6), lat: at.lat.toFixed(6) };
  const { value } = useLoad(query === null ? null : `${query.lon},${query.lat}`, (signal) =>
    call(publicApi.locate, { query: query ?? { lon: '0', lat: '0' } }, { signal }),
  );
  const shown = (value?.areas ?? []).filter((area) => area.tier === 'street' || area.tier === 'community');
  return { words: shown.map((area) => area.name).join(' · '), outside: value?.outside === true };
}

export function ChosenPlace({
  draft,
  areas,
  onChange,
  onMap,
}: {
  draft: Draft;
  areas: AreaName;
  onChange: () => void;
  onMap: () => void;
}) {
  const t = useText(resident).place;
  const words = useText(common).map;
  if (draft.at === null) return null;
  const exact = words.centre(draft.at.lon.toFixed(5), draft.at.lat.toFixed(5));
  return (
    <>
      <div className={`note ${areas.outside ? 'note-warn' : 'note-good'}`} role="status">
        <Icon name="place" />
        <div>
          <p>
            <strong>{t.chosen}</strong>
          </p>
          <p>{[draft.placeName, areas.words].filter((part) => part !== '').join(', ') || exact}</p>
          {areas.outside && <p>{t.outside}</p>}
        </div>
      </div>
      <div className="actions-two">
        <Button icon="pen" onClick={onChange}>
          {t.change}
        </Button>
        <Button icon="map" onClick={onMap}>
          {t.onMap}
        </Button>
      </div>
    </>
  );
}
