/** Levels of maps and lists that are read and written. The library behind it recurses; this fits any stack. */
export const yamlDepth = 100;
