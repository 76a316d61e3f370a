/** Whether a value has the shape of a plugin. Plugins come from packages, so types prove nothing here. */
import { kindOf } from '@flowerpower/core';
import { type Plugin, pluginApiVersion } from '../contract/plugin.js';
import type { PluginProblem } from '../errors/catalogue.js';

const knownKeys = new Set([
  'name',
  'apiVersion',
  'fileSystems',
  'loaders',
  'savers',
  'adapters',
  'resultBuilders',
  'errors',
]);
/** Two characters at least: a single letter is a Windows drive. */
const schemePattern = /^[a-z][a-z0-9+.-]+$/;

export type CheckedPlugin =
  | { readonly plugin: Plugin; readonly problems: readonly [] }
  | { readonly plugin?: undefined; readonly problems: readonly PluginProblem[] };

/** @param origin - how to call the value in errors while it has no name of its own, for example `plugin 2`. */
export function checkPlugin(value: unknown, origin: string): CheckedPlugin {
  if (!isRecord(value)) {
    return { problems: [invalid(origin, `is ${kindOf(value)}, not an object`)] };
  }
  const named = typeof value['name'] === 'string' && value['name'].trim() !== '';
  const label = named ? `the plugin '${String(value['name'])}'` : origin;
  const version = value['apiVersion'];
  if (typeof version === 'number' && version !== pluginApiVersion) {
    // Its other members are those of another contract; judging them by this one would mislead.
    return { problems: [versionProblem(label, version)] };
  }
  const problems = [
    ...(named ? [] : [invalid(label, 'has no name')]),
    ...(version === pluginApiVersion
      ? []
      : [invalid(label, `has no apiVersion; this one is ${pluginApiVersion}`)]),
    ...Object.keys(value)
      .filter((key) => !knownKeys.has(key))
      .map((key) => invalid(label, `has a member '${key}' that plugins do not have`)),
    ...fileSystemProblems(label, value['fileSystems']),
    ...ioProblems(label, 'loaders', 'load', value['loaders']),
    ...ioProblems(label, 'savers', 'save', value['savers']),
    ...adapterProblems(label, value['adapters']),
    ...builderProblems(label, value['resultBuilders']),
    ...errorProblems(label, value['errors']),
  ];
  return problems.length === 0 ? { plugin: value as unknown as Plugin, problems: [] } : { problems };
}

function fileSystemProblems(label: string, value: unknown): PluginProblem[] {
  if (value === undefined) return [];
  if (!isRecord(value)) return [invalid(label, `has fileSystems that are ${kindOf(value)}, not an object`)];
  return Object.entries(value).flatMap(([scheme, factory]) => {
    const at = `fileSystems.${scheme}`;
    const problems: PluginProblem[] = [];
    if (!schemePattern.test(scheme)) {
      problems.push(invalid(label, `names the scheme '${scheme}', which is not a lower-case URI scheme`));
    }
    return [...problems, ...factoryProblems(label, at, factory)];
  });
}

function ioProblems(label: string, kind: string, method: string, value: unknown): PluginProblem[] {
  if (value === undefined) return [];
  if (!isRecord(value)) return [invalid(label, `has ${kind} that are ${kindOf(value)}, not an object`)];
  return Object.entries(value).flatMap(([type, entry]) => {
    const at = `${kind}.${type}`;
    if (!isRecord(entry)) return [invalid(label, `has ${at}, which is ${kindOf(entry)}`)];
    const faults: string[] = [];
    if (entry['type'] !== type)
      faults.push(`has ${at}, whose type is not '${type}' but ${show(entry['type'])}`);
    if (typeof entry[method] !== 'function') faults.push(`has no function ${at}.${method}`);
    for (const told of ['valueType', 'look']) {
      if (entry[told] === undefined || typeof entry[told] === 'function') continue;
      faults.push(`has ${at}.${told} that is ${kindOf(entry[told])}, not a function`);
    }
    if (!isSchema(entry['options'])) faults.push(`has ${at}.options that are not a Standard Schema`);
    return faults.map((fault) => invalid(label, fault));
  });
}

function adapterProblems(label: string, value: unknown): PluginProblem[] {
  if (value === undefined) return [];
  if (!isRecord(value)) return [invalid(label, `has adapters that are ${kindOf(value)}, not an object`)];
  return Object.entries(value).flatMap(([name, factory]) =>
    adapterFaults(label, `adapters.${name}`, factory),
  );
}

function adapterFaults(label: string, at: string, factory: unknown): PluginProblem[] {
  const checks = ['checkGraph', 'checkInputs'].flatMap((name) => {
    const check = isRecord(factory) ? factory[name] : undefined;
    return check === undefined || typeof check === 'function'
      ? []
      : [invalid(label, `has ${at}.${name} that is ${kindOf(check)}, not a function`)];
  });
  return [...factoryProblems(label, at, factory), ...checks];
}

/** Of what has a function `create`, and perhaps a schema of its options. */
function factoryProblems(label: string, at: string, factory: unknown): PluginProblem[] {
  if (!isRecord(factory) || typeof factory['create'] !== 'function')
    return [invalid(label, `has no function ${at}.create`)];
  return factory['options'] === undefined || isSchema(factory['options'])
    ? []
    : [invalid(label, `has ${at}.options that are not a Standard Schema`)];
}

function builderProblems(label: string, value: unknown): PluginProblem[] {
  if (value === undefined) return [];
  if (!isRecord(value))
    return [invalid(label, `has resultBuilders that are ${kindOf(value)}, not an object`)];
  return Object.entries(value).flatMap(([name, builder]) =>
    isRecord(builder) && typeof builder['build'] === 'function'
      ? []
      : [invalid(label, `has no function resultBuilders.${name}.build`)],
  );
}

function errorProblems(label: string, value: unknown): PluginProblem[] {
  if (value === undefined) return [];
  if (!isRecord(value)) return [invalid(label, `has errors that are ${kindOf(value)}, not an object`)];
  return Object.entries(value).flatMap(([code, sentence]) => [
    ...(code.startsWith('FP_')
      ? [invalid(label, `names the error '${code}', and codes that start with FP_ are those of FlowerPower`)]
      : []),
    ...(typeof sentence === 'string'
      ? []
      : [invalid(label, `has errors.${code} that is ${kindOf(sentence)}, not a sentence`)]),
  ]);
}

function invalid(label: string, fault: string): PluginProblem {
  return {
    code: 'FP_PLUGIN_INVALID',
    message: `${capital(label)} ${fault}.`,
    hint: 'See definePlugin of @flowerpower/plugin for the shape.',
  };
}

function versionProblem(label: string, version: number): PluginProblem {
  const older = version < pluginApiVersion;
  return {
    code: 'FP_PLUGIN_API_VERSION',
    message: `${capital(label)} was made for version ${version} of the plugin contract; this is version ${pluginApiVersion}.`,
    hint: older ? 'Update the plugin.' : 'Update FlowerPower, or install an older version of the plugin.',
  };
}

function isSchema(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const standard = (value as { '~standard'?: { validate?: unknown } })['~standard'];
  return typeof standard?.validate === 'function';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : kindOf(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
