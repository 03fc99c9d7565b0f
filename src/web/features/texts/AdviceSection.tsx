import { useQuery } from '@tanstack/react-query';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { texts } from '#web/i18n/texts.ts';
import { Marked } from './Marked.tsx';
import { adviceQuery, type Advice } from './queries.ts';
import { SimilarPart } from './SimilarPart.tsx';
import { SuggestionLine } from './SuggestionLine.tsx';
import './texts.css';

const undecided: readonly string[] = ['reported', 'verifying', 'filed'];
const decides: readonly string[] = ['receive', 'verify', 'file', 'dispatch', 'recategorise', 'merge'];

/** In the detail of an event nobody decided yet, for whoever decides: what past events suggest, and whether it is known already. */
export function AdviceSection({ event }: EventSectionProps) {
  const isMine = undecided.includes(event.status) && event.allowed.some(({ verb }) => decides.includes(verb));
  return isMine ? <Shown event={event} /> : null;
}

function Shown({ event }: EventSectionProps) {
  const t = useText(texts);
  const { data } = useQuery(adviceQuery(event.id, event.version));
  if (data === undefined) return null;
  const kinds = t.figures.kinds;
  const silent = data.silent.map((kind) => kinds[kind]).join(t.advice.listed);
  const spans = [...data.suggestions.flatMap((one) => one.reasons), ...data.urgency].flatMap((one) => one.spans);
  return (
    <section className="part advice" aria-label={t.advice.title}>
      <header>
        <h3>{t.advice.title}</h3>
      </header>
      <p className="quiet">{t.advice.lead}</p>
      {data.suggestions.length > 0 && (
        <ul className="advice-lines">
          {data.suggestions.map((one) => (
            <SuggestionLine key={one.kind} event={event} suggestion={one} />
          ))}
        </ul>
      )}
      {silent !== '' && (
        <p className="quiet">{data.suggestions.length === 0 ? t.advice.none : t.advice.silent(silent)}</p>
      )}
      {spans.length > 0 && <Marked title={event.title} text={event.description} spans={spans} />}
      <Signs advice={data} />
      <SimilarPart event={event} />
    </section>
  );
}

/** Urgency words and places, each once. */
function Signs({ advice: { urgency, places } }: { advice: Advice }) {
  const t = useText(texts);
  return (
    <dl className="advice-signs">
      {urgency.length > 0 && (
        <div>
          <dt>{t.advice.urgency}</dt>
          <dd>
            {urgency.map(({ kind, word }) => (
              <span key={word} className={kind === 'life' ? 'tag hot-life' : 'tag'}>
                {word} · {t.hot.kinds[kind]}
              </span>
            ))}
          </dd>
        </div>
      )}
      {places.length > 0 && (
        <div>
          <dt>{t.advice.places}</dt>
          <dd>
            {places.map(({ name }) => (
              <span key={name} className="tag">
                {name}
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
