import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import type { Calendar, DayKind } from '#engine/worktime/calendar.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatDate } from '#web/i18n/format.ts';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { readHours, writeHours, type DayChange } from './year.ts';

export interface DayFormProps {
  date: string;
  calendar: Calendar;
  /** Null: the weekly rule again. */
  onDay: (day: DayChange | null) => void;
  onClose: () => void;
}

const kinds = ['work', 'rest', 'half'] as const;

/** How one day is worked. */
export function DayForm({ date, calendar, onDay, onClose }: DayFormProps) {
  const t = useText(adminLibrary).calendar;
  const c = useText(common);
  const now = calendar.days.get(date);
  const [kind, setKind] = useState<DayKind | 'weekly'>(now?.kind ?? 'weekly');
  const [name, setName] = useState(now?.name ?? '');
  const [hours, setHours] = useState(writeHours(now?.segments === undefined ? null : [...now.segments]));
  const segments = readHours(hours);
  const wrong = kind !== 'rest' && kind !== 'weekly' && (segments === undefined || (kind === 'half' && hours === ''));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (kind === 'weekly') return onDay(null);
    const own = kind === 'rest' || segments === undefined || segments.length === 0 ? null : segments;
    onDay({ date, kind, name: name.trim(), segments: own });
  };
  return (
    <Modal open title={formatDate(date)} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <form className="adm-form" onSubmit={submit}>
        <ChoiceField
          label={t.kind}
          value={kind}
          options={[
            { value: 'weekly', words: t.kinds.weekly },
            ...kinds.map((value) => ({ value, words: t.kinds[value] })),
          ]}
          onChange={(next) => setKind(kinds.find((one) => one === next) ?? 'weekly')}
        />
        {kind !== 'weekly' && <TextField label={t.name} value={name} onChange={setName} maxLength={40} />}
        {(kind === 'work' || kind === 'half') && (
          <TextField
            label={t.hours}
            hint={kind === 'half' ? t.halfHint : t.hoursHint}
            value={hours}
            onChange={setHours}
          />
        )}
        {wrong && hours !== '' && <Note kind="warn">{t.wrongHours}</Note>}
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" disabled={wrong}>
            {t.put}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
