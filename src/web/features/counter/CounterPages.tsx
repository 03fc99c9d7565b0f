import { Suspense, useMemo } from 'react';
import { useTabletParts, type TabletPart } from '#web/app/station-slots.ts';
import { useHolder } from '#web/field/use-field.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { counter as counterWords } from '#web/i18n/counter.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import type { CounterStation } from './counter-api.ts';
import { choose, pullCounter, type CounterView } from './counter-state.ts';
import './counter.css';
import { partsOf, type CounterPart } from './parts.ts';
import { partPath } from './paths.ts';
import { StandingContext, useChosen, useFreshCounter } from './use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { WarningBanner } from './WarningBanner.tsx';

/** The station's tablet: which station, what is going on there, and the places one tap away. */
export function CounterPages({ path }: { path: string }) {
  const view = useFreshCounter();
  const station = useChosen(view.counter);
  const standing = useMemo(
    () => (view.counter === null || station === undefined ? null : { station, words: view.counter.words }),
    [view.counter, station],
  );
  const { account } = useHolder();
  const others = useTabletParts().filter(({ anyOf }) => anyOf.some((word) => account.permissions.includes(word)));
  if (standing === null) return <Missing view={view} />;
  const parts = partsOf(others);
  const key = path.split('/')[3] ?? '';
  const here = parts.find((part) => part.key === key) ?? parts[0];
  return (
    <StandingContext value={standing}>
      <Head station={standing.station} all={view.counter?.stations ?? []} />
      {path.split('/')[4] === undefined && <WarningBanner />}
      <Parts parts={parts} here={here} />
      {here !== undefined && (
        <Suspense fallback={<Skeleton lines={5} />}>
          <here.Part key={standing.station.id} station={standing.station} />
        </Suspense>
      )}
    </StandingContext>
  );
}

function Missing({ view }: { view: CounterView }) {
  const t = useText(counterWords);
  const { account } = useHolder();
  if (view.counter === null && view.error === undefined) return <Skeleton lines={6} />;
  if (view.counter === null) return <ErrorNote error={view.error} onRetry={() => void pullCounter(account.id)} />;
  return (
    <section className="card">
      <h1>{t.none}</h1>
      <p>{t.noneHint}</p>
      <Button icon="again" onClick={() => void pullCounter(account.id)}>
        {t.again}
      </Button>
    </section>
  );
}

function Head({ station, all }: { station: CounterStation; all: readonly CounterStation[] }) {
  const t = useText(counterWords);
  const named = useNamed();
  return (
    <header className="counter-head">
      {all.length > 1 ? (
        <label className="counter-which">
          <span className="visually-hidden">{t.which}</span>
          <select value={station.id} onChange={(event) => void choose(event.target.value)}>
            {all.map((one) => (
              <option key={one.id} value={one.id}>
                {named(one)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <h1>{named(station)}</h1>
      )}
      <p className="counter-today">{t.today(station.today.services, station.today.persons)}</p>
    </header>
  );
}

function Parts({ parts, here }: { parts: readonly (CounterPart | TabletPart)[]; here: { key: string } | undefined }) {
  const t = useText(counterWords);
  const language = languageChoice.use();
  return (
    <nav className="counter-parts" aria-label={t.parts}>
      {parts.filter(isShown).map((part) => (
        <span key={part.key} className={part.key === here?.key ? 'counter-part counter-part-here' : 'counter-part'}>
          <Link to={part.key === '' ? '/field/station' : partPath(part.key)}>
            <Icon name={part.icon} />
            <span>{textOf(part.title, language) as string}</span>
          </Link>
        </span>
      ))}
    </nav>
  );
}

function isShown(part: CounterPart | TabletPart): boolean {
  return !('inside' in part) || part.inside !== true;
}
