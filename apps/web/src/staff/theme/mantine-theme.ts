import {
  ActionIcon,
  Button,
  Checkbox,
  Menu,
  NativeSelect,
  PasswordInput,
  Radio,
  TextInput,
  Textarea,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one hue of the scores, light to dark; shade 8 is the accent of the light theme. */
const indigo: MantineColorsTuple = [
  '#eef0ff',
  '#e7e5fb',
  '#c7c4f5',
  '#b3b1ff',
  '#9d98ec',
  '#8380da',
  '#6c63dd',
  '#5549d6',
  '#4338ca',
  '#3a30b0',
];

/** Mantine drawn with the tokens: colours come from CSS variables, so both themes need one definition. */
export const staffTheme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 3 },
  colors: { indigo },
  fontFamily: 'var(--font-staff)',
  headings: { fontFamily: 'var(--font-staff)', fontWeight: 'var(--weight-strong)' },
  defaultRadius: 'var(--radius-control)',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: {
    xs: 'var(--text-12)',
    sm: 'var(--text-14)',
    md: 'var(--text-16)',
    lg: 'var(--text-18)',
    xl: 'var(--text-20)',
  },
  variantColorResolver: (input) => {
    if (input.variant === 'filled')
      return {
        background: 'var(--accent)',
        hover: 'var(--accent-hover)',
        color: 'var(--on-accent)',
        border: '1px solid transparent',
      };
    if (input.variant === 'default')
      return {
        background: 'var(--surface)',
        hover: 'color-mix(in srgb, var(--surface) 94%, var(--text))',
        color: 'var(--text)',
        border: '1px solid var(--edge)',
      };
    if (input.variant === 'subtle')
      return {
        background: 'transparent',
        hover: 'var(--hover)',
        color: 'var(--muted)',
        hoverColor: 'var(--text)',
        border: '1px solid transparent',
      };
    return defaultVariantColorsResolver(input);
  },
  components: {
    Button: Button.extend({ defaultProps: { variant: 'default', size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', size: 32 } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 1 } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: true } }),
  },
});
