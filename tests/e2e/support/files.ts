/** A page that says nothing, as a PDF. */
export const aPaper = (): Uint8Array =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
