import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import type { Draft } from './draft.ts';

/** Street, then community, from the lists. */
export function AreaChoice({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const t = useText(resident).place;
  const { value, error, reload } = useLoad('streets', (signal) => call(publicApi.streets, {}, { signal }));
  if (value === undefined)
    return error === undefined ? <Skeleton lines={2} /> : <ErrorNote error={error} onRetry={reload} />;
  const streets = value.items.filter((item) => item.tier === 'street');
  // The smallest listed area that is, or holds, the one chosen: a link may name a grid.
  const chosen = value.items
    .filter((item) => draft.areaCode?.startsWith(item.code))
    .toSorted((a, b) => b.code.length - a.code.length)[0];
  const street = chosen?.tier === 'community' ? value.items.find((item) => item.code === chosen.parentCode) : chosen;
  const communities = value.items.filter((item) => item.tier === 'community' && item.parentCode === street?.code);
  const choose = (code: string): void => {
    const item = value.items.find((one) => one.code === code);
    const parent = value.items.find((one) => one.code === item?.parentCode && item.tier === 'community');
    onChange({ areaCode: item?.code ?? null, areaName: [parent?.name, item?.name].filter(Boolean).join(' ') });
  };
  return (
    <div className="way-body">
      <Select
        label={t.streetLabel}
        none={t.choose}
        value={street?.code ?? ''}
        choices={streets.map(({ code, name }) => ({ value: code, words: name }))}
        onChange={choose}
      />
      {communities.length > 0 && (
        <Select
          label={t.communityLabel}
          none={t.unknownCommunity}
          value={chosen?.tier === 'community' ? chosen.code : ''}
          choices={communities.map(({ code, name }) => ({ value: code, words: name }))}
          onChange={(code) => choose(code === '' ? (street?.code ?? '') : code)}
        />
      )}
    </div>
  );
}
