import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { incidentRoutes } from '#contract/incidents.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { incidentKey, incidentRulesQuery } from './queries.ts';

/** Level, rule set, and when the centre knew: three choices, two of them made already. */
export function DeclareForm({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const t = useText(incidents);
  const lang = languageChoice.use();
  const rules = useQuery(incidentRulesQuery);
  const [level, setLevel] = useState(4);
  const [chosen, setChosen] = useState<string | null>(null);
  const [known, setKnown] = useState('');
  const act = useAct(
    (body: { ruleCode: string; level: number; knownAt?: string }, opId) =>
      ask(incidentRoutes.declare, { params: { id: eventId }, body: { ...body, opId } }),
    { stale: [incidentKey(eventId)], onDone: onClose },
  );
  const rule = rules.data?.find(({ code }) => code === (chosen ?? 'common')) ?? rules.data?.[0];
  const limits = rule?.levels.find((one) => one.level === level);
  return (
    <form
      className="form"
      aria-label={t.declare}
      onSubmit={(pressed) => {
        pressed.preventDefault();
        if (rule !== undefined) act.mutate({ ruleCode: rule.code, level, ...(known === '' ? {} : { knownAt: known }) });
      }}
    >
      <p className="quiet">{t.declareHint}</p>
      <LevelField value={level} onChange={setLevel} />
      <div className="form-two">
        <label className="form-field">
          {t.rule}
          <select
            className="incident-input"
            value={rule?.code ?? ''}
            onChange={(event) => setChosen(event.target.value)}
          >
            {rules.data?.map((one) => (
              <option key={one.code} value={one.code}>
                {lang === 'zh' ? one.name : one.nameEn}
              </option>
            ))}
          </select>
          {limits !== undefined && <small>{t.limits(limits.phoneMinutes, limits.writtenMinutes)}</small>}
        </label>
        <MomentField label={t.knownAt} hint={t.knownHint} value={known} onChange={setKnown} />
      </div>
      <ProblemNote error={act.error ?? rules.error} />
      <div className="form-buttons">
        <Button type="primary" danger htmlType="submit" loading={act.isPending} disabled={rule === undefined}>
          {t.declare}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </form>
  );
}

/** Four levels side by side, each by its name. */
export function LevelField({ value, onChange }: { value: number; onChange: (level: number) => void }) {
  const t = useText(incidents);
  return (
    <fieldset>
      <legend className="incident-legend">{t.level}</legend>
      <div className="form-row">
        {[4, 3, 2, 1].map((level) => (
          <label key={level} className="incident-choice">
            <input type="radio" name="incident-level" checked={value === level} onChange={() => onChange(level)} />
            {t.levels[level]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
