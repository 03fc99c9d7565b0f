import { useState } from 'react';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line } from './Parts.tsx';
import { forceKey, type Roster } from './queries.ts';

type Pattern = Roster['patterns'][number];
interface Typed {
  key: string;
  code: string;
  name: string;
  nameEn: string;
  starts: string;
  hours: string;
  needed: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

function toTyped({ code, name, nameEn, startMinute, minutes, needed }: Pattern): Typed {
  const starts = `${two(Math.floor(startMinute / 60))}:${two(startMinute % 60)}`;
  return { key: code, code, name, nameEn, starts, hours: String(minutes / 60), needed: String(needed) };
}

function toPattern({ code, name, nameEn, starts, hours, needed }: Typed): Pattern {
  const [hour = 0, minute = 0] = starts.split(':').map(Number);
  return {
    code,
    name,
    nameEn,
    startMinute: hour * 60 + minute,
    minutes: Math.round(Number(hours) * 60),
    needed: Number(needed),
  };
}

const empty = { code: '', name: '', nameEn: '', starts: '08:00', hours: '8', needed: '1' };

/** Which shifts a unit has; what is on the roster already keeps its times. */
export function PatternsForm({ roster }: { roster: Roster }) {
  const t = useText(force);
  const [rows, setRows] = useState(() => roster.patterns.map(toTyped));
  const act = useAct(
    (patterns: Pattern[], opId) =>
      ask(forceRoutes.patterns, { params: { unitId: roster.unit.id }, body: { opId, patterns } }),
    { stale: [forceKey] },
  );
  const set = (key: string, change: Partial<Typed>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <details className="force-form">
      <summary>{t.roster.patterns}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(rows.map(toPattern));
        }}
      >
        <p className="quiet">{t.roster.patternNote}</p>
        {rows.map((row) => (
          <PatternRow
            key={row.key}
            row={row}
            onChange={(change) => set(row.key, change)}
            onDrop={rows.length > 1 ? () => setRows(rows.filter(({ key }) => key !== row.key)) : undefined}
          />
        ))}
        <ProblemNote error={act.error} />
        <div className="force-tools">
          <button
            type="button"
            className="tool"
            disabled={rows.length >= 12}
            onClick={() => setRows([...rows, { ...empty, key: `new ${rows.length} ${Date.now()}` }])}
          >
            {t.roster.addPattern}
          </button>
          <button type="submit" className="tool tool-framed" disabled={act.isPending}>
            {t.save}
          </button>
        </div>
      </form>
    </details>
  );
}

interface PatternRowProps {
  row: Typed;
  onChange: (change: Partial<Typed>) => void;
  onDrop: (() => void) | undefined;
}

function PatternRow({ row, onChange, onDrop }: PatternRowProps) {
  const t = useText(force).roster;
  return (
    <div className="force-pattern" role="group" aria-label={row.name}>
      <Line label={t.name} required maxLength={20} value={row.name} onChange={(name) => onChange({ name })} />
      <Line
        label={t.code}
        required
        maxLength={40}
        pattern="[a-z][a-z0-9_]*"
        value={row.code}
        onChange={(code) => onChange({ code })}
      />
      <Line label={t.starts} type="time" required value={row.starts} onChange={(starts) => onChange({ starts })} />
      <Line
        label={t.hours}
        type="number"
        step="any"
        required
        value={row.hours}
        onChange={(hours) => onChange({ hours })}
      />
      <Line label={t.needed} type="number" required value={row.needed} onChange={(needed) => onChange({ needed })} />
      {onDrop !== undefined && (
        <button type="button" className="tool" aria-label={t.dropPattern(row.name)} onClick={onDrop}>
          ×
        </button>
      )}
    </div>
  );
}
