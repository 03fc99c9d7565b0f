import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careExportRoutes } from '#contract/care-files.ts';
import { careFileFields, type CareFileField } from '#contract/care-words.ts';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { useCareTags } from '#web/app/ground-words.ts';
import { useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { LongLine } from '#web/ui/FormLines.tsx';
import { Checks } from './CareTable.tsx';
import { FormFrame } from './Parts.tsx';
import { groundKeys } from './queries.ts';

const shortestPurpose = 10;
/** Enough for most work: whom to visit, and where. */
const usual: readonly CareFileField[] = ['name', 'address', 'tags', 'area'];

/** Asks for a file: of which area and tags, with which columns, and what for. */
export function CareExportForm({ onClose }: { onClose: () => void }) {
  const t = useText(careFiles).exports;
  const { tags, nameOf } = useCareTags();
  const areas = useOwnAreas();
  const [area, setArea] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [fields, setFields] = useState<string[]>([...usual]);
  const [purpose, setPurpose] = useState('');
  const act = useAct((body: Parameters<typeof send>[0], opId) => send(body, opId), {
    stale: [groundKeys.exports],
    onDone: onClose,
  });
  const wish = {
    area: area === '' ? (areas[0]?.code ?? '') : area,
    tags: chosen,
    fields: careFileFields.filter((field) => fields.includes(field)),
    purpose: purpose.trim(),
  };
  return (
    <FormFrame
      title={t.ask}
      act={t.ask}
      busy={act.isPending}
      error={act.error}
      ready={wish.area !== '' && wish.fields.length > 0 && wish.purpose.length >= shortestPurpose}
      onSend={() => act.mutate(wish)}
      onClose={onClose}
    >
      <label className="form-field">
        {t.area}
        <select value={wish.area} onChange={({ target }) => setArea(target.value)}>
          {areas.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <LongLine label={t.purpose} value={purpose} max={300} required onChange={setPurpose} />
      <Checks
        legend={t.fields}
        choices={careFileFields.map((value) => ({ value, words: t.fieldNames[value] }))}
        chosen={fields}
        onChange={setFields}
      />
      <p className="quiet">{t.minimum}</p>
      <div className="care-scroll">
        <Checks
          legend={t.tags}
          choices={tags
            .filter(({ restricted }) => !restricted)
            .map(({ code }) => ({ value: code, words: nameOf(code) }))}
          chosen={chosen}
          onChange={setChosen}
        />
      </div>
    </FormFrame>
  );
}

function send(wish: { area: string; tags: string[]; fields: CareFileField[]; purpose: string }, opId: string) {
  return ask(careExportRoutes.ask, { body: { opId, ...wish } });
}

/** The areas of one's offices, and those right below the first. */
function useOwnAreas(): { code: string; name: string }[] {
  const own = (useMe()?.appointments ?? []).flatMap(({ live, areaCode, areaName }) =>
    live && areaCode !== null ? [{ code: areaCode, name: areaName ?? areaCode }] : [],
  );
  const parent = own[0]?.code;
  const below = useQuery({
    queryKey: ['areas', 'below', parent],
    queryFn: ({ signal }) => ask(gridsRoutes.areas, { query: parent === undefined ? {} : { parent } }, { signal }),
    enabled: parent !== undefined,
  }).data?.items;
  return [...own, ...(below ?? []).map(({ code, name }) => ({ code, name }))];
}
