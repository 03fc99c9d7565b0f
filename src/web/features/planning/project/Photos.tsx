import { useState } from 'react';
import { uploadPhoto } from '#web/app/upload.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { fitForUpload } from '#web/ui/light/photo.ts';

export interface Claim {
  id: string;
  token: string;
}

interface PhotosProps {
  claims: readonly Claim[];
  onChange: (claims: Claim[]) => void;
}

const most = 12;

/** Photos are sent when they are chosen; what is sent is attached with the form. */
export function Photos({ claims, onChange }: PhotosProps) {
  const p = useText(planning).project;
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const add = async (files: readonly File[]): Promise<void> => {
    setSending(true);
    setFailure(null);
    const sent = [...claims];
    try {
      for (const file of files) {
        const { id, token } = await uploadPhoto(await fitForUpload(file), 'evidence', 'staff');
        sent.push({ id, token });
      }
    } catch (error) {
      setFailure(error);
    } finally {
      onChange(sent);
      setSending(false);
    }
  };
  return (
    <>
      <label>
        {p.photos}
        <input
          type="file"
          accept="image/*"
          multiple
          disabled={sending}
          aria-label={p.addPhotos}
          onChange={({ target }) => void add([...(target.files ?? [])].slice(0, most - claims.length))}
        />
        {claims.length > 0 && <span className="quiet">{p.photoSent(formatNumber(claims.length))}</span>}
      </label>
      <ProblemNote error={failure} />
    </>
  );
}
