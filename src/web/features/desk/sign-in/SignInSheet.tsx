import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useRef } from 'react';
import { meQuery } from '#web/app/me.ts';
import { ProblemError } from '#web/app/problem.ts';
import { endWait, useIsSignInWanted } from '#web/app/sign-in-gate.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { SignInForm } from './SignInForm.tsx';
import './sign-in.css';

/** Lies over any page whose session has ended; the page below keeps all it holds. */
export function SignInSheet() {
  const t = useText(desk).signIn;
  const wanted = useIsSignInWanted();
  const client = useQueryClient();
  const before = useRef<string | null>(null);
  const known = client.getQueryData(meQuery.queryKey)?.account?.id;
  if (known !== undefined) before.current ??= known;
  if (!wanted) return null;
  return (
    <Modal open title={t.again} footer={null} onCancel={() => endWait(refusal())} width={420} maskClosable={false}>
      <p className="quiet">{t.againHint}</p>
      <SignInForm
        returnTo={location.pathname + location.search}
        onDone={(me) => {
          // Somebody else must not send what the person before began.
          if (before.current !== null && before.current !== me.id) location.reload();
          else endWait();
        }}
      />
    </Modal>
  );
}

function refusal(): ProblemError {
  return new ProblemError({ code: 'session_expired', status: 401, detail: '', requestId: null, data: {} });
}
