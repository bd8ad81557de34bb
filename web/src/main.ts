import { createApp } from 'vue';
import App from './App.vue';
import { applyTheme } from './composables/use-theme.ts';
import { preferredLanguage, startLanguage } from './i18n/index.ts';
import { router } from './router/index.ts';
import './styles/tokens.css';
import './styles/base.css';

applyTheme();
// The router starts with its installation: session, screen and language load side by side.
const spoken = startLanguage(preferredLanguage());
const app = createApp(App).use(router);
await spoken;
// A task of its own: what was loaded and what is drawn, in one, would hold a slow phone.
await new Promise((resolve) => setTimeout(resolve));
app.mount('#app');

// After first paint: the worker's download must not compete with it.
const settle = () =>
  setTimeout(() => void import('./pwa.ts').then(({ register }) => register()), 0);
if (document.readyState === 'complete') settle();
else window.addEventListener('load', settle, { once: true });
