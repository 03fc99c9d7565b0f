import { useQuery } from '@tanstack/react-query';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { OneLineForm } from './OneLineForm.tsx';
import { Answer, usePosts } from './Parts.tsx';
import { OwnLink } from './OwnLink.tsx';
import { personQuery, volunteersKey, type PersonDetail } from './queries.ts';
import { todayHere } from '#web/i18n/local-time.ts';

interface PaneProps {
  station: StationHead;
  volunteerId: string;
}

/** One volunteer at this station: hours by post, certificates, the link again, name and telephone for a purpose. */
export function PersonPane({ station, volunteerId }: PaneProps) {
  const t = useText(volunteers).people;
  const { post } = usePosts();
  const query = useQuery(personQuery(station.id, volunteerId));
  return (
    <Answer query={query}>
      {(person) => (
        <div className="roster-pane">
          <p>{t.hours(formatNumber(person.hours))}</p>
          <ul>
            {person.rows.map((row) => (
              <li key={row.post}>{t.line(post(row.post), formatNumber(row.times), formatNumber(row.hours))}</li>
            ))}
          </ul>
          <LinkActs volunteerId={volunteerId} />
          <Reveal volunteerId={volunteerId} />
          <Papers person={person} station={station} />
        </div>
      )}
    </Answer>
  );
}

function LinkActs({ volunteerId }: { volunteerId: string }) {
  const t = useText(volunteers).people;
  const act = useAct(
    (renew: boolean, opId) => ask(volunteerRoutes.link, { params: { id: volunteerId }, body: { opId, renew } }),
    { stale: [] },
  );
  return (
    <>
      <div className="roster-line">
        <button type="button" className="tool tool-framed" disabled={act.isPending} onClick={() => act.mutate(false)}>
          {t.link}
        </button>
        <button type="button" className="tool" disabled={act.isPending} onClick={() => act.mutate(true)}>
          {t.renew}
        </button>
      </div>
      <ProblemNote error={act.error} />
      {act.data !== undefined && <OwnLink path={act.data.path} words={t.already} />}
    </>
  );
}

function Reveal({ volunteerId }: { volunteerId: string }) {
  const t = useText(volunteers).people;
  const act = useAct(
    (words: string, opId) =>
      ask(volunteerRoutes.reveal, { params: { id: volunteerId }, body: { opId, purpose: words } }),
    { stale: [] },
  );
  if (act.data !== undefined)
    return (
      <p role="status">
        <strong>
          {act.data.name} {act.data.phone}
        </strong>
      </p>
    );
  return <OneLineForm name={t.reveal} label={t.purpose} send={t.show} maxLength={100} act={act} />;
}

function Papers({ person, station }: { person: PersonDetail; station: StationHead }) {
  const t = useText(volunteers);
  const certify = useAct(
    (span: { from: string; until: string }, opId) =>
      ask(volunteerRoutes.certify, {
        params: { id: person.volunteerId },
        body: { opId, stationId: station.id, ...span },
      }),
    { stale: [volunteersKey] },
  );
  return (
    <>
      {person.minutes > 0 && (
        <button
          type="button"
          className="tool tool-framed"
          disabled={certify.isPending}
          onClick={() => certify.mutate({ from: person.since, until: todayHere() })}
        >
          {t.people.certify}
        </button>
      )}
      <ProblemNote error={certify.error} />
      <ul className="roster-people">
        {person.certificates.map((one) => (
          <li key={one.id} className="roster-person">
            <a href={`/api/certificates/${one.id}/file`} download>
              {one.number}
            </a>
            {one.withdrawn ? <span className="roster-mark">{t.people.withdrawn}</span> : <WithdrawForm id={one.id} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function WithdrawForm({ id }: { id: string }) {
  const t = useText(volunteers);
  const act = useAct(
    (words: string, opId) =>
      ask(volunteerRoutes.withdrawCertificate, { params: { id }, body: { opId, reason: words } }),
    { stale: [volunteersKey] },
  );
  return <OneLineForm label={t.shift.reason} send={t.people.withdraw} maxLength={200} act={act} />;
}
