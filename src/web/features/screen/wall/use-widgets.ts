import { useEffect, useState } from 'react';
import type { WidgetCode } from '#contract/screens-layout.ts';
import { listenLive, type LiveState } from '#web/app/live.ts';
import { createReader, type ReaderView } from './reader.ts';
import type { ScreenSource } from './source.ts';

export interface WallView extends ReaderView {
  live: LiveState;
}

/** The numbers of a wall, kept fresh for as long as it is shown. */
export function useWidgets(source: ScreenSource, area: string, codes: readonly WidgetCode[]): WallView {
  const [view, setView] = useState<ReaderView>({ known: new Map(), error: null });
  const [live, setLive] = useState<LiveState>('connecting');
  const wanted = codes.join();
  useEffect(() => {
    const reader = createReader({
      codes: wanted.split(',') as WidgetCode[],
      read: (some, signal) => source.data(area, some, signal),
      onView: setView,
    });
    const hangUp = listenLive(
      { onChange: () => reader.poke(), onReset: () => reader.poke(), onState: setLive },
      undefined,
      source.livePath,
    );
    return () => {
      hangUp();
      reader.stop();
    };
  }, [source, area, wanted]);
  return { ...view, live };
}
