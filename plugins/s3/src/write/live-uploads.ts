/** The ids of the uploads that this process has begun and not ended. */
export type LiveUploads = Set<string>;
