/** What the name of a project must be, as a phrase. */
export const projectNameRule = 'text that is not blank, without "..", "/" and "\\\\"';

export function isProjectName(name: string): boolean {
  return /\S/.test(name) && !/\.\.|[/\\]/.test(name);
}
