export {
  axisBlindSpot,
  kindMeaning,
  primaryUnit,
  toleranceText,
  worstSegment,
} from '../../../../shared/accuracy-words.ts';
export { compareCommand } from '../../../../shared/commands.ts';
