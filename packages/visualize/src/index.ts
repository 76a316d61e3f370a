export type { DrawOptions, ViewOptions } from './drawing/options.js';
export { toDot } from './dot/to-dot.js';
export { visualizeErrors, type VisualizeErrorCode } from './errors/catalogue.js';
export { toMermaid } from './mermaid/to-mermaid.js';
export { toPdf } from './pdf/to-pdf.js';
export { type PngOptions, toPng } from './png/to-png.js';
export { toSvg } from './svg/to-svg.js';
export { type TextOptions, toText } from './terminal/to-text.js';
