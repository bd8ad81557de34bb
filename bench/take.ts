/** Row 4: from one agent's press of Take to the pixels in front of another, with four more listening. */
import { portsOn } from '@switchboard/functions/testing';
import { quietly } from '../tests/support/data/clients.ts';
import { measure, required } from './lib/row.ts';
import { COLLEAGUES, findConversation, openColleagues } from './take/colleagues.ts';
import { judge, takeAndPutBack } from './take/screens.ts';

await measure(async (asked) => {
  quietly();
  const { db } = portsOn(required('GCLOUD_PROJECT'));
  const colleagues = await openColleagues(db);
  const takes = await takeAndPutBack(await findConversation(db), asked.rounds);
  const changes = colleagues.changes();
  await colleagues.stop();
  return {
    ...judge(takes, 150),
    setting: `${takes.seen.length} times Take and back; two desktops in Chromium ${takes.version}, ${COLLEAGUES.length} more agents listening to their lists through the web SDK (${changes} snapshots)`,
  };
});
