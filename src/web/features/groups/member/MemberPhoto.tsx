import { useEffect, useState } from 'react';
import { memberPhoto } from '#web/app/group-api.ts';

/** A photo of the group: fetched with the member's key, since its address alone opens nothing. */
export function MemberPhoto({
  groupId,
  id,
  size,
  alt,
}: {
  groupId: string;
  id: string;
  size: 'full' | 'thumb';
  alt: string;
}) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const stop = new AbortController();
    let made: string | undefined;
    memberPhoto(groupId, id, size, stop.signal).then(
      (blob) => {
        made = URL.createObjectURL(blob);
        if (stop.signal.aborted) URL.revokeObjectURL(made);
        else setAddress(made);
      },
      () => undefined,
    );
    return () => {
      stop.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [groupId, id, size]);
  return <img src={address} alt={alt} className={size === 'full' ? 'photo-large' : undefined} />;
}
