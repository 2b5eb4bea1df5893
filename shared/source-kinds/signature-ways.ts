/** How a program that posts proves who it is, beside its token or its secret path. */
export const signatureWays = ['none', 'frappe', 'github', 'standard', 'basic', 'header'] as const;
export type SignatureWay = (typeof signatureWays)[number];
