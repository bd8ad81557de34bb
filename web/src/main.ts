import { createApp } from 'vue';
import App from './App.vue';
import { applyTheme } from './features/you/index.ts';
import { i18nPlugin, preferredLanguage, useLanguage } from './i18n/index.ts';
import { router } from './router/index.ts';
import './styles/tokens.css';
import './styles/base.css';

applyTheme();
await useLanguage(preferredLanguage());

createApp(App).use(i18nPlugin).use(router).mount('#app');

// After first paint: the worker's download must not compete with it.
const settle = () =>
  setTimeout(() => void import('./pwa.ts').then(({ register }) => register()), 0);
if (document.readyState === 'complete') settle();
else window.addEventListener('load', settle, { once: true });
