import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/** Shows another address of the desk without loading the page again. */
export function useGo(): (href: string, how?: { replace?: boolean }) => void {
  const { history } = useRouter();
  return (href, how) => (how?.replace === true ? history.replace(href) : history.push(href));
}

/** Takes a press on an anchor: a plain click shows the address without loading anew, everything else is the browser's. */
export function useFollow(): (href: string, event: MouseEvent<HTMLAnchorElement>) => void {
  const go = useGo();
  return (href, event) => {
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
}

/** A link inside the desk: an ordinary anchor (new tab, copy address), opened without reloading on a plain click. */
export function Go({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = useFollow();
  const press = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    follow(href, event);
  };
  // The children come with `rest`.
  // oxlint-disable-next-line jsx-a11y/anchor-has-content
  return <a href={href} onClick={press} {...rest} />;
}
