import { useCareTags } from '#web/app/ground-words.ts';
import { useState } from 'react';
import { careRoutes } from '#contract/care.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { Line } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys, type CareDetail } from './queries.ts';

interface Draft {
  name: string;
  phone: string;
  idNumber: string;
  address: string;
  addressDetail: string;
  contact: string;
  guardian: string;
  health: string;
  birthYear: string;
  tags: readonly string[];
  at: LonLatPoint | null;
}

/** What is sealed begins empty: the form never shows it, and leaves alone what is left empty. */
function draftOf(person: CareDetail | null): Draft {
  return {
    name: '',
    phone: '',
    idNumber: '',
    address: person?.address ?? '',
    addressDetail: '',
    contact: '',
    guardian: '',
    health: '',
    birthYear: '',
    tags: person?.tags ?? [],
    at: person === null ? null : { lon: person.lon, lat: person.lat },
  };
}

async function save(person: CareDetail | null, draft: Draft, opId: string) {
  const { name, phone, idNumber, addressDetail, contact, guardian, health, birthYear, address, at } = draft;
  const typed = { name, phone, idNumber, addressDetail, contact, guardian, health };
  const year = birthYear.trim() === '' ? {} : { birthYear: Number(birthYear) };
  const sealed = { ...Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== '')), ...year };
  const open = { opId, address, tags: [...draft.tags] };
  if (person === null)
    return ask(careRoutes.create, { body: { ...open, ...sealed, name, lon: at?.lon ?? 0, lat: at?.lat ?? 0 } });
  const moved = at !== null && (at.lon !== person.lon || at.lat !== person.lat);
  const body = { ...open, ...sealed, ...(moved ? at : {}), version: person.version };
  return ask(careRoutes.edit, { params: { id: person.id }, body });
}

export interface CareFormProps {
  /** Null: a new one. */
  person: CareDetail | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function CareForm({ person, onClose, onSaved }: CareFormProps) {
  const t = useText(ground);
  const [draft, setDraft] = useState(() => draftOf(person));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(person, wish, opId), {
    stale: [groundKeys.care],
    onDone: (answer) => onSaved(answer.person.id),
  });
  const hint = person === null ? undefined : t.care.unchanged;
  const named = person !== null || draft.name.trim() !== '';
  return (
    <FormFrame
      title={person === null ? t.care.add : t.care.editTitle}
      act={t.save}
      busy={act.isPending}
      error={act.error}
      ready={named && draft.tags.length > 0 && draft.at !== null}
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      <div className="form-two">
        <Line label={t.care.name} value={draft.name} max={50} example={hint} onChange={(name) => set({ name })} />
        <Line label={t.care.phone} value={draft.phone} max={30} example={hint} onChange={(phone) => set({ phone })} />
      </div>
      <Line
        label={t.care.idNumber}
        value={draft.idNumber}
        max={20}
        example={hint}
        onChange={(idNumber) => set({ idNumber })}
      />
      <TagChoice chosen={draft.tags} restricted={person?.restricted} onChange={(tags) => set({ tags })} />
      <PlaceField words={t} at={draft.at} onChange={(at) => set({ at })} />
      <div className="form-two">
        <Line label={t.care.address} value={draft.address} max={200} onChange={(address) => set({ address })} />
        <Line
          label={t.care.door}
          value={draft.addressDetail}
          max={100}
          example={hint}
          onChange={(addressDetail) => set({ addressDetail })}
        />
      </div>
      <Line
        label={t.care.contact}
        value={draft.contact}
        max={100}
        example={hint}
        onChange={(contact) => set({ contact })}
      />
      <div className="form-two">
        <Line
          label={t.care.guardian}
          value={draft.guardian}
          max={100}
          example={hint}
          onChange={(guardian) => set({ guardian })}
        />
        <Line
          label={t.care.birthYear}
          value={draft.birthYear}
          max={4}
          example={hint}
          onChange={(birthYear) => set({ birthYear })}
        />
      </div>
      <Line
        label={t.care.health}
        value={draft.health}
        max={500}
        example={hint}
        onChange={(health) => set({ health })}
      />
      <p className="quiet">{t.draft}</p>
    </FormFrame>
  );
}

interface TagChoiceProps {
  chosen: readonly string[];
  /** A record stays of the kind it is: restricted, or not. Undefined: a new one, which is what its first tag is. */
  restricted: boolean | undefined;
  onChange: (tags: string[]) => void;
}

/** All tags by family; to those in special care also the restricted ones, which do not mix with the others. */
function TagChoice({ chosen, restricted, onChange }: TagChoiceProps) {
  const t = useText(ground).care;
  const { tags, nameOf } = useCareTags();
  const kind = restricted ?? tags.find(({ code }) => code === chosen[0])?.restricted;
  const fitting = tags.filter((tag) => kind === undefined || tag.restricted === kind);
  const groups = [...new Set(fitting.map(({ group }) => group))];
  return (
    <fieldset className="ground-tags">
      <legend>{t.tag}</legend>
      {groups.map((group) => (
        <div key={group} role="group" aria-label={t.groups[group]}>
          <b>{t.groups[group]}</b>
          {fitting
            .filter((tag) => tag.group === group)
            .map(({ code }) => (
              <label key={code}>
                <input
                  type="checkbox"
                  checked={chosen.includes(code)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...chosen, code] : chosen.filter((tag) => tag !== code))
                  }
                />
                {nameOf(code)}
              </label>
            ))}
        </div>
      ))}
    </fieldset>
  );
}
