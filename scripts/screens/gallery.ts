import { pictureOf, SCREENS, sizesOf, THEMES, type Screen, type State } from './catalogue.ts';
import { SIZES } from './stage.ts';

/** A page on which a person looks through the pictures. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const figures = (screen: Screen, state: State): string =>
  sizesOf(state)
    .flatMap((size) =>
      THEMES.map((theme) => {
        const file = pictureOf(screen, state, size, theme);
        const { width, height } = SIZES[size];
        return `<figure class="${theme}"><a href="${file}"><img loading="lazy" src="${file}" width="${width / 2}" height="${height / 2}" alt="${escaped(`${screen.name}, ${state.name}, ${size}, ${theme}`)}"></a><figcaption>${width} × ${height}</figcaption></figure>`;
      }),
    )
    .join('\n');

const stateSection = (screen: Screen, state: State): string => `<h3>${escaped(state.name)}</h3>
${state.differs ? `<p>${escaped(state.differs)}</p>` : ''}
<div class="row">
${figures(screen, state)}
</div>`;

const screenSection = (screen: Screen): string => `<h2>${escaped(screen.name)}</h2>
<p>${escaped(screen.differs)}</p>
${screen.states.map((state) => stateSection(screen, state)).join('\n')}`;

/** The page; its pictures lie beside it. */
export const gallery = (): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens</title>
<style>
body { margin: 24px; font: 15px/1.4 system-ui, sans-serif; color: #13171e; background: #e9ecf0; }
h2 { margin: 48px 0 0; }
h3 { margin: 24px 0 4px; }
p { max-width: 70ch; margin: 4px 0 8px; color: #3f4855; }
.row { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start; }
figure { flex: none; margin: 0; }
img { display: block; outline: 1px solid #c5cbd4; }
figcaption { font-size: 12px; color: #59626f; }
label { margin-inline-end: 16px; }
body:has(#light:not(:checked)) .light, body:has(#dark:not(:checked)) .dark { display: none; }
</style>
<h1>Screens</h1>
<label><input type="checkbox" id="light" checked> light</label>
<label><input type="checkbox" id="dark" checked> dark</label>
${SCREENS.map(screenSection).join('\n')}
</html>
`;
