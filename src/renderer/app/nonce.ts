/** The nonce of this response: styles made at run time carry it, so that the policy needs no `unsafe-inline`. */
export const styleNonce = (): string => {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.getAttribute('nonce') || '';
};

/** The scroll lock below dialogs writes a style element of its own and looks for the nonce under this name. */
export const installNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
};
