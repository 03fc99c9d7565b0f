import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { Reported } from './ReportPage.tsx';

export interface ReportDoneProps {
  result: Reported;
  callFailed: boolean;
  onAnother: () => void;
}

/** The number, the reporter's link, and what to do next. */
export function ReportDone({ result, callFailed, onAnother }: ReportDoneProps) {
  const t = useText(deskEvent).report;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const link = `${location.origin}/r/${result.receiptSecret}`;
  return (
    <div className="plain-page report-done">
      <Icon name="check" size={40} />
      <h1 ref={head} tabIndex={-1}>
        {t.done(result.number)}
      </h1>
      <p>{result.areaName}</p>
      {result.outside && <p className="note">{t.outside}</p>}
      {callFailed && <p className="note note-bad">{t.callFailed}</p>}
      <p>
        {t.receipt}
        <br />
        <a href={link}>{link}</a>
      </p>
      <div className="form-buttons">
        <Go className="button-link" href={`/desk?open=true&event=${result.id}`}>
          {t.open}
        </Go>
        <Button onClick={onAnother}>{t.another}</Button>
      </div>
    </div>
  );
}
