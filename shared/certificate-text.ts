/** What a certificate's file says, in whatever way a Windows program saved it: the same in the window and at the command line. */

/** Longer than any chain of certificates; the engine refuses more as well. */
export const largestCertificateBytes = 100_000;

/** Its text: PEM as it is, with or without a byte order mark, and DER, as Windows saves a certificate, turned into PEM. */
export function certificateText(bytes: Uint8Array): string {
  if (!isDer(bytes)) return new TextDecoder(charsetOf(bytes)).decode(bytes);
  const base64 = btoa(String.fromCharCode(...bytes));
  return `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** An ASN.1 sequence whose length takes more than one byte, as every certificate's does. */
const isDer = (bytes: Uint8Array): boolean => bytes[0] === 0x30 && ((bytes[1] ?? 0) & 0x80) !== 0;

/** By its mark, or by the zeros beside its first sign: PowerShell writes UTF-16. */
function charsetOf([first = 0, second = 0]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
}
