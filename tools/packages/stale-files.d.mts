export function staleFiles(dir: string, files?: readonly string[]): string[];
export function removeStale(dir: string): void;
