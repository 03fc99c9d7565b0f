import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { Select } from '#web/ui/light/Select.tsx';
import type { PublicRow } from './api.ts';

/** Only the stations of one street; offered where there are several and the names are known. */
export function StreetChoice(props: {
  items: readonly Pick<PublicRow, 'areaCode'>[];
  value: string;
  onChange: (code: string) => void;
}) {
  const t = useText(stationsPublic).where;
  const { value: areas } = useLoad('streets', (signal) => call(publicApi.streets, {}, { signal }));
  const streets = (areas?.items ?? []).filter(
    ({ code, tier }) => tier === 'street' && props.items.some(({ areaCode }) => areaCode.startsWith(code)),
  );
  if (streets.length < 2) return null;
  return (
    <Select
      label={t.street}
      none={t.all}
      value={props.value}
      choices={streets.map(({ code, name }) => ({ value: code, words: name }))}
      onChange={props.onChange}
    />
  );
}
