import { asNumber, asText, type Json } from '@switchboard/domain';
import { webLink } from './web-link.ts';

/** A shared place, with whatever of it is known. */
export interface Place {
  readonly name: string | undefined;
  readonly address: string | undefined;
  /** `37.44221, -122.16166`: degrees, to about a metre. */
  readonly coordinates: string | null;
  /** Where a map shows it. */
  readonly map: string | null;
  /** Its own page. */
  readonly page: URL | null;
}

/** Reads a location message. Coordinates that no map has are shown, and not linked. */
export function placeOf(content: Json): Place {
  const [latitude, longitude] = [asNumber(content['latitude']), asNumber(content['longitude'])];
  const point =
    latitude === undefined || longitude === undefined
      ? null
      : ([latitude.toFixed(5), longitude.toFixed(5)] as const);
  const onEarth = Math.abs(latitude ?? 0) <= 90 && Math.abs(longitude ?? 0) <= 180;
  return {
    name: asText(content['name']),
    address: asText(content['address']),
    coordinates: point && point.join(', '),
    map: point && onEarth ? mapOf(...point) : null,
    page: webLink(asText(content['url'])),
  };
}

/** A page that every device opens; `geo:` is known to Android alone. */
const mapOf = (latitude: string, longitude: string): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
