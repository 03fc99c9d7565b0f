import { useSyncExternalStore } from 'react';

let words = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says something briefly at the foot of the page; read aloud politely. For matters that need no answer. */
export function toast(text: string, forMs = 4000): void {
  clearTimeout(timer);
  put(text);
  timer = setTimeout(() => put(''), forMs);
}

function put(text: string): void {
  words = text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Put once into a page's shell. */
export function ToastPlace() {
  const text = useSyncExternalStore(subscribe, () => words);
  return (
    <div className="toast-place" role="status">
      {text !== '' && <p className="toast">{text}</p>}
    </div>
  );
}
