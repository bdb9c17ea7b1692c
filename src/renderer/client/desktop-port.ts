import { type DesktopBridge, portMessage } from '../../shared/bridge.ts';
import { WorkbenchError } from '../../shared/errors.ts';

const waitMs = 15_000;

/** A fresh port to the backend, asked for over the bridge and received as a window message. */
export const receivePort = (bridge: DesktopBridge): Promise<MessagePort> =>
  new Promise((resolve, reject) => {
    const settle = () => {
      window.removeEventListener('message', receive);
      clearTimeout(timer);
    };
    const receive = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== portMessage || !port) return;
      settle();
      port.start();
      resolve(port);
    };
    const timer = setTimeout(() => {
      settle();
      reject(new WorkbenchError('UNAVAILABLE', 'the backend does not answer'));
    }, waitMs);
    window.addEventListener('message', receive);
    bridge.requestPort().catch((error: unknown) => {
      settle();
      reject(new WorkbenchError('UNAVAILABLE', `the backend does not answer: ${String(error)}`));
    });
  });
