/** What the preload script gives a desktop window; absent in a browser. */
export interface DesktopBridge {
  /** Ask for a new port to the backend; it arrives as a window message `portMessage` with one port. */
  requestPort(): Promise<void>;
  /** The path of a file or folder that was dropped onto the window. */
  pathForFile(file: File): string;
  /** The folder a person picked, or null. */
  pickFolder(): Promise<string | null>;
}

export const bridgeName = 'driftbench';
export const portMessage = 'driftbench:port';
export const channels = { requestPort: 'driftbench:request-port', pickFolder: 'driftbench:pick-folder' } as const;
