const acts = ['keydown', 'pointerdown', 'wheel'] as const;

/** Waits until nobody has acted on the window for this long; ends at once when the signal does. */
export const atRest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const over = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(end, ms);
    };
    for (const act of acts) window.addEventListener(act, wait, { capture: true, passive: true, signal: over.signal });
    signal.addEventListener('abort', end, { once: true, signal: over.signal });
    wait();
  });
