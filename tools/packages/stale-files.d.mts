export function staleFiles(dir: string, files?: readonly string[]): string[];
