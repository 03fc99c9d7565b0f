import type { ReactNode } from 'react';
import { useAreaChoices } from '#web/app/area-choices.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import { Fact as PlainFact } from '#web/ui/Fact.tsx';
import { FilterChoice as PlainChoice } from '#web/ui/FilterParts.tsx';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';
import type { Choice } from '#web/ui/FormLines.tsx';
import { ReasonForm } from '#web/ui/ReasonForm.tsx';

interface FilterProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

export function FilterChoice(props: FilterProps) {
  return <PlainChoice {...props} any={useText(ground).any} />;
}

/** A filter by area, one step at a time: the areas above, the one chosen, and those below it. */
export function AreaChoice({ value, onChange }: { value: string | undefined; onChange: (code: string) => void }) {
  const t = useText(ground);
  return <FilterChoice label={t.area} value={value ?? ''} choices={useAreaChoices(value)} onChange={onChange} />;
}

/** One fact with its name; an absent one is said to be so. */
export function Fact(props: { name: string; children?: ReactNode }) {
  return <PlainFact {...props} none={useText(ground).none} />;
}

type FrameProps = Omit<FormFrameProps, 'send' | 'area'> & { act: string };

/** A form about the ground above the page. */
export function FormFrame({ act, ...rest }: FrameProps) {
  return <PlainFrame {...rest} send={act} area="ground-form" />;
}

/** Takes a row off the list, with the reason that is kept. */
export function RetireForm(props: {
  title: string;
  words: string;
  busy: boolean;
  error: unknown;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText(ground);
  return <ReasonForm {...props} send={t.send} danger reason={t.reason} max={500} area="ground-form" />;
}
