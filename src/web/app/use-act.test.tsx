// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { useAct } from './use-act.ts';

function wrapper({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

/** An act that notes the ids it was given and fails while told so. */
function setUp() {
  const ids: string[] = [];
  const server = { fails: false };
  const { result } = renderHook(
    () =>
      useAct((_: unknown, opId) => {
        ids.push(opId);
        return server.fails ? Promise.reject(new Error('lost')) : Promise.resolve(opId);
      }),
    { wrapper },
  );
  const run = (input: unknown) =>
    act(async () => {
      await result.current.mutateAsync(input).catch(() => undefined);
    });
  return { ids, server, run };
}

describe('the id of an intention', () => {
  it('stays while the same is sent again, and is new after success', async () => {
    const { ids, server, run } = setUp();
    server.fails = true;
    await run({ name: 'a' });
    server.fails = false;
    await run({ name: 'a' });
    await run({ name: 'a' });
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('is new for other input', async () => {
    const { ids, server, run } = setUp();
    server.fails = true;
    await run({ name: 'a' });
    await run({ name: 'b' });
    expect(ids[1]).not.toBe(ids[0]);
  });

  it('exists for acts without input', async () => {
    const { ids, run } = setUp();
    await run(undefined);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
