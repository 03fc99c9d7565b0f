import { useEffect, useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { callAsMember } from '#web/app/group-api.ts';
import { newOpId } from '#web/app/op-id.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { groupHome } from '#web/i18n/group-home.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { Notices } from './Notices.tsx';
import { minePath } from './paths.ts';
import { Polls } from './Polls.tsx';
import { Talk } from './Talk.tsx';
import { useHome, type Home } from './use-home.ts';
import './member.css';

type Tab = 'talk' | 'notices' | 'polls';

/** One group, for its members: what is said, announced and decided. */
export function GroupPage({ secret: id }: { secret: string }) {
  const t = useText(groupHome);
  const seen = useHome(id);
  const [tab, setTab] = useState<Tab>('talk');
  const { home, error } = seen;
  useEffect(() => {
    const before = document.title;
    document.title = home?.group?.name ?? t.page;
    return () => {
      document.title = before;
    };
  }, [home?.group?.name, t.page]);
  if (home?.group === undefined || home.group === null) return <Nothing error={error} onRetry={seen.reload} />;
  const waiting = home.notices.filter(({ read }) => !read).length;
  const open = home.polls.filter(({ closedAt, myChoice }) => closedAt === null && myChoice === null).length;
  const tabs: readonly { key: Tab; words: string }[] = [
    { key: 'talk', words: t.home.talk },
    { key: 'notices', words: t.home.notices(waiting) },
    { key: 'polls', words: t.home.polls(open) },
  ];
  return (
    <>
      <header className="group-head">
        <h1>{home.group.name}</h1>
        <p>
          {t.join.keptBy(home.group.keptBy)} · {t.join.members(formatNumber(home.group.members))}
        </p>
      </header>
      <div className="group-tabs" role="group" aria-label={t.home.tabs}>
        {tabs.map(({ key, words }) => (
          <button key={key} type="button" aria-pressed={tab === key} className="switch" onClick={() => setTab(key)}>
            {words}
          </button>
        ))}
      </div>
      {error !== undefined && <p className="note note-warn">{t.home.stale}</p>}
      {tab === 'talk' && <Talk id={id} seen={seen} />}
      {tab === 'notices' && <Notices id={id} notices={home.notices} onDone={seen.reload} />}
      {tab === 'polls' && <Polls id={id} polls={home.polls} onDone={seen.reload} />}
      <AboutGroup id={id} home={home} />
    </>
  );
}

function Nothing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(groupHome);
  const outside = error instanceof ProblemError && (error.status === 404 || error.status === 400);
  return (
    <section className="part">
      <h1>{t.page}</h1>
      {error === undefined ? (
        <Skeleton lines={6} />
      ) : outside ? (
        <p className="note note-warn" role="alert">
          {t.home.notMember}
        </p>
      ) : (
        <ErrorNote error={error} onRetry={onRetry} />
      )}
    </section>
  );
}

function AboutGroup({ id, home }: { id: string; home: Home }) {
  const t = useText(groupHome).home;
  const [asking, setAsking] = useState(false);
  return (
    <section className="part">
      <h2 className="part-title">{t.about}</h2>
      {home.group !== null && home.group.about !== '' && <p>{home.group.about}</p>}
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t.leave}
      </Button>
      {asking && <LeaveSheet id={id} onClose={() => setAsking(false)} />}
    </section>
  );
}

function LeaveSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(groupHome).home;
  const [opId] = useState(newOpId);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const leave = async (): Promise<void> => {
    setBusy(true);
    try {
      await callAsMember('leave', { params: { id }, body: { opId } });
      toast(t.left_);
      goTo(minePath);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Sheet title={t.leave} onClose={onClose}>
      <div className="way-body">
        <p>{t.leaveSure}</p>
        {error !== undefined && <ErrorNote error={error} />}
        <Button kind="danger" wide busy={busy} onClick={() => void leave()}>
          {t.leaveYes}
        </Button>
        <Button wide onClick={onClose}>
          {t.stay}
        </Button>
      </div>
    </Sheet>
  );
}
