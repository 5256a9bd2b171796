/** The part of s3rver (3.7) that the drills use. */
declare module 's3rver' {
  import type { Readable } from 'node:stream';

  export interface S3Object {
    bucket: string;
    key: string;
    content: Buffer | Readable;
    metadata: Record<string, string>;
  }

  /** Where objects lie: each a file, one with its MD5 and one with what is told of it. */
  export interface S3Store {
    getResourcePath(bucket: string, key: string, resource: 'object'): string;
    putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5: string): Promise<void>;
    getObject(bucket: string, key: string, options?: unknown): Promise<S3Object | null>;
    putObject(object: S3Object): Promise<{ size: number; md5: string }>;
  }

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      configureBuckets: { name: string; configs: string[] }[];
    });
    readonly store: S3Store;
    run(): Promise<unknown>;
  }
}
