import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { goTo } from '#web/app/address.ts';
import { useText } from '#web/i18n/area.ts';
import { volunteersPublic } from '#web/i18n/volunteers-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { volunteerApi } from './api.ts';
import { keepLink } from './kept.ts';
import { useSend } from '#web/app/use-send.ts';

/** A new link, and being erased. */
export function ManagePart({ secret, onErased }: { secret: string; onErased: () => void }) {
  const t = useText(volunteersPublic).own;
  const [sure, setSure] = useState(false);
  const { busy, error, send } = useSend(() => undefined);
  const renew = async (opId: string): Promise<void> => {
    const { path } = await call(volunteerApi.renew, { params: { secret }, body: { opId } });
    keepLink(path.slice('/v/'.length));
    toast(t.renewed);
    goTo(path);
  };
  const erase = async (opId: string): Promise<void> => {
    await call(volunteerApi.erase, { params: { secret }, body: { opId } });
    onErased();
  };
  return (
    <details className="part">
      <summary className="part-title">{t.manage}</summary>
      <p>{t.renewLead}</p>
      <Button busy={busy === 'renew'} onClick={() => void send('renew', renew)}>
        {t.renew}
      </Button>
      {error !== undefined && <ErrorNote error={error} />}
      <div className="volunteer-acts">
        {sure ? (
          <>
            <Button kind="danger" busy={busy === 'erase'} onClick={() => void send('erase', erase)}>
              {t.eraseSure}
            </Button>
            <Button onClick={() => setSure(false)}>{t.stay}</Button>
          </>
        ) : (
          <Button kind="quiet" onClick={() => setSure(true)}>
            {t.erase}
          </Button>
        )}
      </div>
    </details>
  );
}
