import { useState } from 'react';
import { tellsOfSomebody } from '#kit/personal-words.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';

export const noteLength = 120;

interface NoteSheetProps {
  note: string;
  onNote: (note: string) => void;
  onClose: () => void;
}

/** A few words that go with the next tap; never about who it was. */
export function NoteSheet({ note, onNote, onClose }: NoteSheetProps) {
  const t = useText(counter);
  const [text, setText] = useState(note);
  const personal = tellsOfSomebody(text);
  return (
    <Sheet title={t.note} onClose={onClose}>
      <div className="stack">
        <TextArea
          label={t.note}
          hint={t.noteHint}
          value={text}
          maxLength={noteLength}
          rows={3}
          left={t.noteLeft}
          onChange={setText}
          {...(personal ? { error: t.notePersonal } : {})}
        />
        <Button
          kind="main"
          wide
          disabled={personal}
          onClick={() => {
            onNote(text.trim());
            onClose();
          }}
        >
          {t.noteDone}
        </Button>
      </div>
    </Sheet>
  );
}
