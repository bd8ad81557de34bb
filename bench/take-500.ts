/** Row 4, second half: Take as in `take`, with 494 more agents whose inboxes are open. */
import { setTimeout as wait } from 'node:timers/promises';
import { portsOn } from '@switchboard/functions/testing';
import { quietly } from '../tests/support/data/clients.ts';
import { measure, now, required, type Figure } from './lib/row.ts';
import { findConversation, openColleagues } from './take/colleagues.ts';
import { gatherCrowd, type Crowd } from './take/crowd.ts';
import { judge, takeAndPutBack } from './take/screens.ts';

const MORE = 494;
/** How long the last of them may take to have heard of the last Take, ms. */
const PATIENCE = 20_000;

/** Inboxes that did not see the conversation leave and come back as often as it did. */
async function behind(crowd: Crowd, moves: number): Promise<number> {
  const deadline = now() + PATIENCE;
  for (;;) {
    const missing = (await crowd.moves()).filter((seen) => seen !== moves).length;
    if (missing === 0 || now() > deadline) return missing;
    await wait(200);
  }
}

/** So many Takes before the eyes of a crowd, and how many of it missed one. */
async function among(crowd: Crowd, conversationId: string, rounds: number) {
  const takes = await takeAndPutBack(conversationId, rounds);
  const missed: Figure = {
    name: 'of the others: missed a Take or its return',
    value: await behind(crowd, 2 * takes.made),
    unit: '',
    goal: 0,
  };
  return { takes, missed };
}

await measure(async (asked) => {
  quietly();
  const { db } = portsOn(required('GCLOUD_PROJECT'));
  const conversationId = await findConversation(db);
  const colleagues = await openColleagues(db);
  const started = now();
  const crowd = await gatherCrowd(db, MORE, conversationId);
  const gathered = now() - started;
  const { takes, missed } = await among(crowd, conversationId, asked.rounds).finally(crowd.leave);
  await colleagues.stop();
  const { figures, samples } = judge(takes, 500);
  return {
    figures: [...figures, missed],
    samples,
    setting: `${takes.seen.length} times Take and back; two desktops in Chromium ${takes.version}, four colleagues, and ${MORE} agents of the same team with their inboxes open through the web SDK, a client each, in ${crowd.processes} processes (all listening after ${Math.round(gathered / 1000)} s)`,
  };
});
