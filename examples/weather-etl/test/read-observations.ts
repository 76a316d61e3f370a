import { readFileSync } from 'node:fs';
import type { WeatherRow } from '../lib/observation.js';

/** The example's table as the YAML file loads it: four columns of numbers, the others text. No field is quoted. */
export function readObservations(): WeatherRow[] {
  const file = new URL('../data/seattle-weather.csv', import.meta.url);
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [date = '', precipitation, tempMax, tempMin, wind, weather = ''] = line.split(',');
    return {
      date,
      precipitation: Number(precipitation),
      temp_max: Number(tempMax),
      temp_min: Number(tempMin),
      wind: Number(wind),
      weather,
    };
  });
}
