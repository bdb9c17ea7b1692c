/** What set-up cannot do, in one sentence for the person at the terminal; anything else that is thrown is a defect. */
export class SetupFault extends Error {}

/** Runs a command of ours; a SetupFault ends it with its sentence and exit code 1, without a stack. */
export async function orSentence(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    process.stderr.write(`driftbench: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Progress goes to stderr: stdout belongs to the command that set-up makes possible. */
export function say(text) {
  process.stderr.write(`driftbench: ${text}\n`);
}
