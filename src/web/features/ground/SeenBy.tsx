import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { careReviewRoutes } from '#contract/care-files.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { common } from '#web/i18n/common.ts';
import { formatTime } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CareTable, type CareColumn } from './CareTable.tsx';
import './care-files.css';

type Seen = ClientOutput<typeof careReviewRoutes.person>;
type Sighting = Seen['items'][number];

/** Who saw one person, for a reviewer; and a sheet for the person, which names units and posts only. */
export function SeenBy({ personId, onClose }: { personId: string; onClose: () => void }) {
  const all = useText(careFiles);
  const t = all.seen;
  const c = useText(common);
  const [printedAt, setPrintedAt] = useState<number | null>(null);
  const seen = useMutation({
    mutationFn: () => ask(careReviewRoutes.person, { params: { id: personId }, body: { opId: newOpId() } }),
    gcTime: 0,
  });
  const { mutate } = seen;
  // Each opening is a line of the ledger: asked once, when the window opens.
  useEffect(() => mutate(undefined), [mutate]);
  return (
    <Modal open width={860} title={t.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <p className="quiet">{t.lead}</p>
      <ProblemNote error={seen.error} onRetry={() => mutate(undefined)} />
      {seen.isPending && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {seen.data !== undefined && (
        <>
          <p>
            {all.ref(seen.data.ref)} · {seen.data.areaName}
          </p>
          {seen.data.erasedAt !== null && <p>{t.erased(formatTime(seen.data.erasedAt))}</p>}
          {seen.data.items.length === 0 ? (
            <p className="quiet">{t.none}</p>
          ) : (
            <Sightings items={seen.data.items} named />
          )}
          <div className="form-buttons">
            <button type="button" className="tool tool-framed" onClick={() => setPrintedAt(Date.now())}>
              {t.print}
            </button>
          </div>
          {printedAt !== null && <PrintSheet seen={seen.data} atMs={printedAt} onDone={() => setPrintedAt(null)} />}
        </>
      )}
    </Modal>
  );
}

/** `named`: with the names of staff, as a reviewer needs them. */
function Sightings({ items, named }: { items: readonly Sighting[]; named: boolean }) {
  const t = useText(careFiles).seen;
  const w = useText(words);
  const roles: Readonly<Record<string, string>> = w.role;
  const who: CareColumn<Sighting>[] = named ? [{ head: t.who, cell: (row) => row.who ?? t.program }] : [];
  return (
    <CareTable
      label={t.title}
      rows={items}
      rowKey={(row) => `${row.at} ${row.kind} ${row.accountId}`}
      columns={[
        { head: t.when, cell: (row) => <time dateTime={row.at}>{formatTime(row.at)}</time> },
        { head: t.kind, cell: (row) => t.kinds[row.kind] },
        ...who,
        {
          head: t.unit,
          cell: ({ unit, role }) =>
            [unit, role === null ? '' : (roles[role] ?? role)].filter(Boolean).join(' · ') || t.program,
        },
        { head: t.why, cell: ({ purpose, number }) => [purpose, number].filter(Boolean).join(' · ') || '—' },
      ]}
    />
  );
}

function PrintSheet({ seen, atMs, onDone }: { seen: Seen; atMs: number; onDone: () => void }) {
  const t = useText(careFiles).seen;
  useEffect(() => {
    window.addEventListener('afterprint', onDone, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, [onDone]);
  return createPortal(
    <section className="print-sheet">
      <h1>{t.sheetTitle}</h1>
      <p>{t.sheetLead(seen.ref, seen.areaName, formatTime(atMs))}</p>
      <Sightings items={seen.items} named={false} />
      <p>{t.sheetFoot}</p>
    </section>,
    document.body,
  );
}
