import { Button } from 'antd';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { notices } from '#web/i18n/notices.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { canPush, PushRefused, subscribe, unsubscribe } from './push.ts';
import { noticesKey, type Setting } from './queries.ts';

/** Lets this browser be told, or no longer. */
export function BrowserPart({ setting }: { setting: Setting }) {
  const t = useText(notices);
  const add = useAct(() => subscribe(setting.pushKey), { stale: [noticesKey] });
  const remove = useAct(() => unsubscribe(), { stale: [noticesKey] });
  if (!canPush()) return <p className="inbox-soft">{t.browserCannot}</p>;
  const { error } = add;
  return (
    <section aria-label={t.browser}>
      <h2>{t.browser}</h2>
      <p>{t.browserCount(setting.pushCount)}</p>
      <div className="inbox-head">
        <Button loading={add.isPending} onClick={() => add.mutate(undefined)}>
          {t.browserAdd}
        </Button>
        <Button loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t.browserRemove}
        </Button>
      </div>
      {error !== null &&
        (error instanceof PushRefused ? <p role="alert">{t.browserBlocked}</p> : <ProblemNote error={error} />)}
    </section>
  );
}
