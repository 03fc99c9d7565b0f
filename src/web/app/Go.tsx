import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/** Shows another address of the desk without loading the page again. */
export function useGo(): (href: string, how?: { replace?: boolean }) => void {
  const { history } = useRouter();
  return (href, how) => (how?.replace === true ? history.replace(href) : history.push(href));
}

/** A link inside the desk: an ordinary anchor (new tab, copy address), opened without reloading on a plain click. */
export function Go({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const go = useGo();
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    go(href);
  };
  // The children come with `rest`.
  // oxlint-disable-next-line jsx-a11y/anchor-has-content
  return <a href={href} onClick={follow} {...rest} />;
}
