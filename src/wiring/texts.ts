import { textRoutes } from '#contract/texts.ts';
import type { ComputePool } from '#server/compute/index.ts';
import { mount } from '#server/http/mount.ts';
import { createTexts, type Texts } from '#server/modules/texts/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What is read out of what people write: suggestions, like events, hot issues. Everything heavy runs in workers. */
export async function joinTexts(
  { app, database, territory, clock, events, doors }: Parts,
  compute: ComputePool,
): Promise<Joined & { texts: Texts }> {
  let stopping = false;
  const report = (error: unknown): void => {
    if (!stopping) app.log.error({ err: error }, 'Reading of texts failed; it is tried again at its next turn.');
  };
  const categories = async () => (await events.dictionary.get()).categories;
  const texts = createTexts({ database, territory, clock, events: events.texts, compute, categories, report });
  mount(app, textRoutes, texts.handlers, doors);
  texts.start();
  const first = setTimeout(() => void firstRound(texts).catch(report), firstRoundMs);
  return {
    texts,
    jobs: [
      { name: 'texts.learn', cron: '50 2 * * *', expireS: 3600, run: () => texts.jobs.learn().then(() => undefined) },
      {
        name: 'texts.issues',
        cron: '*/20 * * * *',
        expireS: 1200,
        run: () => texts.jobs.retell().then(() => undefined),
      },
    ],
    tickers: [
      { name: 'texts.follow', everyMs: 2_000, run: () => texts.jobs.follow() },
      { name: 'texts.settle', everyMs: 10_000, run: () => texts.jobs.settle().then(() => undefined) },
    ],
    stop: async () => {
      stopping = true;
      clearTimeout(first);
      await texts.stop();
    },
  };
}

/** After the start others need the processor more. */
const firstRoundMs = 10_000;

/** After the first start nothing was looked for or learnt yet. */
async function firstRound(texts: Texts): Promise<void> {
  if (await texts.jobs.isNew()) await texts.jobs.retell();
  await texts.jobs.learnFirst();
}
