/** Row 10 again: Lighthouse on the inbox of somebody who is signed in. */
import { judge, openProfile, versionOf } from './lib/lighthouse.ts';
import { measure, required } from './lib/row.ts';
import { enter } from './lib/screen.ts';

await measure(async () => {
  const url = required('SWITCHBOARD_URL');
  const profile = await openProfile();
  const { context, port } = profile;
  const page = await context.newPage();
  await enter(page, 'jonas', url);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.close();
  const found = await judge('inbox', { url: `${url}/inbox/mine`, port, keepStorage: true });
  const version = versionOf(profile);
  await profile.close();
  return {
    ...found,
    setting: `${found.setting} on mobile with simulated throttling; signed in, the demo workspace, the emulators' build behind the hosting emulator; Chromium ${version}`,
  };
});
