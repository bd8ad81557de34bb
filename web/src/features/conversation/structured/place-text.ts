/** A place that was found in a text. Degrees. */
export interface FoundPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/**
 * What a pasted text says of a place. `short`: a shortened link, which only its owner's server can
 * read, and asking it would tell them who looks.
 */
export type PlaceRead = FoundPlace | 'short' | 'nothing';

/** A coordinate as it is typed, with a point or a comma; `null` where it is none. */
export function degrees(typed: string): number | null {
  const text = typed.trim().replace(',', '.').replace('−', '-');
  return /^[+-]?\d{1,3}(\.\d*)?$/.test(text) ? Number(text) : null;
}

/** A coordinate for its field: to a tenth of a metre. */
export const degreesText = (value: number): string => String(Number(value.toFixed(6)));

const onEarth = (latitude: number, longitude: number): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

const pair = (latitude: string, longitude: string, south = '', west = ''): FoundPlace | null => {
  const [north, east] = [degrees(latitude), degrees(longitude)];
  if (north === null || east === null) return null;
  const signed = {
    latitude: /s/i.test(south) ? -north : north,
    longitude: /w/i.test(west) ? -east : east,
  };
  return onEarth(signed.latitude, signed.longitude) ? signed : null;
};

/** `38.7169, -9.1399`, also with `°`, and with letters for the half of the globe. */
const POINTS =
  /^\(?\s*([+-−]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;\s]\s*([+-−]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?\s*\)?$/iu;
/** `38,7169; -9,1399`: as most of Europe writes them. */
const COMMAS = /^([+-−]?\d{1,3},\d+)\s*[;\s]\s*([+-−]?\d{1,3},\d+)$/u;
/** `38°43'00.8"N 9°08'23.6"W`: as maps show them. */
const MINUTES =
  /^(\d{1,3})°\s*(\d{1,2})['′’]\s*(\d{1,2}(?:[.,]\d+)?)["″”]\s*([NS])[,\s]+(\d{1,3})°\s*(\d{1,2})['′’]\s*(\d{1,2}(?:[.,]\d+)?)["″”]\s*([EW])$/iu;

const ofMinutes = (whole = '', minutes = '', seconds = ''): string =>
  degreesText(Number(whole) + Number(minutes) / 60 + Number(seconds.replace(',', '.')) / 3600);

/** Coordinates in words. */
function pointIn(text: string): FoundPlace | null {
  const [, north, south, east, west] = POINTS.exec(text) ?? [];
  if (north !== undefined && east !== undefined) return pair(north, east, south, west);
  const [, latitude, longitude] = COMMAS.exec(text) ?? [];
  if (latitude !== undefined && longitude !== undefined) return pair(latitude, longitude);
  const minutes = MINUTES.exec(text);
  if (minutes === null) return null;
  const [, a, b, c, half, d, e, f, side] = minutes;
  return pair(ofMinutes(a, b, c), ofMinutes(d, e, f), half, side);
}

/** Hosts whose links say nothing by themselves. */
const SHORT = /^(maps\.app\.goo\.gl|goo\.gl|g\.co|osm\.org|her\.is|maps\.apple)$/;

/** Where a map's link has its point, the surest first: a pin, then what was asked for, then the view. */
const PLACES: readonly ((url: URL) => string | undefined)[] = [
  ({ href }) => between(href, /!3d(-?[\d.]+)!4d(-?[\d.]+)/),
  ({ searchParams: of }) => joined(of.get('mlat'), of.get('mlon')),
  ...['coordinate', 'q', 'query', 'destination', 'daddr', 'll', 'sll', 'center'].map(
    (name) =>
      ({ searchParams }: URL) =>
        searchParams.get(name) ?? undefined,
  ),
  ({ searchParams: of }) => of.get('cp')?.replace('~', ','),
  ({ searchParams: of }) => of.get('to')?.replace(/^ll\./, ''),
  ({ pathname }) => between(pathname, /@(-?[\d.]+),(-?[\d.]+)/),
  ({ hash }) => between(hash, /map=[\d.]+\/(-?[\d.]+)\/(-?[\d.]+)/),
];

const joined = (latitude: string | null, longitude: string | null): string | undefined =>
  latitude !== null && longitude !== null ? `${latitude},${longitude}` : undefined;

const between = (text: string, pattern: RegExp): string | undefined => {
  const [, latitude, longitude] = pattern.exec(text) ?? [];
  return joined(latitude ?? null, longitude ?? null);
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** What the link calls the place. */
function nameIn({ pathname, searchParams: of }: URL): string | undefined {
  const named = of.get('name') ?? /\/place\/([^/@]+)/.exec(pathname)?.[1];
  const asked = of.get('q');
  const name = (named === undefined ? asked : decoded(named)) ?? undefined;
  return name === undefined || pointIn(name.trim()) !== null ? undefined : name;
}

/** `geo:38.7169,-9.1399?q=…(Workshop)` (RFC 5870, with the label that Android adds). */
function geo(text: string): FoundPlace | null {
  const [, point = '', rest = ''] = /^geo:([^?;]+)(.*)$/i.exec(text) ?? [];
  const label = /\(([^()]+)\)$/.exec(decoded(rest))?.[1];
  // Android's apps write 0,0 and have the point in the question.
  const asked = /[?&]q=([^(&]+)/.exec(rest)?.[1];
  const found = (asked && pointIn(decoded(asked).trim())) || pointIn(point.trim());
  return found && { ...found, ...(label === undefined ? {} : { name: label }) };
}

function ofLink(url: URL): PlaceRead {
  const found = PLACES.map((find) => find(url))
    .map((text) => (text === undefined ? null : pointIn(text.trim())))
    .find((place) => place !== null);
  if (!found) return SHORT.test(url.hostname) ? 'short' : 'nothing';
  const name = nameIn(url);
  const address = url.searchParams.get('address') ?? undefined;
  return {
    ...found,
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
  };
}

/**
 * The place in a pasted text: coordinates, or a link of a map (Google, Apple, OpenStreetMap, Bing, Waze,
 * `geo:`). Nothing is asked of anybody.
 */
export function readPlace(pasted: string): PlaceRead {
  const text = pasted.trim();
  const point = pointIn(text);
  if (point) return point;
  if (/^geo:/i.test(text)) return geo(text) ?? 'nothing';
  // Apps share a link with words around it.
  const link = /https?:\/\/\S+/i.exec(text)?.[0] ?? '';
  return URL.canParse(link) ? ofLink(new URL(link)) : 'nothing';
}
