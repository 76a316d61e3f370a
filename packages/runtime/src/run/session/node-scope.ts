/** Which node the current code belongs to, for log records and for what it prints. */
export interface NodeScope {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
  readonly item?: readonly number[] | undefined;
}
