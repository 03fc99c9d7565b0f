import { useEffect, useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { usePosition } from '#web/map/position.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import './survey.css';

/** /survey: which community it is about. */
export function WherePage() {
  const t = useText(needsPublic);
  const { value, error, reload } = useLoad('streets', (signal) => call(publicApi.streets, {}, { signal }));
  const [street, setStreet] = useState('');
  const [community, setCommunity] = useState('');
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  const areas = value?.items ?? [];
  const within = areas.filter(({ tier, parentCode }) => tier === 'community' && parentCode === street);
  const streets = areas.filter(
    ({ code, tier }) => tier === 'street' && areas.some((one) => one.tier === 'community' && one.parentCode === code),
  );
  const toChoices = (list: typeof areas) => list.map(({ code, name }) => ({ value: code, words: name }));
  return (
    <section className="part survey">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <h2 className="part-title">{t.where.title}</h2>
      <Here />
      {error !== undefined && value === undefined && <ErrorNote error={error} onRetry={reload} />}
      <Select
        label={t.where.street}
        none={t.where.choose}
        value={street}
        choices={toChoices(streets)}
        onChange={(code) => {
          setStreet(code);
          setCommunity('');
        }}
      />
      {street !== '' && (
        <Select
          label={t.where.community}
          none={t.where.choose}
          value={community}
          choices={toChoices(within)}
          onChange={setCommunity}
        />
      )}
      <Button kind="main" wide disabled={community === ''} onClick={() => goTo(`/survey/${community}`)}>
        {t.where.go}
      </Button>
    </section>
  );
}

/** Where the phone is leads to its community. */
function Here() {
  const t = useText(needsPublic).where;
  const [outside, setOutside] = useState(false);
  const find = async ({ lon, lat }: LonLatPoint): Promise<void> => {
    const { areas } = await call(publicApi.locate, { query: { lon: String(lon), lat: String(lat) } });
    const community = areas.find(({ tier }) => tier === 'community');
    if (community === undefined) setOutside(true);
    else goTo(`/survey/${community.code}`);
  };
  const position = usePosition((at) => void find(at).catch(() => setOutside(true)));
  const failed = position.state === 'refused' || position.state === 'unavailable';
  return (
    <>
      <Button wide icon="aim" busy={position.state === 'locating'} onClick={position.find}>
        {position.state === 'locating' ? t.locating : t.here}
      </Button>
      {(outside || failed) && <p role="status">{outside ? t.outside : t.refused}</p>}
    </>
  );
}
