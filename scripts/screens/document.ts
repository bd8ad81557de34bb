import { SCREENS, sizesOf, type Screen, type State } from './catalogue.ts';
import { SIZES, type Size } from './stage.ts';

/** docs/screens.md, as the list of screens says it. */

const USUAL: readonly Size[] = ['phone', 'small', 'desktop'];

const edges = (size: Size): string => `${SIZES[size].width} × ${SIZES[size].height}`;

function sizesCell(state: State): string {
  const sizes = sizesOf(state);
  const same = sizes.length === USUAL.length && USUAL.every((size) => sizes.includes(size));
  return same ? 'all' : sizes.map((size) => SIZES[size].width).join(', ');
}

/** A state's own drawing, and why it differs from it. */
function drawingCell({ drawing }: State, screen: Screen): string {
  const of = drawing === undefined ? screen.drawing : drawing;
  return of === null ? '–' : `\`${of}\``;
}

const stateRow = (state: State, screen: Screen): string =>
  `| ${[
    state.name,
    state.who === 'nobody' ? '–' : state.who,
    sizesCell(state),
    drawingCell(state, screen),
    state.differs ?? '',
  ].join(' | ')} |`;

const section = (screen: Screen): string =>
  [
    `## ${screen.name}`,
    [screen.drawing === null ? 'Not drawn.' : `Drawn as \`${screen.drawing}\`.`, screen.differs]
      .filter(Boolean)
      .join(' '),
    [
      '| state | whose | sizes | drawn as | how it differs, and why |',
      '| --- | --- | --- | --- | --- |',
      ...screen.states.map((state) => stateRow(state, screen)),
    ].join('\n'),
  ].join('\n\n');

const count = SCREENS.reduce((sum, { states }) => sum + states.length, 0);

/** The whole page. */
export const screensDocument = (): string => `# Screens

Made by \`npm run docs\` from \`scripts/screens/catalogue.ts\`; a test fails while this page says something else. ${SCREENS.length} screens in ${count} states.

\`npm run screens\` draws every state of the demo workspace in light and dark into \`.cache/screens\`, with a page to look at them. \`npm test -- e2e\` looks at the same ones: axe finds nothing in any theme and size, nothing scrolls sideways or is cut, every control on a phone is at least 44 px high and wide, no notice covers a control; some also in Spanish and Portuguese. States are real: the network, the rules and colleagues bring them about, never a flag.

All sizes are ${USUAL.map(edges).join(', ')}; ${edges('narrow')} is where list and thread stand side by side without the contact. Drawings are named as in the design, which is not part of this repository; \`states\` is its sheet of states.

${SCREENS.map(section).join('\n\n')}
`;
