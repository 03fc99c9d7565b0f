import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { setCsrfToken } from '#web/app/session.ts';
import { sessionApi } from '#web/field/field-api.ts';
import { enter, refresh } from '#web/field/field-app.ts';

export interface SignIn {
  login: string;
  password: string;
  code: string;
  /** Set while the second factor is asked for. */
  pendingToken: string | null;
  busy: boolean;
  error: unknown;
  set(part: Partial<Pick<SignIn, 'login' | 'password' | 'code'>>): void;
  submit(as?: { login: string; password: string }): Promise<void>;
  startOver: () => void;
}

/** Password, then the second factor where there is one. Afterwards whoever signed in holds the phone. */
export function useSignIn(firstLogin = ''): SignIn {
  const [state, setState] = useState({
    login: firstLogin,
    password: '',
    code: '',
    pendingToken: null as string | null,
    busy: false,
    error: undefined as unknown,
  });
  const change = (part: Partial<typeof state>): void => setState((before) => ({ ...before, ...part }));
  const submit = async (as?: { login: string; password: string }): Promise<void> => {
    change({ busy: true, error: undefined });
    try {
      const answer =
        state.pendingToken === null || as !== undefined
          ? await call(sessionApi.signIn, {
              body: { login: as?.login ?? state.login, password: as?.password ?? state.password, face: 'field' },
            })
          : await call(sessionApi.confirmSignIn, {
              body: { pendingToken: state.pendingToken, code: state.code.replaceAll(' ', '') },
            });
      if (answer.state === 'second_factor_needed') {
        change({ busy: false, pendingToken: answer.pendingToken, code: '' });
        return;
      }
      setCsrfToken(answer.csrfToken);
      const who = await call(sessionApi.me, {});
      setCsrfToken(who.csrfToken);
      if (who.account !== null) await enter(who.account);
      void refresh();
    } catch (error) {
      change({ busy: false, error });
    }
  };
  return {
    ...state,
    set: change,
    submit,
    startOver: () => change({ pendingToken: null, code: '', password: '', error: undefined }),
  };
}
