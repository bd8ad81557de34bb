/* global document */

const SHAPES = {
  tools: [
    'M4 7h9M17 7h3M4 17h3M11 17h9',
    'M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0',
    'M7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0',
  ],
  send: ['M4 12h15M13 5.5l6.5 6.5-6.5 6.5'],
  waiting: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16', 'M12 8v4l2.500 2'],
  sent: ['m5 12.500 4.500 4.500L19 7'],
  read: ['m2 12.500 4.200 4.200L14.500 8', 'M10.500 15.500l1.300 1.300L20.500 8'],
  more: ['M6 9.500 12 15.500 18 9.500'],
  close: ['M6 6l12 12M18 6 6 18'],
  plus: ['M12 5v14M5 12h14'],
  place: [
    'M12 21s6.500-6 6.500-11a6.500 6.500 0 0 0-13 0c0 5 6.500 11 6.500 11z',
    'M12 7.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600',
  ],
  attach: [
    'M20 11.500l-8.300 8.300a5 5 0 0 1-7-7l8.600-8.600a3.300 3.300 0 0 1 4.700 4.700l-8.500 8.500a1.600 1.600 0 0 1-2.300-2.300l7.600-7.600',
  ],
  photo: ['M4 5h16v14H4z', 'm4 16.500 4.500-4.500 4 4 3-3 4.500 4.500', 'M15.500 8.500h.01'],
  document: ['M6 3h8l4 4v14H6z', 'M14 3v4h4', 'M9 12h6M9 16h6'],
  voice: [
    'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3',
    'M5.500 11a6.500 6.500 0 0 0 13 0M12 17.500V21',
  ],
  sticker: ['M5 4h14v9l-6 7H5z', 'M19 13h-6v7'],
  contact: [
    'M4 5h16v14H4z',
    'M9 8.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
    'M6 16.500c.5-1.500 1.500-2 3-2s2.500.5 3 2',
    'M14.500 10H18M14.500 14H18',
  ],
  order: ['M3 4h2.500l2 11h10l2-8H6.500', 'M9 19.500h.01M16 19.500h.01'],
  ad: ['M4 10v4h3l8 4V6L7 10z', 'M18 9.500a4 4 0 0 1 0 5'],
  welcome: ['M4 5h16v11H11l-4 4v-4H4z', 'M8 10.500h8'],
  unsupported: [
    'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16',
    'M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.4-1 .8-1 1.700',
    'M12 16.500h.01',
  ],
  number: ['M9 4 7 20M17 4l-2 16', 'M4.500 9h16M3.500 15h16'],
  offline: [
    'M3 4l18 17',
    'M8.500 15.500a5 5 0 0 1 5.500-1',
    'M5 12a10 10 0 0 1 4-2.500',
    'M15 9.700a10 10 0 0 1 4 2.300',
    'M2 8.500a15 15 0 0 1 4-2.500',
    'M11 5a15 15 0 0 1 11 3.500',
    'M12 18v1.500',
  ],
  twice: ['M8 8h12v12H8z', 'M4 16V4h12'],
  disorder: [
    'M7 4v15',
    'M3.500 15.500 7 19l3.500-3.500',
    'M17 20V5',
    'M13.500 8.500 17 5l3.500 3.500',
  ],
  hidden: [
    'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8',
    'M4.500 20.500c1-4 4-5.500 7.500-5.500 1 0 2 .1 3 .4',
    'M16 16l5 5M21 16l-5 5',
  ],
  receipts: ['m2 12.500 4.200 4.200L14.500 8', 'M10.500 15.500l1.300 1.300L20.500 8', 'M3 3l18 18'],
};

/**
 * A line icon, 24 grid, hidden from screen readers.
 * @param {keyof typeof SHAPES} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', shape);
    svg.append(path);
  }
  return svg;
}
