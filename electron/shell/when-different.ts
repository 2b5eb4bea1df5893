/** Facts that nobody announces are looked at now and then, and told only when they are other ones. */

/** @returns to be called whenever the facts may have changed; the first call tells them */
export function whenDifferent<Facts>(look: () => Facts, tell: (facts: Facts) => void): () => void {
  let told = '';
  return () => {
    const facts = look();
    const text = JSON.stringify(facts);
    if (text === told) return;
    told = text;
    tell(facts);
  };
}
