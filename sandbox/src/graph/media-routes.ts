import { Hono, type Context } from 'hono';
import { UPLOADED_MS, type Media } from '../world/media-store.ts';
import { onlyWithToken, refuse, withFault, type GraphPorts } from './answer.ts';
import { unknownObject } from './errors.ts';
import { judgeUpload, type MediaFile } from './media-rules.ts';

/** `POST /{phone-number-id}/media`, `GET` and `DELETE /{media-id}` (Meta, "Media"). */
export function addMedia(app: Hono, ports: GraphPorts): void {
  const { directory, media } = ports.world;
  app.post('/:numberId{\\d+}/media', async (c) => {
    const numberId = c.req.param('numberId');
    const number = directory.number(numberId);
    if (number === undefined) return refuse(c, ports, unknownObject('post', numberId));
    const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
    const judged = judgeUpload(form.messaging_product, await fileOf(form));
    return withFault(c, ports, 'media', () =>
      judged.ok
        ? c.json({ id: media.keep(number, judged.file, UPLOADED_MS).id })
        : refuse(c, ports, judged.error),
    );
  });
  app.get('/:id{\\d+}', (c) =>
    withMedia(c, ports, 'get', (found) =>
      c.json({
        messaging_product: 'whatsapp',
        url: new URL(media.addressOf(found), c.req.url).href,
        mime_type: found.mimeType,
        sha256: found.sha256.toString('hex'),
        file_size: found.bytes.byteLength,
        id: found.id,
      }),
    ),
  );
  app.delete('/:id{\\d+}', (c) =>
    withMedia(c, ports, 'delete', (found) => {
      media.delete(found.id);
      return c.json({ success: true });
    }),
  );
}

/**
 * The downloads, which Meta serves on another host than Graph: the token is asked for here too, and
 * an address that has ended is 404.
 */
export function downloadRoutes(ports: GraphPorts): Hono {
  const app = new Hono();
  app.use('*', onlyWithToken(ports));
  app.get('/attachments/', (c) => {
    const op = ports.world.hasFault('download') ? 'download' : 'media';
    return withFault(c, ports, op, () => {
      const found = ports.world.media.at(c.req.query());
      if (found === undefined) return c.json({ error: 'This address has ended.' }, 404);
      return c.body(found.bytes, 200, {
        'content-type': found.mimeType,
        'content-length': String(found.bytes.byteLength),
      });
    });
  });
  return app;
}

/** Runs a call on the media that the path names, which must belong to the number of the query. */
function withMedia(
  c: Context,
  ports: GraphPorts,
  method: 'get' | 'delete',
  run: (found: Media) => Response,
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  return withFault(c, ports, 'media', () => {
    const found = ports.world.media.find(id, c.req.query('phone_number_id'));
    return found === undefined ? refuse(c, ports, unknownObject(method, id)) : run(found);
  });
}

/** The file of a form; a part without a type of its own has that of the field `type`. */
async function fileOf({ file, type }: Record<string, unknown>): Promise<MediaFile | null> {
  if (!(file instanceof File)) return null;
  return {
    mimeType: file.type || (typeof type === 'string' ? type : ''),
    bytes: new Uint8Array(await file.arrayBuffer()),
    filename: file.name,
  };
}
