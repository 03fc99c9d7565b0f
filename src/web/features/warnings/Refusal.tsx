import { ProblemError } from '#web/app/problem.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

/** A refusal in the reader's language, with the server's own sentence where it names the element that is wrong. */
export function Refusal({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const exact = error instanceof ProblemError && error.code !== 'internal' ? error.detail : '';
  return (
    <>
      <ProblemNote error={error} />
      {exact !== '' && (
        <p className="quiet" lang="en">
          {exact}
        </p>
      )}
    </>
  );
}
