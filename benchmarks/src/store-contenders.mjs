// Who moves a large object. Each function runs in a process of its own, so that it imports whatever it needs, and gives the
// work; the work gives how many bytes it moved. `target` is `{ module, maker, endpoint, bucket, key, sizeMB }`.

export const ours = {
  read: async ({ module, maker, endpoint, bucket, key }) => {
    const fs = (await import(module))[maker]({ bucket, endpoint });
    return async () => {
      let bytes = 0;
      for await (const chunk of await fs.createReadStream(key)) bytes += chunk.length;
      return bytes;
    };
  },
  write: async ({ module, maker, endpoint, bucket, key, sizeMB }) => {
    const fs = (await import(module))[maker]({ bucket, endpoint });
    const chunk = Buffer.alloc(2 ** 20, 'flower');
    async function* chunks() {
      for (let sent = 0; sent < sizeMB; sent++) yield chunk;
    }
    return async () => (await fs.write(key, chunks())).size;
  },
};

/** As one would write it by hand: four parts on their way, as many bytes in each as ours. */
export const sdkOfS3 = {
  read: async ({ endpoint, bucket, key }) => {
    const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
    return async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      let bytes = 0;
      for await (const chunk of Body) bytes += chunk.length;
      return bytes;
    };
  },
  write: async ({ endpoint, bucket, key, sizeMB }) => {
    const sdk = await import('@aws-sdk/client-s3');
    const requestChecksumCalculation = 'WHEN_REQUIRED';
    const client = new sdk.S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      requestChecksumCalculation,
    });
    const chunk = Buffer.alloc(2 ** 20, 'flower');
    const target = { Bucket: bucket, Key: key };
    return async () => {
      const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(target));
      const onTheWay = new Set();
      const parts = [];
      const send = async (PartNumber, Body) => {
        const { ETag } = await client.send(
          new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body }),
        );
        parts.push({ PartNumber, ETag });
      };
      let waiting = [];
      for (let taken = 1; taken <= sizeMB; taken++) {
        waiting.push(chunk);
        if (waiting.length < 8 && taken < sizeMB) continue;
        while (onTheWay.size >= 4) await Promise.race(onTheWay);
        const sending = send(Math.ceil(taken / 8), Buffer.concat(waiting)).finally(() =>
          onTheWay.delete(sending),
        );
        onTheWay.add(sending);
        waiting = [];
      }
      await Promise.all(onTheWay);
      const MultipartUpload = { Parts: parts.sort((a, b) => a.PartNumber - b.PartNumber) };
      await client.send(new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
      return sizeMB * 2 ** 20;
    };
  },
};

export const sdkOfGcs = {
  read: async ({ endpoint, bucket, key }) => {
    const { Storage } = await import('@google-cloud/storage');
    const storage = new Storage({ apiEndpoint: endpoint, projectId: 'p', useAuthWithCustomEndpoint: false });
    return async () => {
      let bytes = 0;
      for await (const chunk of storage.bucket(bucket).file(key).createReadStream()) bytes += chunk.length;
      return bytes;
    };
  },
  write: async ({ endpoint, bucket, key, sizeMB }) => {
    const { Storage } = await import('@google-cloud/storage');
    const { pipeline } = await import('node:stream/promises');
    const storage = new Storage({ apiEndpoint: endpoint, projectId: 'p', useAuthWithCustomEndpoint: false });
    const chunk = Buffer.alloc(2 ** 20, 'flower');
    async function* chunks() {
      for (let sent = 0; sent < sizeMB; sent++) yield chunk;
    }
    return async () => {
      const file = storage.bucket(bucket).file(key);
      await pipeline(chunks, file.createWriteStream({ resumable: true, chunkSize: 8 * 2 ** 20 }));
      return sizeMB * 2 ** 20;
    };
  },
};

/** Counts the keys of a bucket. */
export const listings = {
  ours: async ({ module, maker, endpoint, bucket }) => {
    const fs = (await import(module))[maker]({ bucket, endpoint });
    return async () => {
      let keys = 0;
      for await (const { size } of fs.list('', { recursive: true })) keys += size;
      return keys;
    };
  },
  sdk: async ({ endpoint, bucket }) => {
    const { paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3');
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
    return async () => {
      let keys = 0;
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
        for (const { Size } of page.Contents) keys += Size;
      }
      return keys;
    };
  },
};
