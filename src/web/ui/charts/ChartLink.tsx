import { createContext, use, type MouseEvent, type ReactNode } from 'react';

/** Takes a press on a mark: the desk shows the page without loading anew, the wall says to sign in. */
export type FollowChartLink = (href: string, event: MouseEvent<HTMLAnchorElement>) => void;

/** Unless a face gives its own way, marks are ordinary anchors. */
export const ChartLinkContext = createContext<FollowChartLink | null>(null);

interface ChartLinkProps {
  href: string | undefined;
  className?: string;
  'aria-label'?: string;
  children?: ReactNode;
}

/** A mark or a number that opens its cases; without an address only what is inside. Works inside `<svg>` too. */
export function ChartLink({ href, children, ...rest }: ChartLinkProps) {
  const follow = use(ChartLinkContext);
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} onClick={follow === null ? undefined : (event) => follow(href, event)} {...rest}>
      {children}
    </a>
  );
}
