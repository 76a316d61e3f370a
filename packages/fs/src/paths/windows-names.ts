/**
 * Says why Windows cannot store a file name, or undefined when it can.
 *
 * Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
export function windowsNameFault(name: string): string | undefined {
  if (name.includes('\\')) return "it holds '\\'; separate with '/'";
  if (/[<>:"|?*]/.test(name)) return 'it holds one of < > : " | ? *';
  if (Array.from(name).some((character) => character < ' ')) return 'it holds a control character';
  if (/[. ]$/.test(name)) return 'Windows drops a trailing dot or space';
  if (/^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\.|$)/i.test(name)) return 'Windows reserves this name';
  return undefined;
}
