import { useComputedColorScheme } from '@mantine/core';
import { type ChartPalette, darkPalette, lightPalette } from '../../shared/charts/palette.ts';

export const useChartPalette = (): ChartPalette =>
  useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark' ? darkPalette : lightPalette;
