import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

interface OneLineFormProps {
  label: string;
  send: string;
  maxLength: number;
  /** What the form does, where the words above do not say it. */
  name?: string;
  act: Pick<UseMutationResult<unknown, unknown, string>, 'mutate' | 'isPending' | 'error'>;
}

/** One line of at least two characters that an act needs: a reason, a purpose. */
export function OneLineForm({ label, send, maxLength, name, act }: OneLineFormProps) {
  const [words, setWords] = useState('');
  return (
    <form
      className="roster-form"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(words);
      }}
    >
      <label className="roster-field roster-wide">
        <span>{label}</span>
        <input value={words} maxLength={maxLength} onChange={({ target }) => setWords(target.value)} />
      </label>
      <button type="submit" className="tool tool-framed" disabled={act.isPending || words.trim().length < 2}>
        {send}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}
