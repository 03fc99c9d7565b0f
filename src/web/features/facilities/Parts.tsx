import type { ReactNode } from 'react';
import { useAreaChoices } from '#web/app/area-choices.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { Fact as PlainFact } from '#web/ui/Fact.tsx';
import { FilterChoice as PlainChoice, FindBox as PlainBox } from '#web/ui/FilterParts.tsx';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';
import type { Choice } from '#web/ui/FormLines.tsx';
import { ReasonForm as PlainReason } from '#web/ui/ReasonForm.tsx';

interface FilterProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

export function FilterChoice(props: FilterProps) {
  return <PlainChoice {...props} any={useText(facilities).any} />;
}

/** A filter by area, one step at a time: the areas above, the one chosen, and those below it. */
export function AreaChoice({ value, onChange }: { value: string | undefined; onChange: (code: string) => void }) {
  const t = useText(facilities);
  return <FilterChoice label={t.area} value={value ?? ''} choices={useAreaChoices(value)} onChange={onChange} />;
}

export function FindBox(props: { start: string; onFind: (words: string) => void }) {
  const t = useText(facilities);
  return <PlainBox {...props} area="fac-find" label={t.search} act={t.find} />;
}

/** One fact with its name; an absent one is said to be so. */
export function Fact(props: { name: string; children?: ReactNode }) {
  return <PlainFact {...props} none={useText(facilities).none} />;
}

/** A form above the page, which saves. */
export function FormFrame(props: Omit<FormFrameProps, 'send' | 'area'> & { act?: string }) {
  const t = useText(facilities);
  const { act, ...rest } = props;
  return <PlainFrame {...rest} send={act ?? t.save} area="fac-form" />;
}

/** An act that needs a reason which is kept. */
export function ReasonForm(props: {
  title: string;
  words: string;
  busy: boolean;
  error: unknown;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText(facilities);
  return <PlainReason {...props} send={props.title} reason={t.reason} max={300} area="fac-form" />;
}

/** 'YYYY-MM-DD' as a moment of that day in Shanghai, for formatDate. */
export const dayTime = (day: string): string => `${day}T00:00:00+08:00`;
