/** Row 10: Lighthouse on the sign-in of the production build. `BENCH_DIST` is that build. */
import { serve } from './lib/hosting.ts';
import { judge, openProfile, versionOf } from './lib/lighthouse.ts';
import { measure, required } from './lib/row.ts';

await measure(async () => {
  const hosting = await serve(required('BENCH_DIST'));
  const profile = await openProfile();
  const { port } = profile;
  const found = await judge('sign-in', { url: hosting.url, port, keepStorage: false });
  const version = versionOf(profile);
  await profile.close();
  hosting.close();
  return {
    ...found,
    setting: `${found.setting} on mobile with simulated throttling; the production build with firebase.json's headers, gzip; Chromium ${version}`,
  };
});
