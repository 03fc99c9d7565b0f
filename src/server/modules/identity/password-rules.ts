import { AppError } from '#kit/errors.ts';

export const shortestPassword = 10;

/** Beginnings and wholes that attackers try first, without case, digits at the end and signs. Ten characters or more after padding. */
const common = new Set(
  (
    'password passw0rd p@ssw0rd qwertyuiop qwerty qwertyui asdfghjkl asdfgh zxcvbnm zxcvbn 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t ' +
    'qazwsxedc qazwsx abcdefghij abcdefgh abcdef abc iloveyou letmein welcome administrator admin administrators root superuser ' +
    'changeme default guest monkey dragon football baseball sunshine princess trustno woaini woaiwojia woaizhongguo zhongguo beijing ' +
    'shanghai chongqing huangge wangge test testtest user login master secret asdasdasd qweasdzxc qweqweqwe aaaaaa q1w2e3r4 q1w2e3r4t5'
  ).split(' '),
);

/** What is wrong with this password, or null. Lengths count code points. */
export function passwordProblem(password: string, login: string): string | null {
  const length = [...password].length;
  if (length < shortestPassword) return `it has ${length} characters`;
  const plain = password.toLowerCase();
  if (plain === login || (login.length >= 4 && plain.includes(login.toLowerCase()))) return 'it contains the login';
  if (new Set(plain).size < 5) return 'it repeats the same few characters';
  if (isRun(plain)) return 'it is a run of neighbouring characters';
  const core = plain.replace(/[^a-z]+$/, '').replace(/^[^a-z0-9]+/, '');
  if (common.has(plain) || common.has(core) || common.has(plain.replace(/[^a-z0-9]/g, '')))
    return 'it is among the passwords tried first';
  return null;
}

/** @throws AppError password_too_weak, saying the whole rule. */
export function assertPassword(password: string, login: string): void {
  const problem = passwordProblem(password, login);
  if (problem === null) return;
  throw new AppError(
    'password_too_weak',
    `Expected at least ${shortestPassword} characters, at least 5 different ones, without the login in it, neither a run nor a common password; ` +
      `found that ${problem}. A sentence of four words is good.`,
    { shortest: shortestPassword, problem },
  );
}

function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const regular = steps.filter((step) => step === 1 || step === -1).length;
  return regular >= steps.length - 1; // 1234567890 breaks its run once, between 9 and 0
}
