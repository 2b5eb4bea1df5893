/** Character sets of one byte a letter that browsers do not know: what DOS programs, old tills and door systems write. */

/** What they have from 0x80 to 0xff. Unicode's own tables, VENDORS/MICSFT/PC. */
const upperHalf = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  'iso-8859-1': String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 0x80 + i)),
} as const;
export type ByteCharset = keyof typeof upperHalf;

export const isByteCharset = (charset: string): charset is ByteCharset => Object.hasOwn(upperHalf, charset);

/** Any bytes are such a text, piece by piece too. */
export function byteText(bytes: Uint8Array, charset: ByteCharset): string {
  const letters = upperHalf[charset];
  let text = '';
  // In parts: more arguments than a call takes.
  for (let at = 0; at < bytes.length; at += 8_192) {
    const codes = bytes.subarray(at, at + 8_192);
    text += String.fromCharCode(...Array.from(codes, (code) => (code < 0x80 ? code : letters.charCodeAt(code - 0x80))));
  }
  return text;
}
