import sharp from 'sharp';
import type { FileStore } from '#server/files/file-store.ts';
import { preparePhoto, type PreparedPhoto } from '#server/files/photo.ts';
import type { MemoryCase, MemoryPhoto } from '../history/perform.ts';
import { drawScene, sceneOf } from './scenes.ts';

/** A stored picture, and what the table of attachments says of it. */
export interface Picture {
  photo: Omit<PreparedPhoto, 'full' | 'thumb'>;
  bytes: number;
  storageKey: string;
}

/** Columns of `attachment` that every picture fills, whatever it belongs to. */
export const pictureColumns = {
  kind: 'text',
  sha256: 'bytea',
  stored_sha256: 'bytea',
  mime: 'text',
  bytes: 'int',
  width: 'int',
  height: 'int',
  storage_key: 'text',
} as const;

/** What stands in them. */
export function pictureRow(kind: string, { photo, bytes, storageKey }: Picture) {
  return {
    kind,
    sha256: photo.sha256,
    stored_sha256: photo.storedSha256,
    mime: 'image/jpeg',
    bytes,
    width: photo.width,
    height: photo.height,
    storage_key: storageKey,
  };
}

export type Pictures = ReadonlyMap<string, Picture>;

/** Name of the picture of a photo: many events share one. */
export function pictureKey({ scene, kind }: Pick<MemoryPhoto, 'scene' | 'kind'>): string {
  return `${sceneOf(scene)} ${kind}`;
}

/** Draws each needed picture once and keeps it like any other photo. */
export async function storePhotos(files: FileStore, cases: readonly MemoryCase[]): Promise<Pictures> {
  const wanted = new Map(cases.flatMap(({ photos }) => photos.map((photo) => [pictureKey(photo), photo] as const)));
  const pictures = new Map<string, Picture>();
  for (const [key, { scene, kind }] of wanted) {
    pictures.set(key, await keepPicture(files, drawScene(sceneOf(scene), kind)));
  }
  return pictures;
}

/** Keeps a drawing like any other photo. */
export async function keepPicture(files: FileStore, svg: string): Promise<Picture> {
  const drawn = await sharp(Buffer.from(svg)).jpeg({ quality: 78 }).toBuffer();
  const { full, thumb, ...photo } = await preparePhoto(drawn);
  const digest = photo.storedSha256.toString('hex');
  const storageKey = `photos/${digest.slice(0, 2)}/${digest}`;
  await files.put(`${storageKey}.jpg`, full);
  await files.put(`${storageKey}.thumb.jpg`, thumb);
  return { photo, bytes: full.length, storageKey };
}
