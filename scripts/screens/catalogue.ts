/**
 * Every screen there is, in every state it can be in. Pictures (`npm run screens`), checks
 * (`tests/e2e/screens.spec.ts`) and the table in `docs/screens.md` are made from this list: what is not
 * in it is not looked at.
 */
import { expect } from '@playwright/test';
import type { Size, Stage, Who } from './stage.ts';

export interface State {
  readonly name: string;
  /** Whose screen it is. */
  readonly who: Who;
  /** Sizes at which it exists; left out: phone, small and desktop. */
  readonly sizes?: readonly Size[];
  /** The drawing, where it is another than the screen's; `null` where there is none. */
  readonly drawing?: string | null;
  /** How it differs from the drawing, beside what is said of the screen, and why. */
  readonly differs?: string;
  /** Also looked at in the other languages. */
  readonly spoken?: true;
  /** Brings it about, from any page. */
  readonly show: (at: Stage) => Promise<void>;
  /** Undoes what `show` changed in the workspace. */
  readonly after?: (at: Stage) => Promise<void>;
}

export interface Screen {
  readonly name: string;
  /** The drawing of the design, by its name; `null` where there is none. */
  readonly drawing: string | null;
  /** How it differs from the drawing and why; one or two sentences, `''` where it does not. */
  readonly differs: string;
  readonly states: readonly State[];
}

const PHONE = ['phone', 'small'] as const;
const DESKTOP = ['desktop'] as const;
const ALL = ['phone', 'small', 'desktop', 'narrow'] as const;

const signIn: Screen = {
  name: 'Sign in',
  drawing: '13-signin',
  differs:
    'No Google button, since signing in by Google is not built; a line says what a person of the demo does, not figures that are true for a minute.',
  states: [
    {
      name: 'ready',
      who: 'nobody',
      spoken: true,
      async show(at) {
        await at.open('/signin');
        await at.page.getByRole('button', { name: /\b9\b/ }).waitFor();
      },
    },
    {
      name: 'every colleague of the demo',
      differs: 'Three are drawn; the others come when asked for, so that every team can be tried.',
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.page.getByRole('button', { name: /\b9\b/ }).click();
      },
    },
    {
      name: 'something left out',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.press('session.signIn');
        await at.sees('session.failures.incomplete.title');
      },
    },
    {
      name: 'wrong password',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.fillSignIn('jonas@demo.test', 'switch');
        await at.press('session.signIn');
        await at.sees('session.failures.wrong-password.title');
      },
    },
    {
      name: 'too many attempts',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.fault(/signInWithPassword/, 400, {
          error: { code: 400, message: 'TOO_MANY_ATTEMPTS_TRY_LATER' },
        });
        await at.fillSignIn('jonas@demo.test', 'switchboard');
        await at.press('session.signIn');
        await at.sees('session.failures.too-many.title');
      },
    },
    {
      name: 'signing in',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.silence(/signInWithPassword/);
        await at.fillSignIn('jonas@demo.test', 'switchboard');
        await at.press('session.signIn');
      },
    },
    {
      name: 'offline',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.fillSignIn('jonas@demo.test', 'switchboard');
        await at.offline();
        await at.press('session.signIn');
        await at.sees('session.failures.offline.title');
      },
    },
    {
      name: 'our failure',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.fault(/signInWithPassword/, 500, { error: { code: 500, message: 'INTERNAL' } });
        await at.fillSignIn('jonas@demo.test', 'switchboard');
        await at.press('session.signIn');
        await at.sees('session.failures.failed.title');
      },
    },
    {
      name: 'denied: switched off',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.open('/signin');
        await at.fault(/signInWithPassword/, 400, {
          error: { code: 400, message: 'USER_DISABLED' },
        });
        await at.fillSignIn('jonas@demo.test', 'switchboard');
        await at.press('session.signIn');
        await at.sees('session.failures.deactivated.title');
      },
    },
    {
      name: 'denied: signed out by an admin',
      drawing: null,
      who: 'nadia',
      async show(at) {
        await at.list('/inbox/queue');
        await at.world.call('ravi', 'people', { type: 'deactivate', uid: 'nadia' });
        await at.sees('session.ended.title');
      },
      async after(at) {
        await at.world.call('ravi', 'people', { type: 'reactivate', uid: 'nadia' });
        await at.signIn('nadia');
      },
    },
  ],
};

const shell: Screen = {
  name: 'Frame of the app',
  drawing: null,
  differs: '',
  states: [
    {
      name: 'loading',
      who: 'jonas',
      async show(at) {
        await at.uninstall();
        await at.withhold(/\/assets\/inbox-.*\.js/, 'silent');
        await at.open('/inbox/mine');
        await expect(at.page.getByText(at.t('app.starting'))).toBeAttached();
      },
    },
    {
      name: 'our failure: a part does not load',
      differs:
        'A notice is drawn floating; here it stands in the flow, so that it covers no control.',
      who: 'ravi',
      async show(at) {
        await at.uninstall();
        await at.list('/inbox/all');
        await at.withhold(/\/assets\/.*\.(js|css)/, 'lost');
        await at.page
          .getByRole('link', { name: at.t('app.people') })
          .filter({ visible: true })
          .click();
        await at.sees('app.notLoaded');
      },
    },
    {
      name: 'a notice that can be taken back',
      differs:
        'A notice is drawn floating; here it stands in the flow, so that it covers no control. It goes when something else came after.',
      who: 'jonas',
      async show(at) {
        await at.conversation('Abdou Diallo', 'queue');
        await at.press('conversation.action.take');
        await expect(at.reply()).toBeEditable();
        await at.act('release');
        await at.sees('conversation.done.released');
        // With the focus in it the notice stays.
        await at.button('conversation.action.undo').focus();
      },
    },
    {
      name: 'a new version',
      differs:
        'A notice is drawn floating; here it stands in the flow, so that it covers no control. It stays until it is closed, and reloads nothing by itself.',
      who: 'dana',
      async show(at) {
        await at.list('/inbox/queue');
        await at.release();
        await at.sees('app.newVersion');
      },
      after: (at) => at.uninstall(),
    },
    {
      name: 'You',
      who: 'jonas',
      spoken: true,
      async show(at) {
        await at.list('/inbox/mine');
        await at.page
          .getByRole('button', { name: `${at.t('app.you')}, Jonas` })
          .filter({ visible: true })
          .click();
        await at.sees('you.signOutHint');
      },
    },
    {
      name: 'Keys',
      who: 'jonas',
      sizes: DESKTOP,
      async show(at) {
        await at.list('/inbox/mine');
        await at.page.keyboard.press('?');
        await at.sees('inbox.keys.move');
      },
    },
  ],
};

/** The states that every list has. */
const listStates = (list: 'mine' | 'queue' | 'team' | 'all', who: Who): readonly State[] => [
  {
    name: 'loading',
    who,
    drawing: 'states',
    async show(at) {
      await at.newDevice();
      await at.silence();
      await at.open(`/inbox/${list}`);
      await expect(at.page.getByText(at.t('inbox.loading'))).toBeAttached();
    },
  },
  {
    name: 'our failure',
    differs:
      'A failure of the whole channel is drawn; a list that cannot be read says so and can be tried again.',
    who,
    drawing: 'states',
    async show(at) {
      await at.newDevice();
      await at.garble('conversations');
      await at.open(`/inbox/${list}`);
      await at.sees('inbox.state.failed');
    },
  },
  {
    name: 'denied',
    differs: 'Names nobody to ask, since a list belongs to nobody; it says who can change that.',
    who,
    drawing: 'states',
    async show(at) {
      await at.newDevice();
      await at.judgedAs('priya');
      await at.open(`/inbox/${list}`);
      await at.sees('inbox.state.denied');
    },
  },
  {
    name: 'offline',
    differs:
      'Nothing waits to be sent, because there is no outbox yet; one sentence says what cannot be done until then.',
    who,
    drawing: '01b-inbox-offline',
    async show(at) {
      await at.list(`/inbox/${list}`);
      await at.offline();
      await at.sees('inbox.offlineText');
    },
  },
];

const mine: Screen = {
  name: 'Mine',
  drawing: '01-inbox',
  differs:
    'Load, shift, search, filter, new chat, labels and swipe come with their capabilities. Without targets nothing is due: the ring counts the wait, and the longest waiting is first. A row shows that our last message was read or failed, not that it was delivered: each change of a row is billed to everybody who has it in a list, and the thread has every mark. On a desktop: 07-desktop-agent.',
  states: [
    { name: 'ready', who: 'jonas', sizes: ALL, spoken: true, show: (at) => at.list('/inbox/mine') },
    ...listStates('mine', 'jonas').map((state) => ({ ...state, spoken: true as const })),
    {
      name: 'offline, nothing kept',
      differs: 'Rows are drawn; where none are kept, it says why and when they come.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.silence();
        await at.open('/inbox/mine');
        await expect(at.page.getByText(at.t('inbox.loading'))).toBeAttached();
        await at.offline();
        await at.sees('inbox.state.offline');
      },
    },
    {
      name: 'online, the server does not answer',
      differs:
        'Drawn only with Live. For ten seconds the light says as of when the rows are; then it counts as offline.',
      who: 'jonas',
      sizes: ['phone', 'desktop'],
      async show(at) {
        await at.list('/inbox/mine');
        await at.unanswered();
        const light = at.t('inbox.truth.behind', { time: '' });
        await expect(at.page.getByText(light).filter({ visible: true }).first()).toBeVisible();
      },
    },
    {
      name: 'empty',
      differs: 'Also says how many wait in the queue of the own teams.',
      who: 'dana',
      drawing: 'states',
      async show(at) {
        await at.open('/inbox/mine');
        await at.sees('inbox.empty.mine');
        await at.button('inbox.empty.takeLongest').waitFor();
      },
    },
    {
      name: 'menu of a row',
      who: 'jonas',
      sizes: DESKTOP,
      drawing: null,
      async show(at) {
        await at.list('/inbox/mine');
        // Whoever is first: which rows a list draws depends on who else wrote in the meantime.
        await at.row().hover();
        await at.page
          .getByRole('button', { name: at.t('inbox.row.menu', { name: '' }).trim() })
          .filter({ visible: true })
          .first()
          .click();
      },
    },
  ],
};

const queue: Screen = {
  name: 'Queue',
  drawing: '01-inbox',
  differs:
    'Not drawn on its own: rows as in Mine, each with Take. At 320 px the time gives way to the name, since the ring says how long it is.',
  states: [
    {
      name: 'ready',
      who: 'jonas',
      sizes: ALL,
      spoken: true,
      show: (at) => at.list('/inbox/queue'),
    },
    ...listStates('queue', 'jonas'),
    {
      name: 'Take on its way',
      who: 'jonas',
      drawing: null,
      async show(at) {
        await at.list('/inbox/queue');
        await at.silence(/documents:commit/);
        await at.page.getByRole('button', { name: /^Take: Abdou/ }).click();
        await expect(at.page.getByText(at.t('inbox.row.taking'))).toBeVisible();
      },
    },
    {
      name: 'empty',
      who: 'emil',
      drawing: 'states',
      async show(at) {
        for (const id of await at.world.queueOf('billing'))
          await at.world.assign('ravi', id, { kind: 'agent', id: 'priya' });
        await at.open('/inbox/queue');
        await at.sees('inbox.empty.queue');
      },
      async after(at) {
        for (const name of ['Pilar Ortiz', 'Quentin Moreau']) {
          const id = await at.world.conversationId(name);
          await at.world.assign('ravi', id, { kind: 'team', id: 'billing' });
        }
      },
    },
  ],
};

const team: Screen = {
  name: 'Team',
  drawing: '01c-inbox-all',
  differs:
    'Open and resolved are chosen above the rows, because there is no filter yet; late and due soon come with targets, labels with their capability.',
  states: [
    { name: 'ready', who: 'jonas', spoken: true, show: (at) => at.list('/inbox/team') },
    {
      name: 'resolved',
      who: 'jonas',
      drawing: null,
      show: (at) => at.list('/inbox/team?show=resolved'),
    },
    ...listStates('team', 'jonas'),
    {
      name: 'empty',
      differs: 'Not drawn for a list of colleagues: in words as the two empties that are.',
      who: 'emil',
      drawing: 'states',
      async show(at) {
        await at.world.call('ravi', 'people', {
          type: 'setTeams',
          uid: 'emil',
          teams: [],
          allTeams: false,
        });
        await at.open('/inbox/team');
        await at.sees('inbox.empty.team');
      },
      after: (at) =>
        at.world.call('ravi', 'people', {
          type: 'setTeams',
          uid: 'emil',
          teams: ['billing'],
          allTeams: false,
        }),
    },
  ],
};

const all: Screen = {
  name: 'All',
  drawing: '01c-inbox-all',
  differs: 'As Team. Who has a team of their own and sees no other has no All.',
  states: [
    { name: 'ready', who: 'carmen', sizes: ALL, show: (at) => at.list('/inbox/all') },
    ...listStates('all', 'carmen'),
    {
      name: 'empty',
      differs:
        'As in Team. The demo has customers, so the server is asked for those of a team that there is not.',
      who: 'carmen',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.none('conversations');
        await at.open('/inbox/all');
        await at.sees('inbox.empty.all');
      },
    },
  ],
};

/** A customer who has never written. */
const NOTICED = 'Sol Vargas';

const DRAFT = 'Put a towel under it for now. Our van will be with you';

const conversation: Screen = {
  name: 'Conversation',
  drawing: '02-conversation',
  differs:
    'A voice note also has its speed; attaching, quick replies and speaking are not there yet. A failure also says when to try again, and keeps its code under Details. Names stand in full where first names are drawn: a name on WhatsApp is often none that divides, and two colleagues can share a first name. On a desktop: 07-desktop-agent, without labels, CRM, earlier cases and media in the panel; case and window keep their places of the phone, panel and strip, so that they are at the same place in every size. Enter sends and Shift Enter breaks the line, as in WhatsApp on a desktop; Ctrl or Cmd Enter, as drawn, sends too.',
  states: [
    {
      name: 'held by me, a reply being written',
      who: 'jonas',
      sizes: ALL,
      spoken: true,
      async show(at) {
        await at.conversation('Marta Oliveira');
        await at.reply().fill(DRAFT);
      },
    },
    {
      name: 'its earlier cases',
      differs:
        'One divider for each case; who resolved the one before stands above it as an event.',
      who: 'jonas',
      async show(at) {
        await at.conversation('Marta Oliveira');
        const marks = at.thread.getByText(/^Case #2/);
        await expect(async () => {
          await at.thread.evaluate((box) => (box.scrollTop = 0));
          await expect(marks.first()).toBeVisible({ timeout: 400 });
        }).toPass();
        await at.settled();
      },
    },
    {
      name: 'a note being written',
      differs: 'A mention is plain text until it notifies somebody.',
      who: 'jonas',
      drawing: '02b-conversation-note',
      spoken: true,
      async show(at) {
        await at.conversation('Marta Oliveira');
        await at.page.getByRole('radio', { name: at.t('conversation.composer.note') }).click();
        await at.page
          .getByRole('textbox', { name: at.t('conversation.composer.noteLabel') })
          .fill('Neighbour below has a stain: log as water damage, tell @Carmen');
      },
      after: (at) =>
        at.page.getByRole('textbox', { name: at.t('conversation.composer.noteLabel') }).fill(''),
    },
    {
      name: 'quoting',
      drawing: null,
      who: 'jonas',
      async show(at) {
        await at.conversation('Rosa Delgado');
        await at.messageMenu('Wednesday, any time after 11');
        await at.page.getByRole('menuitem', { name: at.t('conversation.message.quote') }).click();
        await at.button('conversation.composer.unquote').waitFor();
      },
    },
    {
      name: 'menu of a message',
      drawing: null,
      who: 'jonas',
      async show(at) {
        await at.conversation('Rosa Delgado');
        await at.messageMenu('Wednesday, any time after 11');
      },
    },
    {
      name: 'menu of actions',
      drawing: null,
      who: 'jonas',
      async show(at) {
        await at.conversation('Rosa Delgado');
        await at.press('conversation.more');
        await at.page.getByRole('menuitem').first().waitFor();
      },
    },
    {
      name: 'a reply without an answer',
      drawing: null,
      who: 'jonas',
      async show(at) {
        await at.conversation('Rosa Delgado');
        await at.page.route(/documents:commit/, (route) => route.abort());
        await at.reply().fill('The technician rings ten minutes before');
        await at.press('conversation.composer.send');
        await at.sees('conversation.refused.sendUnknown');
      },
      after: (at) => at.reply().fill(''),
    },
    {
      name: 'nobody holds it',
      who: 'jonas',
      drawing: null,
      spoken: true,
      async show(at) {
        await at.conversation('Ivan Petrov', 'queue');
        await at.sees('conversation.composer.unheld');
      },
    },
    {
      name: 'Take on its way',
      who: 'jonas',
      drawing: null,
      async show(at) {
        await at.conversation('Ivan Petrov', 'queue');
        await at.silence(/documents:commit/);
        await at.press('conversation.action.take');
        await at.sees('conversation.cord.taking');
      },
    },
    {
      name: 'a colleague holds it',
      differs:
        'The forming draft, Ask to hand over and Take over come with collision prevention; the strip says who has it since when, and the note is open as drawn.',
      who: 'jonas',
      drawing: '03-collision',
      sizes: ALL,
      spoken: true,
      show: (at) => at.conversation('Bilal Aziz', 'team'),
    },
    {
      name: 'a colleague holds it, seen by a supervisor',
      differs: 'As an agent sees it, with Assign and Resolve instead of Take over.',
      who: 'carmen',
      drawing: '03-collision',
      show: (at) => at.conversation('Bilal Aziz', 'all'),
    },
    {
      name: 'given away while writing',
      who: 'jonas',
      drawing: null,
      spoken: true,
      async show(at) {
        const id = await at.world.conversationId('Mei Lin');
        await at.world.assign('carmen', id, { kind: 'agent', id: 'jonas' });
        await at.conversation('Mei Lin');
        await at.reply().fill('Thank you. Then the switch is');
        await at.world.assign('carmen', id, { kind: 'agent', id: 'ana' });
        await expect(at.page.getByText(at.t('conversation.away.kept')).first()).toBeVisible();
      },
      after: (at) => at.press('conversation.kept.discard'),
    },
    {
      name: 'window closed',
      differs:
        'There are no templates yet: instead of a picker it says since when nothing can be sent and until when, and the note is one press away. “No reply due” comes with targets; the window closes by the clock, which writes no event: pill, composer and panel say when.',
      who: 'jonas',
      drawing: '04-window-closed',
      spoken: true,
      async show(at) {
        await at.conversation('Peter Adeyemi');
        await at.page.getByRole('radio', { name: at.t('conversation.composer.reply') }).click();
      },
    },
    {
      name: 'window never opened',
      who: 'jonas',
      drawing: null,
      spoken: true,
      async show(at) {
        const id = await at.world.notice(NOTICED);
        await at.world.settle('jonas', id, 'reopen');
        await at.conversation(NOTICED);
        await at.sees('conversation.composer.windowNever', { name: NOTICED });
      },
      async after(at) {
        await at.world.settle('jonas', await at.world.notice(NOTICED), 'resolve');
      },
    },
    {
      name: 'resolved',
      who: 'jonas',
      drawing: null,
      async show(at) {
        await at.conversation('Lucas Meyer', 'team');
        await at.sees('conversation.composer.resolved');
      },
    },
    {
      name: 'loading',
      differs: 'Rows are drawn; these are the shapes of bubbles.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.silence();
        await at.address('Marta Oliveira');
        await expect(at.page.getByText(at.t('conversation.timeline.loading'))).toBeAttached();
      },
    },
    {
      name: 'our failure',
      differs: 'As in a list, with the way back.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        const id = await at.world.conversationId('Bilal Aziz');
        await at.newDevice();
        await at.garble(`conversations/${id}`);
        await at.address('Bilal Aziz');
        await at.sees('conversation.state.failed');
      },
    },
    {
      name: 'our failure: its messages',
      differs: 'Only the messages are missing: who holds it is there, and writing goes on.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.garble('timeline');
        await at.address('Marta Oliveira');
        await at.sees('conversation.timeline.failed');
      },
    },
    {
      name: 'denied',
      differs:
        'Names nobody to ask, since that would tell what the rules hide; it says who can move it.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.address('Pilar Ortiz');
        await at.sees('conversation.state.denied');
      },
    },
    {
      name: 'denied: no such conversation',
      differs: 'The same as another team’s: the rules do not tell the two apart.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.open('/inbox/mine/no-such-conversation');
        await at.sees('conversation.state.denied');
      },
    },
    {
      name: 'offline',
      differs:
        'There is no outbox yet: the text is kept, and the composer says that it was not sent.',
      who: 'jonas',
      drawing: '01b-inbox-offline',
      async show(at) {
        await at.conversation('Rosa Delgado');
        await at.reply().fill('The technician rings ten minutes before');
        await at.offline();
        await at.sees('conversation.composer.offline');
      },
      after: (at) => at.reply().fill(''),
    },
    {
      name: 'offline, not on this device',
      differs: 'As in a list, with the way back.',
      who: 'jonas',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.silence();
        await at.address('Marta Oliveira');
        await expect(at.page.getByText(at.t('conversation.timeline.loading'))).toBeAttached();
        await at.offline();
        await at.sees('conversation.state.offline');
      },
    },
  ],
};

const gallery: Screen = {
  name: 'Photos and files',
  drawing: null,
  differs:
    'Media of the panel, drawn as a line in 07-desktop-agent. On a phone a photo that is shown large leads here.',
  states: [
    {
      name: 'photos and videos',
      who: 'jonas',
      sizes: DESKTOP,
      async show(at) {
        await at.conversation('Marta Oliveira');
        await at.press('conversation.gallery.title');
        const dialog = at.page.getByRole('dialog', { name: at.t('conversation.gallery.title') });
        await dialog.getByRole('heading', { level: 3 }).first().waitFor();
        await at.settled();
      },
    },
    {
      name: 'voice notes',
      who: 'jonas',
      sizes: DESKTOP,
      async show(at) {
        await at.conversation('Marta Oliveira');
        await at.press('conversation.gallery.title');
        await at.page
          .getByRole('radio', { name: at.t('conversation.gallery.of.voice') })
          .check({ force: true });
        await at.page.getByRole('dialog').getByRole('slider').first().waitFor();
        await at.settled();
      },
    },
  ],
};

const assign: Screen = {
  name: 'Assign',
  drawing: '05-transfer',
  differs:
    'Assigns at once: limits, shifts, presence, the note and the offer that is accepted come with transfers, and so does the name Hand over.',
  states: [
    {
      name: 'to a colleague',
      who: 'carmen',
      spoken: true,
      async show(at) {
        await at.conversation('Bilal Aziz', 'all');
        await at.act('assign');
        await at.page.getByRole('radio', { name: /^Jonas/ }).check({ force: true });
      },
    },
    {
      name: 'to a team',
      who: 'carmen',
      async show(at) {
        await at.conversation('Bilal Aziz', 'all');
        await at.act('assign');
        await at.page.getByRole('radio', { name: at.t('conversation.assign.team') }).click();
        await at.page.getByRole('radio', { name: /^Sales/ }).check({ force: true });
      },
    },
    {
      name: 'loading',
      differs: 'Rows are drawn; these are the shapes of colleagues.',
      drawing: 'states',
      who: 'carmen',
      async show(at) {
        await at.newDevice();
        await at.conversation('Bilal Aziz', 'all');
        await at.silence();
        await at.act('assign');
        await expect(at.page.getByText(at.t('people.loading'))).toBeAttached();
      },
    },
    {
      name: 'offline',
      differs:
        'The button that opens it is closed offline and says why; here the connection went while it was open. What this device knows of colleagues stays.',
      drawing: null,
      who: 'carmen',
      async show(at) {
        await at.conversation('Bilal Aziz', 'all');
        await at.act('assign');
        await at.page.getByRole('radio', { name: /^Jonas/ }).check({ force: true });
        await at.offline();
        await at.press('conversation.assign.give', { name: 'Jonas Weber' });
        await at.page.getByRole('alert').waitFor();
      },
    },
    {
      name: 'our failure: the colleagues',
      differs: 'As in a list.',
      drawing: 'states',
      who: 'carmen',
      async show(at) {
        await at.newDevice();
        await at.garble('agents');
        await at.conversation('Bilal Aziz', 'all');
        await at.act('assign');
        await at.sees('people.failed.title');
      },
    },
    {
      name: 'our failure',
      drawing: null,
      who: 'carmen',
      async show(at) {
        await at.conversation('Bilal Aziz', 'all');
        await at.act('assign');
        await at.fault(/\/api\/command/, 500, {
          error: { status: 'INTERNAL', message: 'INTERNAL' },
        });
        await at.page.getByRole('radio', { name: /^Jonas/ }).check({ force: true });
        await at.press('conversation.assign.give', { name: 'Jonas Weber' });
        await at.page.getByRole('alert').waitFor();
      },
    },
  ],
};

const people: Screen = {
  name: 'People',
  drawing: '11b-onboarding-invite',
  differs:
    'The list of that step as a page of its own, where role, team and being switched off are changed; inviting, limits and hours come with the setup. It is never empty: whoever reads it is in it.',
  states: [
    { name: 'ready', who: 'ravi', sizes: ALL, spoken: true, show: (at) => at.people() },
    {
      name: 'loading',
      who: 'ravi',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.silence();
        await at.open('/people');
        await expect(at.page.getByText(at.t('people.loading'))).toBeAttached();
      },
    },
    {
      name: 'our failure',
      differs: 'As in a list.',
      who: 'ravi',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.garble('agents');
        await at.open('/people');
        await at.sees('people.failed.title');
      },
    },
    {
      name: 'offline',
      differs: 'The list stays readable; a banner says that changes need a connection.',
      who: 'ravi',
      drawing: 'states',
      async show(at) {
        await at.people();
        await at.offline();
        await at.sees('people.offline.kept');
      },
    },
    {
      name: 'denied',
      differs:
        'Whoever is no admin has no way here: their address leads to the inbox. It is seen where the server no longer takes an admin for one.',
      who: 'ravi',
      drawing: 'states',
      async show(at) {
        await at.newDevice();
        await at.judgedAs('nobody');
        await at.open('/people');
        await at.sees('people.denied.title');
      },
    },
    {
      name: 'a colleague',
      who: 'ravi',
      drawing: null,
      async show(at) {
        await at.people();
        await at.person('Ana Ruiz').click();
      },
    },
    {
      name: 'a supervisor',
      who: 'ravi',
      drawing: null,
      async show(at) {
        await at.people();
        await at.person('Carmen Ortega').click();
      },
    },
    {
      name: 'oneself',
      who: 'ravi',
      drawing: null,
      async show(at) {
        await at.people();
        await at.person('Ravi Anand').click();
      },
    },
    {
      name: 'switching somebody off',
      who: 'ravi',
      drawing: null,
      spoken: true,
      async show(at) {
        await at.people();
        await at.person('Ana Ruiz').click();
        await at.press('people.switchOff');
        await at.button('people.keep').waitFor();
      },
    },
    {
      name: 'somebody switched off',
      who: 'ravi',
      drawing: null,
      async show(at) {
        await at.world.call('ravi', 'people', { type: 'deactivate', uid: 'nadia' });
        await at.people();
        await at.sees('people.off');
        await at.person('Nadia Fox').click();
        await at.button('people.switchOn').waitFor();
      },
      after: (at) => at.world.call('ravi', 'people', { type: 'reactivate', uid: 'nadia' }),
    },
    {
      name: 'our failure: a change',
      drawing: null,
      who: 'ravi',
      async show(at) {
        await at.people();
        await at.person('Ana Ruiz').click();
        await at.fault(/\/api\/people/, 500, {
          error: { status: 'INTERNAL', message: 'INTERNAL' },
        });
        await at.page.getByRole('checkbox', { name: 'Sales' }).check({ force: true });
        await at.press('people.save');
        await at.page.getByRole('alert').waitFor();
      },
    },
  ],
};

const HOUR_MS = 3_600_000;
const LEDGER = /\/api\/ledger/;

/** What the server says of a day in which two hours brought something; `over`: what it says beside. */
function ledgerBook(over: object = {}): object {
  const at = Date.now();
  const nothing = { received: 0, repeated: 0, shown: 0, ignored: 0, parked: 0, waiting: 0 };
  const hours = Array.from({ length: 24 }, (_, ago) => ({
    ...nothing,
    ...(ago === 0 ? { received: 14, shown: 11, ignored: 2, repeated: 1 } : {}),
    ...(ago === 3 ? { received: 1284, shown: 1262, repeated: 22 } : {}),
    at: Math.floor(at / HOUR_MS) * HOUR_MS - ago * HOUR_MS,
  }));
  const sent = { written: 96, delivered: 88, failed: 2, waiting: 5, unknown: 1 };
  return {
    result: { code: 'ok', type: 'read', at, hours, sent, parked: [], parkedCount: 0, ...over },
  };
}

/** Items that wait for a person. */
const waitingItems = () => {
  const receivedAt = Date.now() - HOUR_MS;
  const item = { receivedAt, kind: 'message', field: 'messages', attempts: 1 };
  return {
    parked: [
      { ...item, id: 'i1', reason: 'unknown-number' },
      { ...item, id: 'i2', reason: 'processing-failed', attempts: 8 },
    ],
    parkedCount: 2,
  };
};

/** Opens the ledger where the server says this of it. */
async function openLedger(at: Stage, body: object, status = 200): Promise<void> {
  await at.fault(LEDGER, status, body);
  await at.open('/ledger');
}

const ledger: Screen = {
  name: 'Ledger',
  drawing: null,
  differs: '',
  states: [
    {
      name: 'everything is accounted for',
      who: 'ravi',
      sizes: ALL,
      spoken: true,
      async show(at) {
        await openLedger(at, ledgerBook());
        await at.sees('ledger.next.balanced');
      },
    },
    {
      name: 'items wait for a person',
      who: 'ravi',
      spoken: true,
      async show(at) {
        await openLedger(at, ledgerBook(waitingItems()));
        await at.sees('ledger.reason.processing-failed');
      },
    },
    {
      name: 'something is missing',
      who: 'ravi',
      async show(at) {
        const hour = { received: 9, repeated: 0, shown: 6, ignored: 0, parked: 0, waiting: 0 };
        const began = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
        await openLedger(at, ledgerBook({ hours: [{ ...hour, at: began }] }));
        await at.sees('ledger.next.missing');
      },
    },
    {
      name: 'empty',
      who: 'ravi',
      async show(at) {
        await openLedger(at, ledgerBook({ hours: [] }));
        await at.sees('ledger.next.empty');
      },
    },
    {
      name: 'loading',
      who: 'ravi',
      async show(at) {
        await at.silence(LEDGER);
        await at.open('/ledger');
        await expect(at.page.getByText(at.t('ledger.loading'))).toBeAttached();
      },
    },
    {
      name: 'our failure',
      who: 'ravi',
      async show(at) {
        await openLedger(at, { error: { status: 'INTERNAL', message: 'INTERNAL' } }, 500);
        await at.sees('ledger.failed.title');
      },
    },
    {
      name: 'denied',
      who: 'ravi',
      async show(at) {
        await openLedger(at, { result: { code: 'not-permitted' } });
        await at.sees('ledger.denied.title');
      },
    },
    {
      name: 'an item as it came',
      who: 'ravi',
      async show(at) {
        await openLedger(at, ledgerBook(waitingItems()));
        await at.button('ledger.parked.open').waitFor();
        const raw = JSON.stringify({ id: 'wamid.1', type: 'text', text: { body: 'Hello' } });
        await at.fault(LEDGER, 200, { result: { code: 'ok', type: 'open', raw, cut: false } });
        await at.press('ledger.parked.open');
        await at.page.getByRole('region', { name: at.t('ledger.raw.text') }).waitFor();
      },
    },
    {
      name: 'dismissing an item',
      who: 'ravi',
      spoken: true,
      async show(at) {
        await openLedger(at, ledgerBook(waitingItems()));
        await at.press('ledger.parked.dismiss');
        await at.button('ledger.dismiss.keep').waitFor();
      },
    },
  ],
};

/** Opens the alerts, of which there are at least two. */
async function openAlerts(at: Stage): Promise<void> {
  await at.world.news();
  await at.open('/alerts');
  await at.sees('alerts.cause.account-offboarded');
}

const alerts: Screen = {
  name: 'Alerts',
  drawing: null,
  differs: '',
  states: [
    { name: 'ready', who: 'ravi', sizes: ALL, spoken: true, show: openAlerts },
    {
      name: 'empty',
      who: 'ravi',
      async show(at) {
        await at.newDevice();
        await at.none('alerts');
        await at.open('/alerts');
        await at.sees('alerts.empty.title');
      },
    },
    {
      name: 'loading',
      who: 'ravi',
      async show(at) {
        await at.newDevice();
        await at.silence();
        await at.open('/alerts');
        await expect(at.page.getByText(at.t('alerts.loading'))).toBeAttached();
      },
    },
    {
      name: 'our failure',
      who: 'ravi',
      async show(at) {
        await at.newDevice();
        await at.garble('alerts');
        await at.open('/alerts');
        await at.sees('alerts.failed.title');
      },
    },
    {
      name: 'offline',
      who: 'ravi',
      async show(at) {
        await openAlerts(at);
        await at.offline();
        await at.sees('alerts.offline.kept');
      },
    },
    {
      name: 'denied',
      who: 'ravi',
      async show(at) {
        await at.newDevice();
        await at.judgedAs('nobody');
        await at.open('/alerts');
        await at.sees('alerts.denied.title');
      },
    },
  ],
};

const NOOR = '31610000907';

const simulator: Screen = {
  name: 'Customer’s phone (sandbox)',
  drawing: '12-simulator',
  differs:
    'Failing sends, late ticks and bursts are asked of the sandbox’s control interface; no clock jumps, and what the business sees is not shown here. Its tools are drawn open at the foot; on a phone they lie behind an icon, so that the messages keep the height, on a desktop they stand beside.',
  states: [
    { name: 'ready', who: 'nobody', show: (at) => at.customerPhone(NOOR) },
    {
      name: 'its tools',
      who: 'nobody',
      sizes: PHONE,
      async show(at) {
        await at.customerPhone(NOOR);
        await at.page.getByRole('button', { name: 'Tools' }).click();
      },
    },
    {
      name: 'menu of a message',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.customerPhone(NOOR);
        await at.page
          .getByRole('button', { name: /^React or reply to/ })
          .last()
          .press('Enter');
      },
    },
    {
      name: 'what can be attached',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.customerPhone(NOOR);
        await at.page.getByRole('button', { name: 'Attach' }).click();
      },
    },
    {
      name: 'new customer',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.customerPhone(NOOR);
        await at.page.getByRole('button', { name: /New customer/ }).click();
      },
    },
    {
      name: 'our failure: no connection',
      drawing: null,
      who: 'nobody',
      async show(at) {
        await at.page.route(/\/phone\/api\/stream|\/phone\/api\/events/, (route) => route.abort());
        await at.open(`${at.world.sandbox}/phone?from=${NOOR}`);
        await at.page.getByText('No connection to the sandbox').waitFor();
      },
    },
  ],
};

export const SCREENS: readonly Screen[] = [
  signIn,
  shell,
  mine,
  queue,
  team,
  all,
  conversation,
  gallery,
  assign,
  people,
  ledger,
  alerts,
  simulator,
];

/** Pictures that pages of the repository show: the file, and the state, size and theme that it is. */
export const SHOWN: Readonly<
  Record<string, { screen: Screen; state: string; size: Size; theme: Theme }>
> = {
  'docs/pictures/desktop-light.png': {
    screen: conversation,
    state: 'held by me, a reply being written',
    size: 'desktop',
    theme: 'light',
  },
};

/** Sizes of a state. */
export const sizesOf = (state: State): readonly Size[] =>
  state.sizes ?? (['phone', 'small', 'desktop'] as const);

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** The file that holds a picture. */
export const pictureOf = (
  screen: Screen,
  state: Pick<State, 'name'>,
  size: Size,
  theme: Theme,
): string => `${slug(screen.name)}--${slug(state.name)}--${size}-${theme}.png`;
