import { addressOf, send } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { openPublic } from '#web/i18n/opendata-public.ts';
import { openApi, type OpenMonth } from './api.ts';
import { shadeOf, shapesOf, type Outlines } from './shapes.ts';

const width = 600;

/** Communities drawn from the published files; darker and a greater number is more. The list beside it says the same. */
export function FixedMap({ month }: { month: OpenMonth }) {
  const t = useText(openPublic);
  const { value, error } = useLoad(month.month, (signal) => loadOutlines(month, signal));
  if (value === undefined) return <p role="status">{error === undefined ? t.mapLoading : t.mapFailed}</p>;
  const { shapes, height } = shapesOf(value, width);
  const most = Math.max(0, ...shapes.map(({ fixed }) => fixed));
  return (
    <svg className="open-map" viewBox={`-4 -4 ${width + 8} ${height + 8}`} role="img" aria-label={t.mapLabel}>
      {shapes.map(({ code, name, fixed, path }) => (
        <path key={code} d={path} className={`open-shade-${shadeOf(fixed, most)}`} fillRule="evenodd">
          <title>{`${name} ${fixed}`}</title>
        </path>
      ))}
      {shapes.map(({ code, fixed, x, y }) => (
        <text key={code} x={x} y={y} aria-hidden="true">
          {fixed}
        </text>
      ))}
    </svg>
  );
}

function loadOutlines({ month, areas }: OpenMonth, signal: AbortSignal): Promise<Outlines[]> {
  return Promise.all(
    areas.map(async ({ code, version }) => {
      const params = { area: code, month, version: String(version), name: 'communities.geojson' };
      const answer = await send(addressOf(openApi.file.path, params, {}), { method: 'GET' }, { signal });
      return (await answer.json()) as Outlines;
    }),
  );
}
