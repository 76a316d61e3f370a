/** Levels of arrays and objects that are read and written. Many readers of other languages stop there too. */
export const jsonDepth = 1000;
