export const shells = ['bash', 'zsh', 'fish', 'pwsh'] as const;

export type Shell = (typeof shells)[number];
