/** Longer than any chain of certificates; the engine refuses more as well. */
const largestBytes = 100_000;

/** The text of a certificate's file: PEM as it is, and DER, as Windows saves a certificate, turned into PEM. */
export async function certificateText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, largestBytes).arrayBuffer());
  if (!isDer(bytes)) return new TextDecoder().decode(bytes);
  const base64 = btoa(String.fromCharCode(...bytes));
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** An ASN.1 sequence whose length takes more than one byte, as every certificate's does. */
const isDer = (bytes: Uint8Array): boolean => bytes[0] === 0x30 && ((bytes[1] ?? 0) & 0x80) !== 0;
