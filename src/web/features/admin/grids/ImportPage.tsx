import { Button } from 'antd';
import { useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import type { ClientOutput } from '#contract/route.ts';
import { tiers } from '#kit/tiers.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { ProblemError } from '#web/app/problem.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { ChoiceField, LongField, TextField, Tick } from '../shared/Field.tsx';
import { FileField } from '../shared/FileField.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { areaKeys } from '../shared/queries.ts';
import { usePageSearch } from '../shared/search.ts';
import { WrongRows } from '../shared/WrongRows.tsx';
import { useAct } from '../shared/use-act.ts';
import { ProblemTable } from './ProblemTable.tsx';
import { placesOf } from './tool-refusal.ts';

type Result = ClientOutput<typeof gridsRoutes.importAreas>;
const kinds = ['areas', 'outlines', 'units', 'risks'] as const;
const systems = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
const start = {
  crs: 'wgs84',
  tier: '',
  codeProperty: 'code',
  nameProperty: 'name',
  create: false,
  warnOnly: false,
  map: '',
  skip: false,
};
type Options = typeof start;

/** Areas, outlines, units and risk points from a file: tried first, row by row, then imported. */
export function ImportPage() {
  const t = useText(adminGrids).imports;
  const [search, setSearch] = usePageSearch();
  const kind = kinds.find((one) => one === search.kind) ?? 'areas';
  const [options, setOptions] = useState(start);
  const [base64, setBase64] = useState('');
  const act = useAct(
    (wish: { kind: (typeof kinds)[number]; options: Options; base64: string; dryRun: boolean }, opId) =>
      send(wish.kind, wish.options, wish.base64, wish.dryRun, opId),
    { stale: [areaKeys.areas, areaKeys.outlines, areaKeys.units, ['risk-points']] },
  );
  const set = (change: Partial<Options>): void => setOptions({ ...options, ...change });
  const run = (dryRun: boolean): void => act.mutate({ kind, options, base64, dryRun });
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['grids.edit']}
      back={
        <Go className="adm-back" href="/desk/admin/grids">
          {t.back}
        </Go>
      }
    >
      <section className="adm-sheet adm-form">
        <div className="adm-row">
          <ChoiceField
            label={t.kind}
            value={kind}
            options={kinds.map((value) => ({ value, words: t.kinds[value] }))}
            onChange={(next) => {
              act.reset();
              setSearch({ kind: next });
            }}
          />
          <FileField
            label={t.file}
            hint={t.fileHint}
            onChange={(text) => {
              act.reset();
              setBase64(text);
            }}
          />
        </div>
        {kind === 'outlines' ? (
          <OutlineOptions options={options} set={set} />
        ) : (
          <>
            {kind === 'risks' && <SystemChoice options={options} set={set} />}
            <LongField label={t.map} hint={t.mapHint} value={options.map} onChange={(map) => set({ map })} />
            <Tick checked={options.skip} onChange={(skip) => set({ skip })}>
              {t.skip}
            </Tick>
          </>
        )}
        {base64 === '' && <p className="adm-soft">{t.first}</p>}
        <div className="adm-buttons adm-buttons-start">
          <Button disabled={base64 === ''} loading={act.isPending} onClick={() => run(true)}>
            {t.try}
          </Button>
          <Button
            type="primary"
            disabled={base64 === '' || act.data?.dryRun !== true}
            loading={act.isPending}
            onClick={() => run(false)}
          >
            {t.run}
          </Button>
        </div>
      </section>
      <Problem error={act.error} />
      {act.error !== null && <Refused error={act.error} />}
      {act.data !== undefined && <Outcome result={act.data} />}
    </AdminPage>
  );
}

interface OptionsProps {
  options: Options;
  set: (change: Partial<Options>) => void;
}

function SystemChoice({ options, set }: OptionsProps) {
  const t = useText(adminGrids).imports;
  return (
    <ChoiceField
      label={t.crs}
      hint={t.crsHint}
      value={options.crs}
      options={systems.map((value) => ({ value, words: t.crsNames[value] }))}
      onChange={(crs) => set({ crs })}
    />
  );
}

function OutlineOptions({ options, set }: OptionsProps) {
  const t = useText(adminGrids).imports;
  const w = useText(words);
  return (
    <>
      <div className="adm-row">
        <SystemChoice options={options} set={set} />
        <ChoiceField
          label={t.tier}
          value={options.tier}
          none={t.anyTier}
          options={tiers.map((value) => ({ value, words: w.tier[value] }))}
          onChange={(tier) => set({ tier })}
        />
        <TextField
          label={t.codeProperty}
          value={options.codeProperty}
          onChange={(codeProperty) => set({ codeProperty })}
        />
        <TextField
          label={t.nameProperty}
          value={options.nameProperty}
          onChange={(nameProperty) => set({ nameProperty })}
        />
      </div>
      <Tick checked={options.create} onChange={(create) => set({ create })}>
        {t.create}
      </Tick>
      <Tick checked={options.warnOnly} onChange={(warnOnly) => set({ warnOnly })}>
        {t.warnOnly}
      </Tick>
    </>
  );
}

function Refused({ error }: { error: Error }) {
  const wrong = error instanceof ProblemError ? error.data.wrong : undefined;
  return (
    <>
      {Array.isArray(wrong) && <WrongRows rows={wrong as Result['wrong']} count={wrong.length} />}
      <ProblemTable problems={placesOf(error)} nameOf={() => ''} onShow={() => undefined} />
    </>
  );
}

function Outcome({ result }: { result: Result }) {
  const t = useText(adminGrids).imports;
  const w = useText(words);
  const tierWords: Readonly<Record<string, string>> = w.tier;
  const byTier = Object.entries(result.byTier).map(([tier, n]) => `${tierWords[tier] ?? tier} ${n}`);
  return (
    <section className="adm-sheet">
      <Note kind={result.dryRun ? 'info' : 'good'}>
        <p>{result.dryRun ? t.tried : t.done}</p>
        <p>{t.summary(result.read, result.created, result.changed, result.unchanged)}</p>
        {byTier.length > 0 && (
          <p>
            {t.byTier}: {byTier.join(' · ')}
          </p>
        )}
      </Note>
      {result.notes.map((note) => (
        <p key={note} className="adm-soft" lang="en">
          {note}
        </p>
      ))}
      <WrongRows rows={result.wrong} count={result.wrongCount} />
      <ProblemTable problems={result.warnings} nameOf={() => ''} onShow={() => undefined} />
    </section>
  );
}

function send(kind: (typeof kinds)[number], options: Options, base64: string, dryRun: boolean, opId: string) {
  const body = { opId, base64, dryRun };
  const limit = { timeoutMs: 120_000 };
  const crs = systems.find((one) => one === options.crs) ?? 'wgs84';
  if (kind === 'outlines') {
    const { codeProperty, nameProperty, create } = options;
    const tier = tiers.find((one) => one === options.tier);
    const onProblem = options.warnOnly ? ('warn' as const) : ('refuse' as const);
    return ask(
      gridsRoutes.importOutlines,
      { body: { ...body, crs, tier, codeProperty, nameProperty, create, onProblem } },
      limit,
    );
  }
  const table = { ...body, map: readMap(options.map), skipWrong: options.skip };
  if (kind === 'risks') return ask(riskRoutes.import, { body: { ...table, crs, format: formatOf(base64) } }, limit);
  return ask(kind === 'areas' ? gridsRoutes.importAreas : gridsRoutes.importUnits, { body: table }, limit);
}

/** `name=Community` line by line; lines without a sign are left out. */
function readMap(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
    }),
  );
}

/** GeoJSON begins with a brace, a table never does. */
function formatOf(base64: string): 'csv' | 'geojson' {
  return /^(\u00EF\u00BB\u00BF)?\s*[{[]/.test(atob(base64.slice(0, 64))) ? 'geojson' : 'csv';
}
