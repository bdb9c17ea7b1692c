import { describe, expect, test } from 'vitest';
import { interpretKey, isBare, type KeyPress, keyLabels } from '../../../../src/renderer/ui/keystroke.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

const palette = { id: 'palette', keys: 'mod+k' };
const start = { id: 'start', keys: 'g s' };
const help = { id: 'help', keys: '?' };
const silent = { id: 'silent' };
const targets: { id: string; keys?: string }[] = [silent, palette, start, help];

describe('a press', () => {
  test('with the platform’s own modifier runs the command, with the other one it does not', () => {
    expect(interpretKey(press('k', { ctrlKey: true }), null, targets, false)).toEqual({ kind: 'run', target: palette });
    expect(interpretKey(press('k', { metaKey: true }), null, targets, true)).toEqual({ kind: 'run', target: palette });
    expect(interpretKey(press('k', { metaKey: true }), null, targets, false).kind).toBe('none');
    expect(interpretKey(press('k', { ctrlKey: true, altKey: true }), null, targets, false).kind).toBe('none');
    expect(interpretKey(press('k'), null, targets, false).kind).toBe('none');
  });

  test('of a sign that needs shift is that sign', () => {
    expect(interpretKey(press('?', { shiftKey: true }), null, targets, false)).toEqual({ kind: 'run', target: help });
  });

  test('of a shifted letter is not the letter', () => {
    expect(interpretKey(press('G', { shiftKey: true }), null, targets, false).kind).toBe('none');
  });

  test('opens a sequence, and only its second half runs it', () => {
    expect(interpretKey(press('g'), null, targets, false).kind).toBe('pending');
    expect(interpretKey(press('s'), 'g', targets, false)).toEqual({ kind: 'run', target: start });
    expect(interpretKey(press('s'), null, targets, false).kind).toBe('none');
    expect(interpretKey(press('s'), 'x', targets, false).kind).toBe('none');
  });

  test('named keys need exactly their modifiers', () => {
    const run = [{ keys: 'mod+enter' }];
    expect(interpretKey(press('Enter', { ctrlKey: true }), null, run, false).kind).toBe('run');
    expect(interpretKey(press('Enter', { ctrlKey: true, shiftKey: true }), null, run, false).kind).toBe('none');
    expect(interpretKey(press('Enter'), null, run, false).kind).toBe('none');
  });
});

test('caps are drawn as the platform writes them', () => {
  expect(keyLabels('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyLabels('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keyLabels('g s', false)).toEqual(['G', 'S']);
  expect(keyLabels('mod+enter', false)).toEqual(['Ctrl', 'Enter']);
  expect(keyLabels('Escape', false)).toEqual(['Esc']);
});

test('a bare shortcut has no modifier that keeps typing apart from it', () => {
  expect(isBare('t')).toBe(true);
  expect(isBare('g s')).toBe(true);
  expect(isBare('mod+k')).toBe(false);
});
