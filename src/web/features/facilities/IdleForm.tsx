import { useState } from 'react';
import { idleConditions } from '#contract/facilities-views.ts';
import { idleRoutes } from '#contract/idle.ts';
import { ask } from '#web/app/ask.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { Line, LongLine, Pick } from '#web/ui/FormLines.tsx';
import { familyWord } from './families.ts';
import { FormFrame } from './Parts.tsx';
import { facilityKeys, type IdleDetail } from './queries.ts';

type Condition = (typeof idleConditions)[number];

interface Draft {
  name: string;
  address: string;
  areaM2: string;
  owner: string;
  ownerKind: string;
  condition: Condition;
  uses: readonly string[];
  freeFrom: string;
  note: string;
  at: LonLatPoint | null;
}

function draftOf(idle: IdleDetail | null): Draft {
  if (idle === null)
    return { name: '', address: '', areaM2: '', owner: '', ownerKind: '', condition: 'ready', uses: [], freeFrom: '', note: '', at: null }; // prettier-ignore
  const { name, address, owner, ownerKind, condition, uses, note, lon, lat } = idle;
  return { name, address, owner, ownerKind, condition, uses, note, areaM2: String(idle.areaM2), freeFrom: idle.freeFrom ?? '', at: { lon, lat } }; // prettier-ignore
}

function save(idle: IdleDetail | null, draft: Draft, opId: string) {
  const { name, address, owner, ownerKind, condition, note, at } = draft;
  const body = {
    opId,
    name,
    address,
    owner,
    ownerKind,
    condition,
    note,
    uses: [...draft.uses],
    areaM2: Number(draft.areaM2),
    freeFrom: draft.freeFrom === '' ? null : draft.freeFrom,
    lon: at?.lon ?? 0,
    lat: at?.lat ?? 0,
  };
  if (idle === null) return ask(idleRoutes.create, { body });
  return ask(idleRoutes.edit, { params: { id: idle.id }, body: { ...body, version: idle.version } });
}

export interface IdleFormProps {
  /** Null: a new one. */
  idle: IdleDetail | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function IdleForm({ idle, onClose, onSaved }: IdleFormProps) {
  const t = useText(facilities);
  const i = t.idle;
  const { owners, ownerName } = useFacilityWords();
  const [draft, setDraft] = useState(() => draftOf(idle));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(idle, wish, opId), {
    stale: [facilityKeys.idle],
    onDone: (answer) => onSaved(answer.idle.id),
  });
  const areaM2 = Number(draft.areaM2);
  const isReady = draft.name.trim() !== '' && draft.ownerKind !== '' && draft.at !== null;
  return (
    <FormFrame
      title={idle === null ? i.add : i.edit}
      busy={act.isPending}
      error={act.error}
      ready={isReady && Number.isInteger(areaM2) && areaM2 >= 1}
      width={640}
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      <Line label={t.name} value={draft.name} max={120} required onChange={(name) => set({ name })} />
      <PlaceField words={t} at={draft.at} onChange={(at) => set({ at })} />
      <Line label={t.address} value={draft.address} max={200} onChange={(address) => set({ address })} />
      <div className="form-two">
        <Line
          label={i.area}
          type="number"
          least={1}
          most={10_000_000}
          value={draft.areaM2}
          required
          onChange={(value) => set({ areaM2: value })}
        />
        <Pick
          label={i.condition}
          value={draft.condition}
          choices={idleConditions.map((value) => ({ value, words: i.conditions[value] }))}
          onChange={(value) => set({ condition: idleConditions.find((one) => one === value) ?? 'ready' })}
        />
        <Pick
          label={i.ownerKind}
          value={draft.ownerKind}
          empty={t.unchosen}
          required
          choices={owners.map(({ code }) => ({ value: code, words: ownerName(code) }))}
          onChange={(ownerKind) => set({ ownerKind })}
        />
        <Line label={i.owner} value={draft.owner} max={120} hint={i.ownerHint} onChange={(owner) => set({ owner })} />
        <Line label={i.freeFrom} type="date" value={draft.freeFrom} onChange={(freeFrom) => set({ freeFrom })} />
      </div>
      <Uses value={draft.uses} onChange={(uses) => set({ uses })} />
      <LongLine label={t.note} value={draft.note} max={500} onChange={(note) => set({ note })} />
    </FormFrame>
  );
}

/** Classes it may become, by family. */
function Uses({ value, onChange }: { value: readonly string[]; onChange: (uses: string[]) => void }) {
  const t = useText(facilities);
  const { classes, className } = useFacilityWords();
  const families = [...new Set(classes.map(({ family }) => family))];
  return (
    <fieldset className="fac-uses">
      <legend>{t.idle.uses}</legend>
      {families.map((family) => (
        <div key={family}>
          <b>{familyWord(t.families, family)}</b>
          {classes
            .filter((one) => one.family === family)
            .map(({ code }) => (
              <label key={code} className="fac-tick">
                <input
                  type="checkbox"
                  checked={value.includes(code)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...value, code] : value.filter((one) => one !== code))
                  }
                />
                {className(code)}
              </label>
            ))}
        </div>
      ))}
    </fieldset>
  );
}
