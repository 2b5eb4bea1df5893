/** Replacements in a text's UTF-16 units that change its length, noted first to last and made all at once. */
export class UnitEdits {
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);
  private readonly texts: string[] = [];
  private longer = 0;

  /** After those noted before. */
  replace(start: number, end: number, by: string): void {
    const n = this.texts.length;
    if (n === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[n] = start;
    this.ends[n] = end;
    this.texts.push(by);
    this.longer += by.length - (end - start);
  }

  /** `units` itself where nothing was noted. */
  applied(units: Uint16Array): Uint16Array {
    if (this.texts.length === 0) return units;
    const result = new Uint16Array(units.length + this.longer);
    let from = 0;
    let to = 0;
    for (let n = 0; n < this.texts.length; n += 1) {
      const start = this.starts[n] as number;
      for (; from < start; from += 1) result[to++] = units[from] as number;
      const by = this.texts[n] as string;
      for (let i = 0; i < by.length; i += 1) result[to++] = by.charCodeAt(i);
      from = this.ends[n] as number;
    }
    result.set(units.subarray(from), to);
    return result;
  }
}

function grown(before: Int32Array): Int32Array<ArrayBuffer> {
  const after = new Int32Array(before.length * 2);
  after.set(before);
  return after;
}
