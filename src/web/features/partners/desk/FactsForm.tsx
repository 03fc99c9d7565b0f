import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line, Pick, usePartnerWords } from './Parts.tsx';
import { partnersKey, type PartnerDetail } from './queries.ts';

/** Facts of a partner: a new one where there is none. The contact is left as it is when nothing is typed. */
export function FactsForm({ partner, onDone }: { partner: PartnerDetail | null; onDone: (id: string) => void }) {
  const t = useText(partners);
  const { choices } = usePartnerWords();
  const [area, setArea] = useState<NamedArea[]>([]);
  const [name, setName] = useState(partner?.name ?? '');
  const [nameEn, setNameEn] = useState(partner?.nameEn ?? '');
  const [kind, setKind] = useState(partner?.kind ?? 'shop');
  const [organisation, setOrganisation] = useState(partner?.organisation ?? '');
  const [creditCode, setCreditCode] = useState(partner?.creditCode ?? '');
  const [contactName, setContactName] = useState('');
  const [contactPhone, setContactPhone] = useState('');
  const contact = contactName === '' || contactPhone === '' ? null : { name: contactName, phone: contactPhone };
  const facts = { name, nameEn, kind, organisation, creditCode: creditCode === '' ? null : creditCode, contact };
  const areaCode = area[0]?.code ?? '';
  const act = useAct((wish: typeof facts & { areaCode: string }, opId) => save(partner, wish, opId), {
    stale: [partnersKey],
    onDone,
  });
  return (
    <form
      className="partners-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ ...facts, areaCode });
      }}
    >
      {partner === null && <AreaField label={t.facts.area} value={area} onChange={setArea} single />}
      <Line label={t.facts.name} value={name} onChange={setName} required maxLength={40} />
      <Line label={t.facts.nameEn} value={nameEn} onChange={setNameEn} maxLength={80} />
      <Pick label={t.kind} value={kind} choices={choices('kinds')} onChange={setKind} />
      <Line label={t.facts.organisation} value={organisation} onChange={setOrganisation} maxLength={80} />
      <Line
        label={t.facts.creditCode}
        value={creditCode}
        onChange={setCreditCode}
        maxLength={18}
        hint={t.facts.creditHint}
      />
      <Line label={t.facts.contactName} value={contactName} onChange={setContactName} maxLength={30} />
      <Line
        label={t.facts.contactPhone}
        value={contactPhone}
        onChange={setContactPhone}
        type="tel"
        pattern="[0-9+\- ]{3,20}"
        hint={t.facts.contactHint}
      />
      <ProblemNote error={act.error} />
      <button
        type="submit"
        className="tool tool-framed"
        disabled={act.isPending || (partner === null && areaCode === '')}
      >
        {t.facts.save}
      </button>
    </form>
  );
}

interface Wish {
  areaCode: string;
  name: string;
  nameEn: string;
  kind: string;
  organisation: string;
  creditCode: string | null;
  contact: { name: string; phone: string } | null;
}

async function save(partner: PartnerDetail | null, { areaCode, ...facts }: Wish, opId: string): Promise<string> {
  if (partner === null) return (await ask(partnerRoutes.add, { body: { opId, areaCode, ...facts } })).id;
  const body = { opId, version: partner.version, ...facts };
  await ask(partnerRoutes.edit, { params: { id: partner.id }, body });
  return partner.id;
}
