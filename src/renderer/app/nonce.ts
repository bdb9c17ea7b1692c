import { styleNonce } from '../ui/nonce.ts';

/** The scroll lock below dialogs writes a style element of its own and looks for the nonce under this name. */
export const installNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
};
