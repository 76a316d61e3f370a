/**
 * What the types of a project's pipelines are, once `flowerpower typegen` has written them. A project that has none written
 * runs with names and values of any kind.
 */
import type { InputsOf, NodesOf } from '@flowerpower/core';
import type { RunResult } from '@flowerpower/runtime';
import type { PipelineOverrides } from '../pipelines/pipeline-overrides.js';

declare global {
  /** Empty here; `.flowerpower/types.d.ts` adds a member for each pipeline. */
  interface FlowerPowerPipelines {}
}

/** One member of {@link FlowerPowerPipelines}. */
export interface PipelineTypes {
  /** Values that a call of `run` may or must give. */
  readonly inputs: object;
  /** What a run gives when nothing else is asked for. */
  readonly outputs: object;
  /** Every node that can be asked for. */
  readonly nodes: object;
}

/** The value of a node, as its function gives it; `unknown` where only the data tells. */
export type NodeValue<Modules extends readonly object[], Name extends string> =
  NodesOf<Modules> extends infer Nodes ? (Name extends keyof Nodes ? Nodes[Name] : unknown) : never;

/** The value that the functions of a pipeline take under a name. */
export type InputValue<Modules extends readonly object[], Name extends string> =
  InputsOf<Modules> extends infer Inputs
    ? string extends keyof Inputs
      ? unknown
      : Name extends keyof Inputs
        ? Inputs[Name]
        : unknown
    : never;

/** The names of the pipelines, or any text while no types are written. */
export type PipelineName = [keyof FlowerPowerPipelines] extends [never]
  ? string
  : Extract<keyof FlowerPowerPipelines, string>;

type TypesOf<Name> = Name extends keyof FlowerPowerPipelines
  ? FlowerPowerPipelines[Name] extends infer Types extends PipelineTypes
    ? Types
    : never
  : undefined;

/** The settings of one call, with the inputs and nodes of the pipeline. */
export type RunOptionsOf<Name, Output extends string = string> =
  TypesOf<Name> extends PipelineTypes
    ? Omit<PipelineOverrides, 'inputs' | 'outputs' | 'overrides'> & {
        readonly inputs?: Partial<TypesOf<Name>['inputs']> | undefined;
        readonly outputs?: readonly Output[] | undefined;
        readonly overrides?: Partial<TypesOf<Name>['nodes']> | undefined;
      }
    : PipelineOverrides;

/** The names of the nodes that can be asked for. */
export type OutputName<Name> =
  TypesOf<Name> extends PipelineTypes ? keyof TypesOf<Name>['nodes'] & string : string;

/** What a run gives: the outputs that were asked for, else those of the configuration. */
export type ResultOf<Name, Output extends string> =
  TypesOf<Name> extends PipelineTypes
    ? Omit<RunResult, 'outputs'> & {
        readonly outputs: string extends Output
          ? TypesOf<Name>['outputs']
          : [Output] extends [never]
            ? TypesOf<Name>['outputs']
            : { readonly [Key in Output & keyof TypesOf<Name>['nodes']]: TypesOf<Name>['nodes'][Key] };
      }
    : RunResult;
