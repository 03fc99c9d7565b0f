import { lazy, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ResidentPages, type LinkPage } from '#web/features/resident/ResidentPages.tsx';
import '#web/ui/theme.css';
import '#web/ui/light/light.css';
import '#web/features/resident/resident.css';

/** Units without accounts do their task behind a link; residents never load that page's code. */
const links: readonly LinkPage[] = [
  {
    path: /^\/t\/([^/]+)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/agency/AgencyPage.tsx')).AgencyPage })),
  },
  {
    path: /^\/n\/([^/]+)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/helper/HelperPage.tsx')).HelperPage })),
  },
  // Members of online groups come by a QR code, later by the id of their group.
  {
    path: /^\/g\/([A-Za-z0-9_-]{20,100})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/JoinPage.tsx')).JoinPage })),
  },
  {
    path: /^\/groups\/([0-9a-f-]{36})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/GroupPage.tsx')).GroupPage })),
  },
  {
    path: /^\/(groups)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/MinePage.tsx')).MinePage })),
  },
];

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <ResidentPages links={links} />
    </StrictMode>,
  );
}
