/** The nonce of this response: styles made at run time carry it, so that the policy needs no `unsafe-inline`. */
export const styleNonce = (): string => {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.getAttribute('nonce') || '';
};
