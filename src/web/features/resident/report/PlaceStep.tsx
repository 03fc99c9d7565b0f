import { Suspense, useState } from 'react';
import { usePosition } from '#web/map/position.ts';
import { PlaceSearch } from '#web/app/PlaceSearch.tsx';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { resident } from '#web/i18n/resident.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { AreaChoice } from './PlaceWays.tsx';
import { ChosenPlace, useAreaName } from './ChosenPlace.tsx';
import { missingIn, type Draft } from './draft.ts';
import { PlaceMap } from './PlaceMap.tsx';
import type { DraftHandle } from './use-report.ts';

type Way = 'map' | 'search' | 'area' | null;

/** Where: by position, map, name, list or words. Any one of them is enough. */
export function PlaceStep({
  handle,
  draft,
  onNext,
  onBack,
}: {
  handle: DraftHandle;
  draft: Draft;
  onNext: () => void;
  onBack: () => void;
}) {
  const t = useText(resident);
  const [way, setWay] = useState<Way>(null);
  const [tried, setTried] = useState(false);
  const areas = useAreaName(draft.at);
  const settle = (at: { lon: number; lat: number }, placeName = ''): void => {
    handle.change({ at, placeName, followEventId: null });
    setWay(null);
  };
  const needed = missingIn(draft).includes('place');
  return (
    <>
      <section className="part">
        {draft.at !== null ? (
          <ChosenPlace
            draft={draft}
            areas={areas}
            onChange={() => handle.change({ at: null, placeName: '', followEventId: null })}
            onMap={() => setWay('map')}
          />
        ) : (
          <Ways draft={draft} way={way} onWay={setWay} onSettle={settle} onChange={handle.change} />
        )}
        {draft.at !== null && areas.outside && <AreaChoice draft={draft} onChange={handle.change} />}
      </section>
      <section className="part">
        <Field
          label={t.place.wordsLabel}
          hint={t.place.wordsHint}
          optional={!needed}
          value={draft.placeWords}
          maxLength={120}
          onChange={(placeWords) => handle.change({ placeWords })}
        />
      </section>
      {tried && needed && (
        <p className="field-error" role="alert">
          {t.report.needPlace}
        </p>
      )}
      <div className="actions actions-two">
        <Button icon="back" onClick={onBack}>
          {t.report.back}
        </Button>
        <Button
          kind="main"
          onClick={() => {
            setTried(true);
            if (!needed) onNext();
          }}
        >
          {t.report.next}
        </Button>
      </div>
      {way === 'map' && (
        <Suspense>
          <PlaceMap start={draft.at} onPick={settle} onClose={() => setWay(null)} />
        </Suspense>
      )}
    </>
  );
}

interface WaysProps {
  draft: Draft;
  way: Way;
  onWay: (way: Way) => void;
  onSettle: (at: { lon: number; lat: number }, name?: string) => void;
  onChange: (part: Partial<Draft>) => void;
}

function Ways({ draft, way, onWay, onSettle, onChange }: WaysProps) {
  const t = useText(resident).place;
  const words = useText(common).map;
  const position = usePosition(onSettle);
  const photo = draft.photos.find(({ upload }) => upload !== null && upload.position !== null)?.upload?.position;
  return (
    <div className="ways" role="group" aria-label={t.label}>
      {photo !== undefined && photo !== null && (
        <div className="note note-good">
          <div>
            <p>{t.photoOffer}</p>
            <Button kind="main" icon="camera" onClick={() => onSettle(photo)}>
              {t.photoYes}
            </Button>
          </div>
        </div>
      )}
      <Button wide icon="aim" busy={position.state === 'locating'} onClick={position.find}>
        {position.state === 'locating' ? words.locating : t.here}
      </Button>
      {(position.state === 'refused' || position.state === 'unavailable') && (
        <p className="note note-warn" role="alert">
          {words[position.state]}
        </p>
      )}
      <Button wide icon="map" onClick={() => onWay('map')}>
        {t.onMap}
      </Button>
      <Button wide icon="search" pressed={way === 'search'} onClick={() => onWay(way === 'search' ? null : 'search')}>
        {t.search}
      </Button>
      {way === 'search' && <PlaceSearch words={{ label: t.searchLabel, none: t.searchNone }} onSettle={onSettle} />}
      <Button wide icon="list" pressed={way === 'area'} onClick={() => onWay(way === 'area' ? null : 'area')}>
        {t.chooseArea}
      </Button>
      {(way === 'area' || draft.areaCode !== null) && <AreaChoice draft={draft} onChange={onChange} />}
    </div>
  );
}
