/** The same record in one piece, as the compiler shows it best. */
export type Flatten<T> = { [K in keyof T]: T[K] } & {};
