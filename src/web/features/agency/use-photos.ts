import { useRef, useState } from 'react';
import type { AttachmentKind } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import { uploadPhoto } from '#web/app/upload.ts';
import type { PickedPhoto } from '#web/ui/light/PhotoPicker.tsx';

interface Photo extends PickedPhoto {
  claim: { id: string; token: string } | null;
}

export interface Photos {
  list: readonly Photo[];
  add: (blobs: readonly Blob[]) => void;
  remove: (key: string) => void;
  /** Some are still on their way. */
  waiting: boolean;
  /** Why the last one was not taken; undefined when all went well. */
  error: unknown;
}

/** Photos are sent as soon as they are chosen; what remains are their claims. */
export function usePhotos(kind: AttachmentKind): Photos {
  const [list, setList] = useState<readonly Photo[]>([]);
  const [error, setError] = useState<unknown>();
  const gone = useRef(new Set<string>());
  const change = (key: string, part: Partial<Photo>): void =>
    setList((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const send = async (photo: Photo): Promise<void> => {
    try {
      const { id, token } = await uploadPhoto(photo.blob, kind, 'resident');
      if (!gone.current.has(photo.key)) change(photo.key, { state: 'done', claim: { id, token } });
    } catch (failure) {
      change(photo.key, { state: 'kept' });
      setError(failure);
    }
  };
  return {
    list,
    error,
    waiting: list.some((one) => one.state === 'uploading'),
    add(blobs) {
      const fresh = blobs.map((blob): Photo => ({ key: uuidV7(), blob, state: 'uploading', claim: null }));
      setError(undefined);
      setList((now) => [...now, ...fresh]);
      for (const photo of fresh) void send(photo);
    },
    remove(key) {
      gone.current.add(key);
      setError(undefined);
      setList((now) => now.filter((one) => one.key !== key));
    },
  };
}
