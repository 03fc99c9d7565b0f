import { useCareTags } from '#web/app/ground-words.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';

/** The tags of one person; those whose door is knocked at first say so. */
export function TagMarks({ codes }: { codes: readonly string[] }) {
  const t = useText(ground).care;
  const { tags, nameOf } = useCareTags();
  const urgent = tags.some((tag) => tag.urgent && codes.includes(tag.code));
  return (
    <>
      {codes.map((code) => (
        <span key={code} className="tag">
          {nameOf(code)}
        </span>
      ))}
      {urgent && <span className="tag ground-urgent">{t.urgent}</span>}
    </>
  );
}
