import type { S3Client } from '@aws-sdk/client-s3';
import { StoreTrouble, type BlobStore } from './blob-store.js';

type Sdk = typeof import('@aws-sdk/client-s3');

/**
 * A bucket of S3 or of what speaks its protocol. Keys, region and AWS_ENDPOINT_URL_S3 come from where the AWS SDK looks for them: the
 * environment, its files, or the machine. It is loaded when it is first wanted, of the package @aws-sdk/client-s3.
 */
export class S3Blobs implements BlobStore {
  readonly name: string;
  private readonly bucket: string;
  private readonly prefix: string;
  private connection: Promise<{ readonly sdk: Sdk; readonly client: S3Client }> | undefined;

  /** @param where s3://BUCKET or s3://BUCKET/PREFIX */
  constructor(where: string) {
    const [, bucket, path] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/.exec(where) ?? [];
    if (bucket === undefined) throw new Error(`store ${where}: expected s3://BUCKET/PREFIX`);
    const prefix = (path ?? '').replaceAll(/^\/+|\/+$/g, '');
    this.name = `s3://${bucket}${prefix && `/${prefix}`}`;
    this.bucket = bucket;
    this.prefix = prefix && `${prefix}/`;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const { sdk, client } = await this.connected();
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand(this.place(name)));
      return await Body!.transformToByteArray();
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw this.trouble('reading', name, error);
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const { sdk, client } = await this.connected();
    try {
      await client.send(new sdk.PutObjectCommand({ ...this.place(name), Body: bytes }));
    } catch (error) {
      throw this.trouble('writing', name, error);
    }
  }

  private place(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: this.prefix + name };
  }

  private connected() {
    this.connection ??= connect(this.name);
    return this.connection;
  }

  private trouble(doing: string, name: string, cause: unknown): StoreTrouble {
    const { message, name: kind } = cause as Error;
    const problem = problems[kind] ?? (message || kind);
    return new StoreTrouble(this.name, `${problem} while ${doing} ${name}`, { cause });
  }
}

/** Names of errors in words. */
const problems: Readonly<Record<string, string>> = {
  AccessDenied: 'the keys in the environment may not do this',
  CredentialsProviderError:
    'there are no keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
  InvalidAccessKeyId: 'the key in AWS_ACCESS_KEY_ID is not known there',
  NoSuchBucket: 'there is no such bucket',
  SignatureDoesNotMatch: 'the secret in AWS_SECRET_ACCESS_KEY is another',
};

async function connect(store: string) {
  const sdk = await import('@aws-sdk/client-s3').catch((cause: unknown) => {
    throw new StoreTrouble(
      store,
      `@aws-sdk/client-s3 is not installed; run \`npm install @aws-sdk/client-s3\` where this program is installed`,
      { cause },
    );
  });
  // servers of one's own rarely have a name for each bucket
  const forcePathStyle = Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  return { sdk, client: new sdk.S3Client({ forcePathStyle }) };
}
