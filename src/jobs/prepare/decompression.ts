import { createGunzip, type Gunzip } from 'node:zlib';

/** Takes chunks of bytes one after the other. */
export interface ByteSink {
  write(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** The compressed bytes end too early or are damaged. Everything that could be read was passed on before. */
export class DecompressionError extends Error {
  constructor(
    readonly isTruncated: boolean,
    options?: ErrorOptions,
  ) {
    super('the compressed stream cannot be read to its end', options);
  }
}

/** Firehose may compress what CloudWatch has compressed already. */
const mostLayers = 2;

/**
 * Passes bytes on uncompressed: gzip is recognised by its magic bytes, several members in a row and a second layer
 * included; anything else passes as it is.
 */
export class DecompressingSink implements ByteSink {
  private first = Buffer.alloc(0);
  private target: ByteSink | null = null;

  constructor(
    private readonly next: ByteSink,
    private readonly layers = mostLayers,
  ) {}

  async write(chunk: Buffer): Promise<void> {
    if (this.target === null) {
      this.first = Buffer.concat([this.first, chunk]);
      if (this.first.length < 2) return;
      this.target = this.choose();
      await this.target.write(this.first);
    } else {
      await this.target.write(chunk);
    }
  }

  async end(): Promise<void> {
    if (this.target === null) {
      this.target = this.next;
      if (this.first.length > 0) await this.target.write(this.first);
    }
    await this.target.end();
  }

  private choose(): ByteSink {
    const isGzip = this.first[0] === 0x1f && this.first[1] === 0x8b;
    if (!isGzip || this.layers === 0) return this.next;
    return new GunzipSink(new DecompressingSink(this.next, this.layers - 1));
  }
}

class GunzipSink implements ByteSink {
  private readonly gunzip: Gunzip = createGunzip();
  private output: Buffer[] = [];
  private failure: Error | undefined;
  /** A stream that fails closes without calling back for what was written. */
  private readonly closed = new Promise<void>((resolve) => this.gunzip.once('close', resolve));

  constructor(private readonly next: ByteSink) {
    this.gunzip.on('data', (chunk: Buffer) => this.output.push(chunk));
    this.gunzip.on('error', (error) => (this.failure ??= error));
  }

  async write(chunk: Buffer): Promise<void> {
    const written = new Promise<void>((resolve) => this.gunzip.write(chunk, () => resolve()));
    await Promise.race([written, this.closed]);
    await this.passOn();
  }

  async end(): Promise<void> {
    this.gunzip.end();
    await this.closed;
    await this.passOn();
    await this.next.end();
  }

  private async passOn(): Promise<void> {
    const output = this.output;
    this.output = [];
    for (const chunk of output) await this.next.write(chunk);
    if (this.failure === undefined) return;
    // Node tells by the code: the input stopped early, or holds what no compressor wrote.
    const isTruncated = (this.failure as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
    throw new DecompressionError(isTruncated, { cause: this.failure });
  }
}
