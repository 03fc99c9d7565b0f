import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { Steps } from '#web/ui/light/Timeline.tsx';
import { isUntouched, missingIn, type Draft } from './draft.ts';
import { reportPaths } from './paths.ts';
import { PlaceStep } from './PlaceStep.tsx';
import { SendStep } from './SendStep.tsx';
import { useDraft } from './use-report.ts';
import { WhatStep } from './WhatStep.tsx';

/** Three light steps, each with its own address, so that the phone's back button does what it says. */
export function ReportPage({ path }: { path: string }) {
  const t = useText(resident).report;
  const [badPhoto, setBadPhoto] = useState<unknown>(null);
  const handle = useDraft(setBadPhoto);
  const [refusal, setRefusal] = useState<unknown>(null);
  const { draft } = handle;
  if (draft === undefined) return <Skeleton lines={6} />;
  const step = reachable(path, draft);
  const submit = async (): Promise<void> => {
    setRefusal(null);
    const result = await handle.submit();
    if (result.end === 'refused') setRefusal(result.error);
    else goTo(result.end === 'sent' ? reportPaths.sent : '/');
  };
  return (
    <>
      <div className="title-row">
        <h1>{t.heading}</h1>
        {!isUntouched(draft) && (
          <Button
            kind="quiet"
            onClick={() => {
              handle.discard();
              goTo(reportPaths.what);
            }}
          >
            {t.discard}
          </Button>
        )}
      </div>
      <Steps label={t.stepsLabel} names={[t.steps.what, t.steps.place, t.steps.send]} current={step} />
      {step === 0 && (
        <WhatStep handle={handle} draft={draft} badPhoto={badPhoto} onNext={() => goTo(reportPaths.place)} />
      )}
      {step === 1 && (
        <PlaceStep
          handle={handle}
          draft={draft}
          onNext={() => goTo(reportPaths.send)}
          onBack={() => goTo(reportPaths.what)}
        />
      )}
      {step === 2 && <SendStep handle={handle} draft={draft} refusal={refusal} onSubmit={submit} />}
    </>
  );
}

/** The step an address asks for, or the first one before it that still misses something. */
function reachable(path: string, draft: Draft): 0 | 1 | 2 {
  const asked = path === reportPaths.send ? 2 : path === reportPaths.place ? 1 : 0;
  const missing = missingIn(draft);
  if (asked > 0 && (missing.includes('category') || missing.includes('words'))) return 0;
  return asked === 2 && missing.includes('place') ? 1 : asked;
}
