import { InvalidArgumentError, Command } from 'commander';
import { parseImage, type Images } from './batch/images';
import { startLocalAws } from './start';

interface Flags {
  state: string;
  port: number;
  image: Images;
  buildMs?: number;
  importMs?: number;
}

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is wanted.');
  return value;
};

/** The stand-in as a process of its own: prints `listening on URL` and runs until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const flags = new Command('local-aws')
    .description('Stands in for Amazon Lex V2, SNS and AWS Batch on one machine.')
    .requiredOption('--state <directory>', 'where everything is kept')
    .option('--port <number>', 'port on 127.0.0.1; 0 for any', wholeNumber, 0)
    .option(
      '--image <NAME=command,argument,…>',
      'the command that a container image stands for; may be given again',
      (text, images: Images) => ({ ...images, ...Object.fromEntries([parseImage(text)]) }),
      {},
    )
    .option('--build-ms <number>', 'time of a Lex build, beside the training', wholeNumber)
    .option('--import-ms <number>', 'time of a Lex import', wholeNumber)
    .parse()
    .opts<Flags>();
  const latency = Object.fromEntries(
    Object.entries({ buildMs: flags.buildMs, importMs: flags.importMs }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const aws = await startLocalAws({
    stateDirectory: flags.state,
    port: flags.port,
    images: flags.image,
    latency,
  });
  process.stdout.write(`listening on ${aws.endpoint}\n`);
  const stop = () => void aws.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
