import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Go } from '#web/app/Go.tsx';
import { textOf, useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';
import { stationQuery } from './queries.ts';
import './stations.css';

/** A sheet of A4 for the door: the code, large, in both languages. */
export function DoorPage() {
  const t = useText(stations);
  const { code } = useParams({ strict: false }) as { code: string };
  const query = useQuery(stationQuery(code));
  const station = query.data;
  const address = `${location.origin}/s/${code}`;
  return (
    <div className="stations">
      <span className="form-buttons stations-noprint">
        <Go className="tool tool-framed" href={`/desk/stations/${code}`}>
          {station?.name ?? t.back}
        </Go>
        <button type="button" className="tool tool-framed" disabled={station === undefined} onClick={() => print()}>
          {t.print}
        </button>
      </span>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {station !== undefined && (
        <article className="stations-door">
          <h1>{station.name}</h1>
          {station.nameEn !== '' && <p lang="en">{station.nameEn}</p>}
          <QrCode text={address} alt={t.qrAlt(station.name)} size={420} />
          <p>{textOf(stations, 'zh').qrHow}</p>
          <p lang="en">{textOf(stations, 'en').qrHow}</p>
          <p className="stations-address">{address}</p>
          {station.phone !== '' && <p className="stations-address">{station.phone}</p>}
        </article>
      )}
    </div>
  );
}
