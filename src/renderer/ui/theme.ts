import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e9f4f5',
  '#dcebed',
  '#b5d7db',
  '#8bc2c8',
  '#5cc1cb',
  '#2f8f9a',
  '#0a5c68',
  '#0a5c68',
  '#084a54',
  '#063840',
];

/** What explains a field stands under it, so that fields of one row stay in line. */
const inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  colors: { petrol },
  fontFamily: 'var(--db-font)',
  fontFamilyMonospace: 'var(--db-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: 'var(--db-font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.25' },
      h2: { fontSize: '15px', lineHeight: '1.3' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'filled' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs', inputWrapperOrder } },
    Textarea: { defaultProps: { size: 'xs', inputWrapperOrder } },
    NativeSelect: { defaultProps: { size: 'xs', inputWrapperOrder } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    Tooltip: { defaultProps: { withArrow: false, openDelay: 300 } },
    // A header inside a dialog is no second banner of the page.
    Modal: { defaultProps: { transitionProps: { duration: 0 }, attributes: { header: { role: 'presentation' } } } },
  },
});

/** Mantine's own variables are pointed at the tokens, so that both speak with one palette. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--db-canvas)',
    '--mantine-color-text': 'var(--db-ink)',
    '--mantine-color-bright': 'var(--db-ink)',
    '--mantine-color-dimmed': 'var(--db-ink-3)',
    '--mantine-color-placeholder': 'var(--db-ink-3)',
    '--mantine-color-anchor': 'var(--db-accent)',
    '--mantine-color-default': 'var(--db-raised)',
    '--mantine-color-default-hover': 'var(--db-hover)',
    '--mantine-color-default-color': 'var(--db-ink)',
    '--mantine-color-default-border': 'var(--db-hairline-strong)',
    '--mantine-color-error': 'var(--db-regression)',
    '--mantine-color-disabled': 'var(--db-sunken)',
    '--mantine-color-disabled-color': 'var(--db-ink-3)',
    '--mantine-color-disabled-border': 'var(--db-hairline)',
    '--mantine-color-petrol-filled': 'var(--db-accent)',
    '--mantine-color-petrol-filled-hover': 'var(--db-accent-hover)',
    '--mantine-color-petrol-light': 'var(--db-accent-soft)',
    '--mantine-color-petrol-light-hover': 'var(--db-accent-soft)',
    '--mantine-color-petrol-light-color': 'var(--db-accent)',
    '--mantine-color-petrol-outline': 'var(--db-accent)',
    '--mantine-color-petrol-text': 'var(--db-accent)',
    '--mantine-primary-color-contrast': 'var(--db-on-accent)',
  };
  return { variables: {}, light: tokens, dark: tokens };
};
