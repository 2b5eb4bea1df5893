/** A member's name as words, lower case and without accents: `guestPhone_no2` is guest, phone, no. */
export function wordsOf(name: string): readonly string[] {
  const plain = /^[ -~]*$/.test(name) ? name : name.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return (
    plain
      .replaceAll(/(\p{Ll})(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1$3 $2$4')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}
