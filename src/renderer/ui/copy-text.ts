import { notifications } from '@mantine/notifications';

/** Puts text on the clipboard and says whether it got there: a browser may refuse. */
export const copyText = (text: string, what: string): void => {
  navigator.clipboard.writeText(text).then(
    () => notifications.show({ message: `Copied ${what}`, autoClose: 2000 }),
    () => notifications.show({ message: `The browser did not allow copying ${what}`, autoClose: 6000 }),
  );
};
