export { visibleText, visibleValue } from '../../shared/visible-text.ts';
