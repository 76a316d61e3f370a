export type ServerName = 'versitygw' | 'moto' | 'fake-gcs-server';
export declare const serverNames: readonly ServerName[];
export declare const accessKey: string;
export declare const secretKey: string;
export declare function isInstalled(name: ServerName): boolean;
/** Does nothing when it is there. @throws when it cannot be had. */
export declare function installServer(name: ServerName): void;
export interface RunningServer {
  readonly endpoint: string;
  /** Where versitygw keeps buckets as folders and objects as files. */
  readonly folder: string;
  stop(): Promise<void>;
}
export declare function startServer(name: ServerName): Promise<RunningServer>;
