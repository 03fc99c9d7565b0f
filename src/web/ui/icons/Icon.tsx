import { drawings, type IconName } from './drawings.ts';

/** One of our line drawings, in the colour of the text around it. Decorative: always beside words or in a labelled control. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number | string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}

export function isIconName(word: string): word is IconName {
  return word in drawings;
}
