/** What errors say besides their code and names. */
export { explanationsPart } from '../index.js';
