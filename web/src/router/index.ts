import { createRouter, createWebHistory, START_LOCATION } from 'vue-router';
import { LISTS } from '../data/queries.ts';
import { allTexts, inboxTexts } from '../i18n/index.ts';
import { guard } from './guard.ts';
import { ROUTES } from './names.ts';
import { pressSeen } from './press-seen.ts';

const inbox = () => import('../pages/inbox.ts');
const admin = (page: 'PeoplePage' | 'LedgerPage') => () =>
  Promise.all([import('../pages/admin.ts'), allTexts()]).then(([pages]) => pages[page]);
/** As commands take it; another address is none of ours. */
const ID = '[A-Za-z0-9_-]{1,64}';
const list = `:list(${LISTS.join('|')})`;

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/inbox/mine' },
    {
      path: '/signin',
      name: ROUTES.signIn,
      component: () => import('../pages/SignInPage.vue'),
      meta: { open: true },
    },
    {
      path: '/',
      component: () => Promise.all([inbox(), inboxTexts()]).then(([{ AppShell }]) => AppShell),
      children: [
        { path: 'inbox', redirect: '/inbox/mine' },
        {
          path: `inbox/${list}`,
          component: () => inbox().then(({ InboxPage }) => InboxPage),
          children: [
            {
              path: '',
              name: ROUTES.inbox,
              component: () => import('../pages/NoConversation.vue'),
            },
            {
              path: `:conversationId(${ID})`,
              name: ROUTES.conversation,
              component: () => inbox().then(({ ConversationPage }) => ConversationPage),
              props: true,
            },
          ],
        },
        {
          path: 'people',
          name: ROUTES.people,
          component: admin('PeoplePage'),
          meta: { role: 'admin' },
        },
        {
          path: 'ledger',
          name: ROUTES.ledger,
          component: admin('LedgerPage'),
          meta: { role: 'admin' },
        },
      ],
    },
    { path: '/:rest(.*)*', redirect: '/inbox/mine' },
  ],
});

router.beforeEach((_, from) => (from === START_LOCATION ? undefined : pressSeen()));
router.beforeEach(guard);
