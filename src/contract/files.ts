import * as z from 'zod';
import { lat, lon, none, uuid, type Route } from './route.ts';
import { attachmentKinds } from './events-words.ts';

export const uploadResult = z.object({
  id: uuid,
  /** Whoever holds it may attach the photo to a report; needed for anonymous uploads. */
  token: z.string(),
  /** SHA-256 (hex) of the bytes received: the phone compares it with its own before it forgets the photo. */
  sha256: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  /** Where the photo says it was taken; offered to the reporter, then forgotten: the stored photo has no metadata. */
  position: z.object({ lon, lat }).nullable(),
});

const uploadQuery = z.object({ kind: z.enum(attachmentKinds).default('report') });
const photoQuery = z.object({ size: z.enum(['full', 'thumb']).default('full') });

export const filesRoutes = {
  publicUpload: {
    method: 'POST',
    path: '/api/public/uploads',
    permission: 'public',
    summary: '上传照片（居民，免登录）：JPEG、PNG、WebP，不超过 20 MB',
    params: none,
    query: uploadQuery,
    body: none,
    response: uploadResult,
    raw: 'upload',
    perMinute: 40,
  },
  upload: {
    method: 'POST',
    path: '/api/uploads',
    permission: 'signed_in',
    summary: '上传照片（工作人员）',
    params: none,
    query: uploadQuery,
    body: none,
    response: uploadResult,
    raw: 'upload',
  },
  photo: {
    method: 'GET',
    path: '/api/attachments/:id',
    permission: 'event.read',
    summary: '事件照片（看得到事件的人）',
    params: z.object({ id: uuid }),
    query: photoQuery,
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
  receiptPhoto: {
    method: 'GET',
    path: '/api/public/receipts/:secret/photos/:id',
    permission: 'public',
    summary: '回执上的照片',
    params: z.object({ secret: z.string().min(20).max(100), id: uuid }),
    query: photoQuery,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 240,
  },
} as const satisfies Record<string, Route>;
