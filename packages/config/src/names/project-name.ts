/** What the name of a project must be, as a phrase. */
export const projectNameRule = 'text that is not blank, without "..", "/" and "\\\\"';

/** For editors, too, and therefore without flags. */
export const projectNamePattern = /^(?=[^]*\S)(?![^]*\.\.)[^/\\]+$/;

export function isProjectName(name: string): boolean {
  return projectNamePattern.test(name);
}
