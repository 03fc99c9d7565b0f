import * as z from 'zod';
import { none, type Route } from './route.ts';

/**
 * Open311 GeoReport v2: JSON and XML for other programs, outside /api because the standard fixes the addresses. All are
 * raw: server/http/open311.ts serves them, docs/open311.md describes them. Whoever sends a report or an update shows an
 * API key (a token of identity) as a field of the form, so these routes are `public` here and ask for the key themselves.
 */
const text = z.string().optional();
const jurisdiction = { jurisdiction_id: text.describe('本安装的名称或主机名；可省略') };
const format = z.object({ format: z.enum(['json', 'xml']) });
const file = z.object({ file: z.string().max(120).describe('编号加 .json 或 .xml') });
const paging = {
  page: z.string().optional().describe('从 1 起；超过末页得到空列表'),
  page_size: z.string().optional().describe('1 至 1000，默认 1000'),
};
const span = {
  start_date: z.string().optional().describe('须带时区'),
  end_date: z.string().optional().describe('须带时区；跨度不超过 90 天'),
};
const author = { email: text, first_name: text, last_name: text, phone: text };

const requestForm = z.looseObject({
  api_key: z.string(),
  ...jurisdiction,
  service_code: z.string(),
  lat: text,
  long: text,
  address_string: text,
  address_id: text.describe('区划代码'),
  description: text.describe('不超过 4000 字'),
  media_url: text.describe('只作为文字保存，不去读取'),
  device_id: text,
  account_id: text,
  ...author,
});

const updateForm = z.looseObject({
  api_key: z.string(),
  ...jurisdiction,
  update_id: z.string(),
  service_request_id: z.string(),
  status: text,
  description: z.string(),
  updated_datetime: text,
  media_url: text,
  ...author,
});

const read = {
  method: 'GET',
  permission: 'public',
  params: format,
  query: z.object(jurisdiction),
  body: none,
  response: z.unknown(),
  raw: 'download',
  perMinute: 120,
} as const;
const send = {
  method: 'POST',
  permission: 'public',
  params: format,
  query: none,
  response: z.unknown(),
  raw: 'form',
  perMinute: 120,
} as const;

function endpoint<B extends '/open311/v2' | '/open311/test/v2'>(base: B, note: string) {
  return {
    services: { ...read, path: `${base}/services.:format`, summary: `Open311 服务类别${note}` },
    service: { ...read, path: `${base}/services/:file`, summary: `Open311 服务类别的附加字段${note}`, params: file },
    requests: {
      ...read,
      path: `${base}/requests.:format`,
      summary: `Open311 请求列表${note}`,
      query: z.object({
        ...jurisdiction,
        service_request_id: z.string().optional().describe('逗号分隔，最多 100 个'),
        service_code: z.string().optional().describe('逗号分隔'),
        status: z.string().optional().describe('open、closed，逗号分隔'),
        ...span,
        ...paging,
      }),
    },
    request: { ...read, path: `${base}/requests/:file`, summary: `Open311 单个请求${note}`, params: file },
    token: { ...read, path: `${base}/tokens/:file`, summary: `Open311 由令牌查请求编号${note}`, params: file },
    updates: {
      ...read,
      path: `${base}/servicerequestupdates.:format`,
      summary: `Open311 进展列表（FixMyStreet 扩展）${note}`,
      query: z.object({ ...jurisdiction, api_key: text, ...span, ...paging }),
    },
    report: { ...send, path: `${base}/requests.:format`, summary: `Open311 上报${note}`, body: requestForm },
    update: {
      ...send,
      path: `${base}/servicerequestupdates.:format`,
      summary: `Open311 追加进展，记为备注，不改变状态${note}`,
      body: updateForm,
    },
  } as const satisfies Record<string, Route>;
}

export const open311Routes = endpoint('/open311/v2', '');
/** The same with one difference: what is sent is answered truly and then rolled back. */
export const open311TestRoutes = endpoint('/open311/test/v2', '（测试端点：写入即撤销）');
export const open311Around = {
  discovery: { ...read, path: '/open311/discovery.:format', summary: 'Open311 服务发现' },
  media: { ...read, path: '/open311/v2/media/:file', summary: 'Open311 已公开的照片', params: file, perMinute: 600 },
} as const satisfies Record<string, Route>;
