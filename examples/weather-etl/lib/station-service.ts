/**
 * A SIMULATION of a web service that knows weather stations. It opens no connection and answers from a list in this
 * file; it exists so that the example can show a retry without a network.
 */

export interface Station {
  readonly id: string;
  readonly name: string;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
  /** IANA name. */
  readonly timeZone: string;
}

const stations: readonly Station[] = [
  {
    id: 'seattle',
    name: 'Seattle, Washington',
    latitude: 47.6,
    longitude: -122.3,
    timeZone: 'America/Los_Angeles',
  },
];

/** The service did not answer. Trying again may help, and `run.retry.retryExceptions` names this class. */
export class StationServiceError extends Error {
  override readonly name = 'StationServiceError';
}

/**
 * The station of that id.
 *
 * @param options - `isDown`: answer as a service that is out of order.
 * @throws (rejects) StationServiceError when the service is down; RangeError when there is no such station.
 */
export async function requestStation(id: string, { isDown }: { isDown: boolean }): Promise<Station> {
  if (isDown) throw new StationServiceError('The station service is out of order (simulated).');
  const station = stations.find((known) => known.id === id);
  if (station === undefined) {
    throw new RangeError(
      `There is no station '${id}'. Known: ${stations.map((known) => known.id).join(', ')}.`,
    );
  }
  return station;
}
