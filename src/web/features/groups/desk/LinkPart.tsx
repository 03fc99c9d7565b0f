import { useState } from 'react';
import { groupRoutes } from '#contract/groups.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { groups } from '#web/i18n/groups.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';
import { groupKeys, type GroupDetail } from './queries.ts';

/** How residents come in: link, code, poster; of groups elsewhere the number of people somebody confirmed. */
export function LinkPart({ group }: { group: GroupDetail }) {
  const t = useText(groups).link;
  return (
    <>
      {group.platform !== 'in_app' ? (
        <Headcount group={group} />
      ) : group.linkSecret === null ? (
        <p className="quiet">{t.none}</p>
      ) : (
        <Invitation group={group} secret={group.linkSecret} />
      )}
    </>
  );
}

function Invitation({ group, secret }: { group: GroupDetail; secret: string }) {
  const t = useText(groups).link;
  const address = `${location.origin}/g/${secret}`;
  const [copied, setCopied] = useState(false);
  const renew = useAct(
    (_input: null, opId) =>
      ask(groupRoutes.renewLink, { params: { id: group.id }, body: { opId, version: group.version } }),
    { stale: [groupKeys.all] },
  );
  return (
    <>
      <section className="groups-poster">
        <h3>{group.name}</h3>
        <p className="groups-scan">{t.scan}</p>
        <QrCode text={address} alt={t.alt} size={240} />
        <p>{t.words}</p>
      </section>
      <div className="form-buttons">
        <button
          type="button"
          className="tool tool-framed"
          onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
        >
          {copied ? t.copied : t.copy}
        </button>
        <button type="button" className="tool tool-framed" onClick={() => print()}>
          {t.print}
        </button>
        <button
          type="button"
          className="tool tool-framed"
          disabled={renew.isPending}
          onClick={() => renew.mutate(null)}
        >
          {t.renew}
        </button>
      </div>
      <p className="quiet">{t.renewWords}</p>
      <ProblemNote error={renew.error} />
    </>
  );
}

function Headcount({ group }: { group: GroupDetail }) {
  const t = useText(groups).link;
  const [count, setCount] = useState(String(group.members));
  const act = useAct(
    (input: { count: number; on: string }, opId) =>
      ask(groupRoutes.headcount, { params: { id: group.id }, body: { opId, version: group.version, ...input } }),
    { stale: [groupKeys.all] },
  );
  // The day it is in China, where groups and grids are.
  const [today] = useState(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
  return (
    <form
      className="groups-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ count: Number(count), on: today });
      }}
    >
      <p className="quiet">
        {t.outside} {group.headcountOn}
      </p>
      {group.mayManage && (
        <>
          <label>
            {t.headcount}
            <input type="number" min={0} max={100000} value={count} onChange={({ target }) => setCount(target.value)} />
          </label>
          <button type="submit" className="tool tool-framed" disabled={act.isPending}>
            {t.saveHeadcount}
          </button>
        </>
      )}
      <ProblemNote error={act.error} />
    </form>
  );
}
