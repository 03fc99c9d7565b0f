import { chromium } from 'playwright-core';
const [login, lang, theme, size, ...paths] = process.argv.slice(2);
const [w, h] = size.split('x').map(Number);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=swiftshader', '--enable-unsafe-swiftshader'],
});
const page = await (
  await browser.newContext({ viewport: { width: w, height: h }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
).newPage();
page.on('console', (m) => m.type() === 'error' && console.log('console', m.text().slice(0, 300)));
await page.addInitScript(
  ([l, t]) => {
    localStorage.setItem('huangge.language', l);
    localStorage.setItem('huangge.theme', t);
  },
  [lang, theme],
);
const base = 'http://127.0.0.1:8450';
await page.goto(base + '/desk/sign-in');
await page.locator('input').first().fill(login);
await page.locator('input[type=password]').fill('huangge-demo-2026');
await page.keyboard.press('Enter');
await page.waitForURL((u) => !u.pathname.includes('sign-in'), { timeout: 20000 });
for (const path of paths) {
  const t0 = Date.now();
  await page.goto(base + path);
  await page.waitForTimeout(3500);
  const name = `/tmp/shots-k/${login}-${lang}-${theme}-${w}-${path.replace(/[^a-z0-9_]+/gi, '_').slice(0, 60)}`;
  await page.screenshot({ path: name + '.png' });
  const flow = page.locator('.page-flow').first();
  if (await flow.count()) {
    const full = await flow.evaluate((e) => e.scrollHeight);
    if (full > h && process.env.FULL) {
      await page.setViewportSize({ width: w, height: Math.min(5000, full + 120) });
      await page.waitForTimeout(1500);
      await page.screenshot({ path: name + '-full.png' });
      await page.setViewportSize({ width: w, height: h });
    }
  }
  console.log(name, Date.now() - t0);
}
await browser.close();
