/** The address in `STORAGE_EMULATOR_HOST`, by which Google's tools find an emulator: with or without its `http://`. */
export function emulatorEndpoint(host: string | undefined): string | undefined {
  if (host === undefined || host === '') return undefined;
  return /^https?:\/\//.test(host) ? host : `http://${host}`;
}
