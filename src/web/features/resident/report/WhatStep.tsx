import { useEffect, useRef, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { resident } from '#web/i18n/resident.ts';
import { isIconName } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { PhotoPicker } from '#web/ui/light/PhotoPicker.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { categoriesBelow, pathTo, topCategories, unsureCategory, type PublicCategory } from './categories.ts';
import { maxPhotos, maxWords, missingIn, type Draft } from './draft.ts';
import type { DraftHandle } from './use-report.ts';

/** Photo, kind, words. */
export interface WhatStepProps {
  handle: DraftHandle;
  draft: Draft;
  /** Why the last photo was not taken; null: none was refused. */
  badPhoto: unknown;
  onNext: () => void;
}

export function WhatStep({ handle, draft, badPhoto, onNext }: WhatStepProps) {
  const t = useText(resident).report;
  const [tried, setTried] = useState(false);
  const missing = missingIn(draft);
  const next = (): void => {
    setTried(true);
    if (!missing.includes('category') && !missing.includes('words')) onNext();
  };
  return (
    <>
      <section className="part">
        <h2 className="part-title">{t.photosLabel}</h2>
        <PhotoPicker
          label={t.photosLabel}
          max={maxPhotos}
          photos={draft.photos.map(({ key, blob, upload }) => ({
            key,
            blob,
            state: upload !== null ? 'done' : handle.uploading.has(key) ? 'uploading' : 'kept',
          }))}
          onAdd={handle.addPhotos}
          onRemove={handle.removePhoto}
        />
        {badPhoto !== null && <ErrorNote error={badPhoto} />}
        <p className="field-hint">{t.photosHint}</p>
      </section>
      <section className="part">
        <CategoryChoice draft={draft} onChange={handle.change} />
        {tried && missing.includes('category') && (
          <p className="field-error" role="alert">
            {t.needCategory}
          </p>
        )}
      </section>
      <section className="part">
        <TextArea
          label={t.wordsLabel}
          hint={t.wordsHint}
          value={draft.words}
          maxLength={maxWords}
          left={t.wordsLeft}
          error={tried && missing.includes('words') ? t.needWords : undefined}
          onChange={(words) => handle.change({ words })}
        />
      </section>
      <div className="actions">
        <Button kind="main" wide onClick={next}>
          {t.next}
        </Button>
      </div>
    </>
  );
}

function CategoryChoice({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { value, error, reload } = useLoad('categories', (signal) => call(publicApi.categories, {}, { signal }));
  const [top, setTop] = useState<string | null>(null);
  if (value === undefined)
    return error === undefined ? <Skeleton lines={4} /> : <ErrorNote error={error} onRetry={reload} />;
  return <CategoryTiles items={value.items} draft={draft} top={top} onTop={setTop} onChange={onChange} />;
}

interface TilesProps {
  items: readonly PublicCategory[];
  draft: Draft;
  top: string | null;
  onTop: (code: string) => void;
  onChange: (part: Partial<Draft>) => void;
}

function CategoryTiles({ items, draft, top, onTop, onChange }: TilesProps) {
  const t = useText(resident).report;
  const below = useRef<HTMLDivElement>(null);
  const chinese = languageChoice.use() === 'zh';
  const nameOf = (item: PublicCategory): string => (chinese || item.nameEn === '' ? item.name : item.nameEn);
  const unsure = unsureCategory(items);
  const path = draft.categoryCode === null ? [] : pathTo(items, draft.categoryCode);
  const tiles = topCategories(items);
  const opened = items.find(
    (item) => item.code === (top ?? path.find((one) => tiles.includes(one) || one === unsure)?.code),
  );
  const kinds = opened === undefined ? [] : categoriesBelow(items, opened.code);
  useEffect(() => {
    if (top !== null) below.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [top]);
  const choose = (code: string): void => {
    const item = items.find((one) => one.code === code);
    if (item === undefined) return;
    const leaf = categoriesBelow(items, code).length === 0;
    onChange({ categoryCode: leaf ? code : null, categoryName: leaf ? nameOf(item) : '', followEventId: null });
  };
  return (
    <>
      <ChoiceTiles
        label={t.categoryLabel}
        value={opened?.code ?? null}
        choices={[
          ...tiles.map((item) => ({
            value: item.code,
            words: nameOf(item),
            icon: item.icon !== null && isIconName(item.icon) ? item.icon : ('more' as const),
          })),
          ...(unsure === undefined
            ? []
            : [{ value: unsure.code, words: t.unsure, note: t.unsureNote, icon: 'question' as const }]),
        ]}
        onChange={(code) => {
          onTop(code);
          choose(code);
        }}
      />
      <div ref={below}>
        {opened !== undefined && kinds.length > 0 && (
          <ChoiceTiles
            label={t.subLabel(nameOf(opened))}
            value={draft.categoryCode}
            choices={kinds.map((item) => ({ value: item.code, words: nameOf(item) }))}
            onChange={choose}
          />
        )}
      </div>
    </>
  );
}
