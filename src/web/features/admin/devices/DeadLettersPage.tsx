import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { deadLetterStates } from '#contract/sensing-views.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Confirm } from '../shared/Confirm.tsx';
import { DataTable } from '../shared/DataTable.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { usePageSearch } from '../shared/search.ts';
import { useAct } from '../shared/use-act.ts';
import { lettersKey, lettersQuery, type DeadLetter } from './queries.ts';

/** Messages that could not be taken: why, the original, take again or discard. */
export function DeadLettersPage() {
  const t = useText(adminDevices);
  const [search, setSearch] = usePageSearch();
  const [ending, setEnding] = useState<DeadLetter | null>(null);
  const list = useInfiniteQuery(lettersQuery(search.state, search.device));
  const replay = useAct((id: string, opId) => ask(sensingRoutes.replayDeadLetter, { params: { id }, body: { opId } }), {
    stale: [lettersKey],
  });
  return (
    <AdminPage
      title={t.letters.title}
      lead={t.letters.lead}
      anyOf={['device.edit']}
      back={
        <Go className="adm-back" href="/desk/admin/devices">
          {t.imports.back}
        </Go>
      }
    >
      <search className="adm-filters">
        <ChoiceField
          label={t.letters.state}
          value={search.state ?? 'waiting'}
          options={deadLetterStates.map((value) => ({ value, words: t.letters.states[value] }))}
          onChange={(state) => setSearch({ state })}
        />
      </search>
      <Problem error={replay.error} />
      {replay.data !== undefined && (
        <Note kind={replay.data.verdict === 'refused' ? 'warn' : 'good'}>
          <p>
            {t.letters.verdict[replay.data.verdict]} <span lang="en">{replay.data.reason}</span>
          </p>
        </Note>
      )}
      <section className="adm-sheet">
        <Loaded query={list}>
          {({ pages }) => (
            <Letters
              rows={pages.flatMap(({ items }) => items)}
              busy={replay.isPending}
              onReplay={(id) => replay.mutate(id)}
              onDiscard={setEnding}
            />
          )}
        </Loaded>
        {list.hasNextPage && (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t.letters.more}
          </Button>
        )}
      </section>
      {ending !== null && <Discard letter={ending} onClose={() => setEnding(null)} />}
    </AdminPage>
  );
}

interface LettersProps {
  rows: readonly DeadLetter[];
  busy: boolean;
  onReplay: (id: string) => void;
  onDiscard: (letter: DeadLetter) => void;
}

function Letters({ rows, busy, onReplay, onDiscard }: LettersProps) {
  const t = useText(adminDevices).letters;
  return (
    <DataTable
      label={t.title}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t.none}
      columns={[
        { head: t.at, cell: ({ receivedAt }) => formatTime(receivedAt), tight: true },
        { head: t.device, cell: ({ deviceCode }) => <span className="adm-code">{deviceCode}</span> },
        { head: t.topic, cell: ({ topic }) => <span className="adm-code">{topic}</span>, tight: true },
        {
          head: t.why,
          cell: (letter) => (
            <>
              <span lang="en">{letter.reason}</span> {letter.times > 1 && t.times(letter.times)}
              <details>
                <summary>{t.body(letter.bytes)}</summary>
                <span className="adm-code">{letter.body}</span>
              </details>
            </>
          ),
        },
        {
          head: t.state,
          cell: (letter) =>
            letter.state === 'waiting' ? (
              <span className="adm-marks">
                <button type="button" className="adm-link" disabled={busy} onClick={() => onReplay(letter.id)}>
                  {t.replay}
                </button>
                <button type="button" className="adm-link adm-link-danger" onClick={() => onDiscard(letter)}>
                  {t.discard}
                </button>
              </span>
            ) : (
              t.states[letter.state]
            ),
        },
      ]}
    />
  );
}

function Discard({ letter, onClose }: { letter: DeadLetter; onClose: () => void }) {
  const t = useText(adminDevices).letters;
  const act = useAct(
    (reason: string, opId) =>
      ask(sensingRoutes.discardDeadLetter, { params: { id: letter.id }, body: { opId, reason } }),
    { stale: [lettersKey], onDone: onClose },
  );
  return (
    <Confirm
      title={t.discardTitle}
      words={t.discardWords}
      act={t.discard}
      danger
      reason={t.discardReason}
      busy={act.isPending}
      error={act.error}
      onAct={(reason) => act.mutate(reason)}
      onClose={onClose}
    />
  );
}
