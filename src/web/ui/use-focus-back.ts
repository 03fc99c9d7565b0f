import { useEffect, useState } from 'react';

/** Hook: when what is shown above the page goes, the focus returns to where it was: the button that opened it. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
