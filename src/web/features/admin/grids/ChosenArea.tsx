import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { TextField } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { answerersQuery, areaKeys, type OutlineFeature } from '../shared/queries.ts';
import { useName, useRoleName } from '../shared/names.ts';
import { useAct } from '../shared/use-act.ts';
import type { Editor } from './use-editor.ts';

export interface ChosenAreaProps {
  area: OutlineFeature;
  mayEdit: boolean;
  editor: Editor;
}

/** One area: what is known of it, who answers for it, rename, and the ways to change its outline. */
export function ChosenArea({ area, mayEdit, editor }: ChosenAreaProps) {
  const t = useText(adminGrids).panel;
  const w = useText(words);
  const [retiring, setRetiring] = useState(false);
  const retire = useAct(
    (reason: string, opId) =>
      ask(gridsRoutes.retireArea, { params: { code: area.code }, body: { opId, version: area.version, reason } }),
    { stale: [areaKeys.outlines, areaKeys.areas], onDone: () => setRetiring(false) },
  );
  return (
    <>
      <h2>{area.name}</h2>
      <dl className="adm-facts">
        <dt>{t.tier}</dt>
        <dd>
          {w.tier[area.tier]} · {t.kinds[area.kind]}
        </dd>
        <dt>{t.code}</dt>
        <dd className="adm-code">{area.code}</dd>
        {!mayEdit && (
          <>
            <dt>{t.people}</dt>
            <dd>{t.peopleOf(formatNumber(area.residents), formatNumber(area.households))}</dd>
          </>
        )}
        <dt>{t.version}</dt>
        <dd>{area.version}</dd>
      </dl>
      <Answer code={area.code} />
      {mayEdit && (
        <>
          <Facts area={area} />
          <div className="adm-buttons adm-buttons-start">
            <Button type="primary" disabled={area.geometry === null} onClick={() => editor.begin('corners')}>
              {t.corners}
            </Button>
            <Button disabled={area.geometry === null} onClick={() => editor.begin('split')}>
              {t.split}
            </Button>
            <Button danger onClick={() => setRetiring(true)}>
              {t.retire}
            </Button>
          </div>
          <p className="adm-soft">{t.mergeHint}</p>
        </>
      )}
      {retiring && (
        <Confirm
          title={t.retireTitle(area.name)}
          words={t.retireWords}
          act={t.retire}
          danger
          reason={t.reason}
          busy={retire.isPending}
          error={retire.error}
          onAct={(reason) => retire.mutate(reason)}
          onClose={() => setRetiring(false)}
        />
      )}
    </>
  );
}

function Facts({ area }: { area: OutlineFeature }) {
  const t = useText(adminGrids).panel;
  const start = { name: area.name, residents: String(area.residents), households: String(area.households) };
  const [form, setForm] = useState(start);
  const act = useAct(
    (wish: typeof start, opId) =>
      ask(gridsRoutes.editArea, {
        params: { code: area.code },
        body: {
          opId,
          version: area.version,
          name: wish.name.trim(),
          residents: Number(wish.residents),
          households: Number(wish.households),
        },
      }),
    { stale: [areaKeys.outlines, areaKeys.areas] },
  );
  const changed = JSON.stringify(form) !== JSON.stringify(start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(form);
  };
  return (
    <form className="adm-form adm-inset" onSubmit={submit}>
      <TextField label={t.name} value={form.name} onChange={(name) => setForm({ ...form, name })} required />
      <div className="adm-row">
        <TextField
          label={t.residents}
          type="number"
          min={0}
          value={form.residents}
          onChange={(residents) => setForm({ ...form, residents })}
          required
        />
        <TextField
          label={t.households}
          type="number"
          min={0}
          value={form.households}
          onChange={(households) => setForm({ ...form, households })}
          required
        />
      </div>
      <Problem error={act.error} />
      {act.isSuccess && !changed && <Note kind="good">{t.saved}</Note>}
      {changed && (
        <div className="adm-buttons">
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t.save}
          </Button>
        </div>
      )}
    </form>
  );
}

function Answer({ code }: { code: string }) {
  const t = useText(adminGrids).panel;
  const name = useName();
  const roleName = useRoleName();
  const answer = useQuery(answerersQuery(code)).data;
  if (answer === undefined) return null;
  return (
    <p className="adm-may">
      {answer.receiver === null ? t.noReceiver : t.receiver(name(answer.receiver))}
      {answer.roles.slice(0, 6).map((line) => (
        <span key={`${line.role}/${line.unitId}/${line.areaCode}`} className="adm-answer">
          {roleName(line.role)} {line.names === null ? line.count : line.names.slice(0, 3).join(' ')}
        </span>
      ))}
    </p>
  );
}
