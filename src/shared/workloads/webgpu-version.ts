/**
 * Part of every definition: changes when the same definition would be executed or counted differently, which makes old
 * and new runs incomparable - and only then.
 */
export const webgpuRunnerVersion = '1';
