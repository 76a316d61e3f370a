/** Which node the current code belongs to, for log records. */
export interface NodeScope {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
  readonly item?: readonly number[] | undefined;
}
