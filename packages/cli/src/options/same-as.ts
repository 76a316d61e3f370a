import { Option } from 'commander';

/** A flag by which people of FlowerPower for Python know another one; help does not list it. */
export function sameAs(option: Option, flags: string): Option {
  const alias = new Option(flags, `the same as ${option.long}`).hideHelp();
  // What else is known of the option holds here too: how its value is read, and whether it may be repeated.
  return Object.assign(Object.create(option) as Option, alias, {
    parseArg: option.parseArg,
    attributeName: () => option.attributeName(),
  });
}
