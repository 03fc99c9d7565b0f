import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import type { AttachmentKind } from '#contract/events-words.ts';
import { sendPhoto } from '#web/app/send-photo.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';

/** A photo that has been sent and waits to be attached to what is being written. */
export interface Claim {
  id: string;
  token: string;
  kind: AttachmentKind;
}

export interface PhotoClaimsProps {
  /** Words of the button. */
  label: string;
  kind: AttachmentKind;
  claims: readonly Claim[];
  onChange: (claims: readonly Claim[]) => void;
  most?: number;
}

/** Photos are sent as soon as they are chosen; what remains here are their claims. Others' kinds are left alone. */
export function PhotoClaims({ label, kind, claims, onChange, most = 12 }: PhotoClaimsProps) {
  const c = useText(common).photo;
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const { pictureOf, keep } = usePictures();
  const latest = useRef(claims);
  latest.current = claims;
  const change = (next: readonly Claim[]): void => {
    latest.current = next;
    onChange(next);
  };
  const add = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = [...(event.target.files ?? [])].slice(0, most - claims.length);
    event.target.value = '';
    setError(null);
    for (const file of files) {
      setBusy((now) => now + 1);
      try {
        const { id, token } = await sendPhoto(file, kind);
        keep(id, file);
        change([...latest.current, { id, token, kind }]);
      } catch (refusal) {
        setError(refusal);
      } finally {
        setBusy((now) => now - 1);
      }
    }
  };
  return (
    <div className="claims" role="group" aria-label={label}>
      <label className="claim-button">
        <Icon name="camera" size={18} />
        {label}
        <input
          type="file"
          accept="image/jpeg,image/png,image/webp"
          multiple
          disabled={claims.length >= most}
          onChange={(event) => void add(event)}
        />
      </label>
      {busy > 0 && <span role="status">{c.uploading}</span>}
      {claims.map((claim, n) =>
        claim.kind === kind ? (
          <span key={claim.id} className="claim">
            <img src={pictureOf(claim.id)} alt={c.one(n + 1)} />
            <button
              type="button"
              className="tool"
              aria-label={c.remove(n + 1)}
              onClick={() => change(claims.filter((one) => one.id !== claim.id))}
            >
              <Icon name="cross" size={14} />
            </button>
          </span>
        ) : null,
      )}
      <ProblemNote error={error} />
    </div>
  );
}

/** Small pictures of what this page has sent, let go with the page. */
function usePictures() {
  const made = useRef(new Map<string, string>());
  useEffect(() => {
    const { current } = made;
    return () => {
      for (const address of current.values()) URL.revokeObjectURL(address);
      current.clear();
    };
  }, []);
  return {
    pictureOf: (id: string) => made.current.get(id),
    keep: (id: string, photo: Blob) => void made.current.set(id, URL.createObjectURL(photo)),
  };
}
