import { Button } from 'antd';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { recover } from '#web/app/ask.ts';
import { addressOf, send } from '#web/app/call.ts';
import { outlinesQuery } from '#web/app/outlines.ts';
import { useText } from '#web/i18n/area.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import type { MapFeatures } from '#web/map/layers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { circleKeys } from './queries.ts';

interface Wish {
  file: File;
  name: string;
  source: string;
  districts: string;
}

/** A large file of a big city takes minutes to arrive and to be read. */
const timeoutMs = 15 * 60_000;

async function upload({ file, name, source, districts }: Wish): Promise<{ same: boolean }> {
  const { method, path } = lifecircleRoutes.addNetwork;
  const address = addressOf(path, {}, { name, source, districts });
  const headers = { 'content-type': 'application/octet-stream' };
  const go = () => send(address, { method, headers, body: file }, { timeoutMs });
  const answer = await go().catch(async (error: unknown) => {
    if (!(await recover(error))) throw error;
    return go();
  });
  return (await answer.json()) as { same: boolean };
}

/** Adds a network: its bytes are sent as they are, and read in the background of the server. */
export function NetworkForm() {
  const t = useText(lifecircle).networks;
  const client = useQueryClient();
  const [state, setState] = useState<'idle' | 'none' | 'sending' | 'done' | 'same'>('idle');
  const [error, setError] = useState<unknown>();
  const outlines = (useQuery(outlinesQuery('district')).data?.features ?? []) as MapFeatures['features'];
  const districtsHere = outlines.map(({ properties }) => ({
    code: String(properties?.['code']),
    name: String(properties?.['name']),
  }));
  const says = { idle: '', none: t.districtsNone, sending: t.sending, done: t.done, same: t.same };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (key: string): string => String(form.get(key) ?? '').trim();
    if (!form.has('districts')) return setState('none');
    setState('sending');
    setError(undefined);
    try {
      const districts = form.getAll('districts').join(',');
      const { same } = await upload({
        file: form.get('file') as File,
        name: text('name'),
        source: text('source'),
        districts,
      });
      setState(same ? 'same' : 'done');
      await client.invalidateQueries({ queryKey: circleKeys.networks });
    } catch (failure) {
      setError(failure);
      setState('idle');
    }
  };
  return (
    <form className="circle-form" onSubmit={(event) => void submit(event)} aria-labelledby="network-form">
      <h2 id="network-form">{t.add}</h2>
      <p className="quiet">{t.addHint}</p>
      <label>
        {t.file}
        <input type="file" name="file" required accept=".bin,.pbf,.osm,.gz" />
      </label>
      <label>
        {t.name}
        <input name="name" required maxLength={120} />
      </label>
      <label>
        {t.source}
        <input name="source" required maxLength={300} />
      </label>
      <fieldset>
        <legend>{t.districts}</legend>
        {districtsHere.map(({ code, name }) => (
          <label key={code} className="circle-check">
            <input type="checkbox" name="districts" value={code} />
            {name}
          </label>
        ))}
      </fieldset>
      <Button htmlType="submit" type="primary" loading={state === 'sending'}>
        {t.send}
      </Button>
      <p role="status">{says[state]}</p>
      <ProblemNote error={error} />
    </form>
  );
}
