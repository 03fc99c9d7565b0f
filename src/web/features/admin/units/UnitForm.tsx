import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState, type FormEvent } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { unitKinds } from '#contract/grids-views.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { words } from '#web/i18n/words.ts';
import { AreaPick } from '../shared/AreaPick.tsx';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { useName } from '../shared/names.ts';
import { Problem } from '../shared/Problem.tsx';
import { areaKeys, boardsQuery, type Unit } from '../shared/queries.ts';
import { UnitPick } from '../shared/UnitPick.tsx';
import { useAct } from '../shared/use-act.ts';

export interface UnitFormProps {
  /** Null: a new one. */
  unit: Unit | null;
  onClose: () => void;
  onSaved: (unit: Unit) => void;
}

type Draft = ReturnType<typeof draftOf>;

function draftOf(unit: Unit | null) {
  return {
    code: unit?.code ?? '',
    kind: unit?.kind ?? ('post' as const),
    roleCode: unit?.roleCode ?? '',
    name: unit?.name ?? '',
    nameEn: unit?.nameEn ?? '',
    areaCode: unit?.areaCode ?? '',
    parentId: unit?.parentId ?? '',
    boardCode: unit?.boardCode ?? '',
    phone: unit?.phone ?? '',
    sort: String(unit?.sort ?? 0),
  };
}

function save(unit: Unit | null, draft: Draft, opId: string) {
  const fields = {
    opId,
    kind: draft.kind,
    roleCode: draft.roleCode.trim(),
    name: draft.name.trim(),
    nameEn: draft.nameEn.trim(),
    areaCode: draft.areaCode,
    parentId: draft.parentId === '' ? null : draft.parentId,
    boardCode: draft.boardCode === '' ? null : draft.boardCode,
    phone: draft.phone.trim() === '' ? null : draft.phone.trim(),
    sort: Number(draft.sort),
  };
  return unit === null
    ? ask(gridsRoutes.createUnit, { body: { ...fields, code: draft.code.trim() } })
    : ask(gridsRoutes.editUnit, { params: { id: unit.id }, body: { ...fields, version: unit.version } });
}

/** A new unit, or another name, place or phone for one. */
export function UnitForm({ unit, onClose, onSaved }: UnitFormProps) {
  const t = useText(admin).units;
  const c = useText(common);
  const w = useText(words);
  const name = useName();
  const [draft, setDraft] = useState(() => draftOf(unit));
  const boards = (useQuery(boardsQuery).data ?? []).filter(({ areaCode }) => areaCode === draft.areaCode);
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(unit, wish, opId), {
    stale: [areaKeys.units, areaKeys.areas],
    onDone: (answer) => onSaved(answer.unit),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(draft);
  };
  return (
    <Modal
      open
      title={unit === null ? t.add : t.editTitle(name(unit))}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': c.close }}
    >
      <form className="adm-form" onSubmit={submit}>
        <TextField
          label={t.name}
          value={draft.name}
          onChange={(text) => set({ name: text })}
          required
          maxLength={100}
        />
        <TextField label={t.nameEn} value={draft.nameEn} onChange={(nameEn) => set({ nameEn })} maxLength={200} />
        <div className="adm-row">
          <ChoiceField
            label={t.kind}
            value={draft.kind}
            options={unitKinds.map((value) => ({ value, words: w.unitKind[value] }))}
            onChange={(kind) => set({ kind: unitKinds.find((one) => one === kind) ?? 'post' })}
          />
          <TextField label={t.phone} value={draft.phone} onChange={(phone) => set({ phone })} maxLength={40} />
        </div>
        <AreaPick label={t.area} value={draft.areaCode} onChange={(areaCode) => set({ areaCode, boardCode: '' })} />
        <UnitPick label={t.parent} value={draft.parentId} onChange={(parentId) => set({ parentId })} />
        <div className="adm-row">
          <ChoiceField
            label={t.board}
            value={draft.boardCode}
            none={t.noBoard}
            options={boards.map((board) => ({ value: board.code, words: name(board) }))}
            onChange={(boardCode) => set({ boardCode })}
          />
          <TextField
            label={t.sort}
            type="number"
            min={0}
            max={1_000_000}
            value={draft.sort}
            onChange={(sort) => set({ sort })}
          />
        </div>
        <div className="adm-row">
          {unit === null && (
            <TextField
              label={t.code}
              hint={t.codeHint}
              value={draft.code}
              onChange={(code) => set({ code })}
              pattern="[A-Za-z0-9_.\-]{1,40}"
              required
            />
          )}
          <TextField
            label={t.roleCode}
            hint={t.roleCodeHint}
            value={draft.roleCode}
            onChange={(roleCode) => set({ roleCode })}
            pattern="[a-z0-9_]{1,40}"
            required
          />
        </div>
        <Problem error={act.error} />
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={draft.areaCode === ''}>
            {t.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
