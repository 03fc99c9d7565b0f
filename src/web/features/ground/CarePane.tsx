import { useMutation, useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { careRoutes } from '#contract/care.ts';
import { CareMark } from '#web/app/CareMark.tsx';
import { ask } from '#web/app/ask.ts';
import { useDeskSlots } from '#web/app/desk-slots.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { LongLine } from '#web/ui/FormLines.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { CareForm } from './CareForm.tsx';
import { CareRights } from './CareRights.tsx';
import { Fact, FormFrame, RetireForm } from './Parts.tsx';
import { careQuery, groundKeys, type CareDetail, type CareSecrets } from './queries.ts';
import { TagMarks } from './TagMarks.tsx';

const shortestPurpose = 4;

/** One person in care, masked until somebody says what for. */
export function CarePane({ id, onBack }: { id: string; onBack: () => void }) {
  return (
    <PaneFrame area="ground" back={useText(ground).back} query={useQuery(careQuery(id))} onBack={onBack}>
      {(found) => <Person person={found} />}
    </PaneFrame>
  );
}

function Person({ person }: { person: CareDetail }) {
  const t = useText(ground);
  const { careSections } = useDeskSlots();
  const [open, setOpen] = useState<'reveal' | 'edit' | 'retire' | null>(null);
  const close = (): void => setOpen(null);
  // Kept in this component only: neither in the query cache nor anywhere that outlives the page.
  const reveal = useMutation({
    mutationFn: (purpose: string) =>
      ask(careRoutes.reveal, { params: { id: person.id }, body: { opId: newOpId(), purpose } }),
    onSuccess: close,
    gcTime: 0,
  });
  return (
    <>
      <h2>
        {reveal.data?.name ?? person.name} <CareMark colour={person.colour} /> <TagMarks codes={person.tags} />
      </h2>
      {reveal.data !== undefined && (
        <p className="ground-plain" role="status">
          {t.care.revealed}
        </p>
      )}
      {person.restricted && <p className="quiet">{t.care.restricted}</p>}
      <CareFacts person={person} plain={reveal.data} />
      <p className="quiet">
        {person.retiredAt === null ? t.updated(formatTime(person.updatedAt)) : t.retired(formatTime(person.retiredAt))}
      </p>
      <div className="form-buttons">
        {reveal.data === undefined ? (
          <button type="button" className="tool tool-framed" onClick={() => setOpen('reveal')}>
            {t.care.reveal}
          </button>
        ) : (
          <button type="button" className="tool tool-framed" onClick={() => reveal.reset()}>
            {t.care.hide}
          </button>
        )}
        {person.mayEdit && (
          <>
            <button type="button" className="tool tool-framed" onClick={() => setOpen('edit')}>
              {t.edit}
            </button>
            <button type="button" className="tool tool-framed" onClick={() => setOpen('retire')}>
              {t.care.retire}
            </button>
          </>
        )}
      </div>
      <CareRights personId={person.id} />
      {careSections.map((Section, k) => (
        <Suspense key={k}>
          <Section key={person.id} personId={person.id} />
        </Suspense>
      ))}
      {open === 'reveal' && (
        <RevealForm
          busy={reveal.isPending}
          error={reveal.error}
          onSend={(purpose) => reveal.mutate(purpose)}
          onClose={close}
        />
      )}
      {open === 'edit' && <CareForm person={person} onClose={close} onSaved={close} />}
      {open === 'retire' && <Retire person={person} onClose={close} />}
    </>
  );
}

type Plain = Pick<
  CareSecrets,
  'phone' | 'idNumber' | 'addressDetail' | 'contact' | 'guardian' | 'health' | 'birthYear'
>;

function CareFacts({ person, plain }: { person: CareDetail; plain: Plain | undefined }) {
  const t = useText(ground);
  const shut = (kept: boolean): string | null => (kept ? t.care.hidden : null);
  return (
    <dl className="named-facts ground-facts">
      <Fact name={t.care.address}>{person.address}</Fact>
      <Fact name={t.care.door}>{plain === undefined ? shut(person.hasAddressDetail) : plain.addressDetail}</Fact>
      <Fact name={t.care.phone}>{plain === undefined ? person.phone : plain.phone}</Fact>
      <Fact name={t.care.contact}>{plain === undefined ? shut(person.hasContact) : plain.contact}</Fact>
      <Fact name={t.care.guardian}>{plain === undefined ? shut(person.hasGuardian) : plain.guardian}</Fact>
      <Fact name={t.care.health}>{plain === undefined ? shut(person.hasHealth) : plain.health}</Fact>
      <Fact name={t.care.birthYear}>{plain?.birthYear ?? person.birthYear}</Fact>
      <Fact name={t.care.idNumber}>{plain === undefined ? person.idNumber : plain.idNumber}</Fact>
      <Fact name={t.area}>{person.areaName}</Fact>
      <Fact name={t.responsible}>{person.responsibleName}</Fact>
    </dl>
  );
}

interface RevealFormProps {
  busy: boolean;
  error: unknown;
  onSend: (purpose: string) => void;
  onClose: () => void;
}

function RevealForm(props: RevealFormProps) {
  const t = useText(ground);
  const [purpose, setPurpose] = useState('');
  const ready = purpose.trim().length >= shortestPurpose;
  return (
    <FormFrame {...props} title={t.care.reveal} act={t.send} ready={ready} onSend={() => props.onSend(purpose.trim())}>
      <LongLine label={t.care.purpose} value={purpose} max={200} required onChange={setPurpose} />
    </FormFrame>
  );
}

function Retire({ person, onClose }: { person: CareDetail; onClose: () => void }) {
  const t = useText(ground).care;
  const act = useAct(
    (reason: string, opId) =>
      ask(careRoutes.retire, { params: { id: person.id }, body: { opId, version: person.version, reason } }),
    { stale: [groundKeys.care], onDone: onClose },
  );
  return (
    <RetireForm
      title={t.retire}
      words={t.retireWords}
      busy={act.isPending}
      error={act.error}
      onSend={(reason) => act.mutate(reason)}
      onClose={onClose}
    />
  );
}
