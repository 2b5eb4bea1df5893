/** What is a secret by its shape, whatever the member is called in which it stands. */

/** Each begins as its service makes it, so that no id and no word is taken for one; each is linear in the text. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]{0,30}-----)?/g,
  // RFC 6750, and what else stands before a token in a header. "Bearer of documents" and "Basic breakfast" are words.
  /\b(?:bearer|token|apikey|api-key)[ :=]{1,3}(?=[\w.~+/-]{0,200}\d|[\w.~+/-]{16})[\w.~+/-]{8,4000}={0,2}/gi,
  /\bbasic +(?=[A-Za-z+/]{0,200}[\dA-Z+/=])[A-Za-z\d+/]{12,4000}={0,2}(?![\w-])/gi,
  // RFC 7519: `{"` in base64.
  /(?<![\w-])eyJ[\w-]{5,8000}\.[\w-]{2,8000}(?:\.[\w-]{0,8000}){0,3}/g,
  /(?<![A-Za-z\d])(?:rrt|whsec|whpk|shpat|shpss|ghp|gho|ghu|ghs|github_pat|glpat|npm|dop_v1|hf)[_-][\w+/-]{8,400}={0,2}/g,
  /(?<![A-Za-z\d])(?:sk|rk|pk)_(?:live|test)_\w{6,400}/g,
  /(?<![A-Za-z\d])sk-(?:ant-|proj-)?[\w-]{20,400}/g,
  /(?<![A-Za-z\d])xox[a-z]-[\w-]{8,400}/g,
  /(?<![A-Za-z\d])(?:AKIA|ASIA)[A-Z\d]{16}(?![A-Za-z\d])/g,
  /(?<![A-Za-z\d])AIza[\w-]{30,60}/g,
  /(?<![A-Za-z\d])SG\.[\w-]{16,64}\.[\w-]{16,64}/g,
];

/** One of these stands in each of them: most texts have none, and cost one look. */
const mayHold =
  /BEGIN|bearer|token|api-?key|basic |eyJ|(?:rrt|whsec|whpk|shp(?:at|ss)|gh[opsu]|github_pat|glpat|npm|dop_v1|hf)[_-]|[prs]k[_-]|xox|AKIA|ASIA|AIza|SG\./i;

/** The text without the secrets in it. @param out what stands in the place of each */
export function withoutShapedSecrets(text: string, out: () => string): string {
  if (text.length < 10 || !mayHold.test(text)) return text;
  return shapes.reduce((rest, shape) => rest.replace(shape, out), text);
}
