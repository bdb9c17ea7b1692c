import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { channels } from '../shared/bridge.ts';
import { startBackend } from './platform/backend-process.ts';
import { rendererFolder } from './platform/renderer-folder.ts';
import { newSecret } from './platform/secrets.ts';
import { staticFiles } from './platform/static-files.ts';
import {
  appOrigin,
  appScheme,
  isAppAddress,
  isRequestAllowed,
  isTrustedSender,
  windowPreferences,
} from './platform/window-rules.ts';
import { defaultWorkspace } from './platform/workspace.ts';
import { answerPage } from './transport/app-pages.ts';

const here = import.meta.dirname;
const devTools = !app.isPackaged;
const windows = new Set<number>();

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

const openWindow = (): void => {
  const window = new BrowserWindow({
    width: 1320,
    height: 880,
    show: false,
    webPreferences: { ...windowPreferences, devTools, preload: join(here, '../preload/index.cjs') },
  });
  const { id } = window.webContents;
  windows.add(id);
  window.on('closed', () => windows.delete(id));
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/`);
};

/** Whatever a page tries: no permission, no new window, no other address, no embedded page. */
const lockDown = (): void => {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isRequestAllowed(url, { devTools }) }),
  );
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    const stay = (event: { url: string; preventDefault(): void }): void => {
      if (!isAppAddress(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
  });
};

type Invocation = Electron.IpcMainInvokeEvent;

const requireTrusted = ({ senderFrame, sender }: Invocation): Electron.WebFrameMain => {
  const frame = senderFrame && {
    url: senderFrame.url,
    isMainFrame: senderFrame === sender.mainFrame,
    contentsId: sender.id,
  };
  if (!senderFrame || !isTrustedSender(frame, windows)) throw new Error('sender is not a window of this program');
  return senderFrame;
};

const serveWindows = (): void => {
  const backend = startBackend({
    entry: join(here, 'backend.js'),
    workspace: defaultWorkspace(),
    onFatal: (reason) => {
      dialog.showErrorBox('Driftbench stopped', `The backend ended too often: ${reason}`);
      app.quit();
    },
  });
  app.on('will-quit', backend.stop);
  ipcMain.handle(channels.requestPort, (event) => backend.connect(requireTrusted(event)));
  ipcMain.handle(channels.pickFolder, async (event) => {
    requireTrusted(event);
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory'] });
    return canceled ? null : (filePaths[0] ?? null);
  });
};

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus());
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => {
    const files = staticFiles(rendererFolder());
    protocol.handle(appScheme, (request) => answerPage(files, request, newSecret()));
    Menu.setApplicationMenu(null);
    lockDown();
    serveWindows();
    openWindow();
  });
}
