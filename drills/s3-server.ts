import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver, { type S3Store } from 's3rver';

// An S3 server in a process of its own: `node drills/s3-server.ts FOLDER PORT BUCKET`. As real ones do, and s3rver by
// itself does not, it takes an object as a whole: readers get the old one until all of the new one is there.

const [folder, port, bucket] = process.argv.slice(2);
if (folder === undefined || port === undefined || bucket === undefined) throw new Error('FOLDER PORT BUCKET');

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory: folder,
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: bucket, configs: [] }],
});
takeWhole(server.store);
await server.run();

function takeWhole(store: S3Store): void {
  const getObject = store.getObject.bind(store);
  let last: Promise<unknown> = Promise.resolve();
  // What is told of an object and its content are two files: nobody may look between them.
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  store.getObject = (...args) => inTurn(() => getObject(...args));
  store.putObject = async (object) => {
    const content = Buffer.isBuffer(object.content) ? object.content : await buffer(object.content);
    const md5 = createHash('md5').update(content).digest('hex');
    const path = store.getResourcePath(object.bucket, object.key, 'object');
    const beside = `${path}.${randomBytes(4).toString('hex')}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, content);
    await inTurn(async () => {
      await rename(beside, path);
      await store.putMetadata(object.bucket, object.key, object.metadata, md5);
    });
    return { size: content.length, md5 };
  };
}
