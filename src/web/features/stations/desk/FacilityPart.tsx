import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { facilityGroups, facilityStates, type FacilityState } from '#contract/stations-views.ts';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { stationKeys, stationWordsQuery, type StationDetail, type StationWords } from './queries.ts';
import { inLanguage } from '#web/i18n/language.ts';

type Word = StationWords['facilities'][number];
type Own = StationDetail['facilities'][number];

/** What a station has, by the dictionary; what is broken is marked, not hidden. */
export function FacilityPart({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const words = useQuery(stationWordsQuery);
  const [chosen, setChosen] = useState<Word | null>(null);
  const ownOf = (code: string): Own | undefined => station.facilities.find((one) => one.code === code);
  return (
    <section className="stations-part" aria-label={t.parts.facilities}>
      <p className="quiet">{t.facility.lead}</p>
      <ProblemNote error={words.error} onRetry={() => void words.refetch()} />
      <div className="stations-columns">
        {facilityGroups.map((group) => (
          <div key={group}>
            <h2>{t.facility.groups[group]}</h2>
            <ul className="stations-lines">
              {words.data?.facilities
                .filter((word) => word.group === group)
                .map((word) => (
                  <FacilityLine
                    key={word.code}
                    word={word}
                    own={ownOf(word.code)}
                    {...(station.mayManage ? { onEdit: () => setChosen(word) } : {})}
                  />
                ))}
            </ul>
          </div>
        ))}
      </div>
      {chosen !== null && (
        <FacilityForm station={station} word={chosen} own={ownOf(chosen.code)} onClose={() => setChosen(null)} />
      )}
    </section>
  );
}

function FacilityLine({ word, own, onEdit }: { word: Word; own: Own | undefined; onEdit?: () => void }) {
  const t = useText(stations).facility;
  const lang = languageChoice.use();
  const state = own?.state ?? 'gone';
  const name = inLanguage(lang, word.name, word.nameEn);
  return (
    <li className={`stations-facility stations-${state}`}>
      <Icon name={isIconName(word.icon) ? word.icon : 'other'} size={20} />
      <span>
        {name} · {t.states[state]}
        {typeof own?.quantity === 'number' && ` · ${formatNumber(own.quantity)}`}
        {own !== undefined && own.note !== '' && (
          <span className="quiet"> {inLanguage(lang, own.note, own.noteEn)}</span>
        )}
        {own !== undefined && <small className="quiet"> {t.changed(formatDate(own.changedAt))}</small>}
      </span>
      {onEdit !== undefined && (
        <button type="button" className="tool" aria-label={t.set(name)} onClick={onEdit}>
          {t.change}
        </button>
      )}
    </li>
  );
}

interface FacilityFormProps {
  station: StationDetail;
  word: Word;
  own: Own | undefined;
  onClose: () => void;
}

interface Draft {
  state: FacilityState;
  quantity: string;
  note: string;
  noteEn: string;
}

function FacilityForm({ station, word, own, onClose }: FacilityFormProps) {
  const t = useText(stations).facility;
  const lang = languageChoice.use();
  const [draft, setDraft] = useState<Draft>({
    state: own?.state ?? 'there',
    quantity: own?.quantity?.toString() ?? '',
    note: own?.note ?? '',
    noteEn: own?.noteEn ?? '',
  });
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const quantity = draft.quantity === '' ? null : Number(draft.quantity);
  const act = useAct(
    ({ state, note, noteEn, count }: Draft & { count: number | null }, opId) =>
      ask(stationRoutes.setFacility, {
        params: { id: station.id },
        body: { opId, code: word.code, version: own?.version ?? 0, state, quantity: count, note, noteEn },
      }),
    { stale: [stationKeys.all], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.set(inLanguage(lang, word.name, word.nameEn))}
      busy={act.isPending}
      error={act.error}
      ready={quantity === null || (Number.isInteger(quantity) && quantity >= 1 && quantity <= 10_000)}
      onSend={() => act.mutate({ ...draft, count: quantity })}
      onClose={onClose}
    >
      <div className="stations-states" role="radiogroup">
        {facilityStates.map((state) => (
          <label key={state}>
            <input type="radio" name="state" checked={draft.state === state} onChange={() => set({ state })} />
            {t.states[state]}
          </label>
        ))}
      </div>
      {word.counts && (
        <Line
          label={t.quantity}
          type="number"
          value={draft.quantity}
          max={5}
          onChange={(text) => set({ quantity: text })}
        />
      )}
      <Line label={t.note} value={draft.note} max={100} onChange={(note) => set({ note })} />
      <Line label={t.noteEn} value={draft.noteEn} max={150} onChange={(noteEn) => set({ noteEn })} />
    </FormFrame>
  );
}
