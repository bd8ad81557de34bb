import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw } from 'vue-router';
import { LISTS } from '../data/queries.ts';
import { inboxTexts } from '../i18n/index.ts';
import { guard } from './guard.ts';
import { ROUTES } from './names.ts';
import { pressSeen } from './press-seen.ts';

const inbox = () => import('../pages/inbox.ts');
/** As commands take it; another address is none of ours. */
const ID = '[A-Za-z0-9_-]{1,64}';
const list = `:list(${LISTS.join('|')})`;

/** A page of admins, or of supervisors too: its address and its export are its name. */
const ofAdmins = (
  page: 'people' | 'ledger' | 'alerts',
  role: 'admin' | 'supervisor' = 'admin',
): RouteRecordRaw => ({
  path: page,
  name: page,
  component: () => import('../pages/admin.ts').then((pages) => pages[page]()),
  meta: { role },
});

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
        ofAdmins('people'),
        ofAdmins('ledger'),
        ofAdmins('alerts', 'supervisor'),
      ],
    },
    { path: '/:rest(.*)*', redirect: '/inbox/mine' },
  ],
});

router.beforeEach((_, from) => (from === START_LOCATION ? undefined : pressSeen()));
router.beforeEach(guard);
