import { useEffect, useRef, useState } from 'react';
import { call } from '#web/app/call.ts';
import { OfflineError } from '#web/app/problem.ts';
import { surveyApi } from './api.ts';
import { dropDraft, emptyDraft, isReady, keepDraft, readDraft, type SurveyDraft } from './draft.ts';

/** One answer for one community: kept while it is filled in, sent once, sent by itself when the network returns. */
export function useSurvey(area: string) {
  const [draft, setDraft] = useState(() => readDraft(area));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [done, setDone] = useState(false);
  const change = (part: Partial<SurveyDraft>): void => {
    const next = { ...draft, ...part, waiting: false };
    setDraft(next);
    keepDraft(area, next);
  };
  const send = async (): Promise<void> => {
    if (!isReady(draft) || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await call(surveyApi.answer, { params: { area }, body: bodyOf(draft) });
      dropDraft(area);
      setDraft(emptyDraft());
      setDone(true);
    } catch (failure) {
      const waiting = failure instanceof OfflineError;
      const next = { ...draft, waiting };
      setDraft(next);
      keepDraft(area, next);
      if (!waiting) setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const latest = useRef(send);
  latest.current = send;
  const { waiting } = draft;
  useEffect(() => {
    if (!waiting) return;
    const online = (): void => void latest.current();
    addEventListener('online', online);
    return () => removeEventListener('online', online);
  }, [waiting]);
  return { draft, change, send, busy, error, done, again: () => setDone(false) };
}

function bodyOf({ opId, classes, groupCode, minutes, at, words }: SurveyDraft) {
  return { opId, classes, groupCode, minutes, lon: at?.lon ?? null, lat: at?.lat ?? null, words };
}
