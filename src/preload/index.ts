import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeName, channels, type DesktopBridge, portMessage } from '../shared/bridge.ts';

// A port cannot pass the context bridge; it is handed on as a message to this very window.
ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, window.origin, event.ports);
});

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.invoke(channels.requestPort),
  pathForFile: (file) => webUtils.getPathForFile(file),
  pickFolder: () => ipcRenderer.invoke(channels.pickFolder),
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
