import type { Command } from 'commander';
import { createKeyFile, rotateKeyFile } from '../platform/encryption/key-file';
import type { CommandContext } from './session';

export function addEncryptionKey(program: Command, { output }: CommandContext): void {
  const encryptionKey = program
    .command('encryption-key')
    .description('make or rotate a key file for encrypted payloads, where there is no KMS')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo encryption-key create ciclo.key\n  export CICLO_ENCRYPTION_KEY=ciclo.key',
    );
  encryptionKey
    .command('create')
    .description('make a key file that only you may read; keep a copy in a safe place')
    .argument('<file>', 'must not exist yet')
    .action(async (file: string) => {
      const id = await createKeyFile(file, new Date());
      output.out(`${file} has key ${id}. Use it: export CICLO_ENCRYPTION_KEY=${file}`);
    });
  encryptionKey
    .command('rotate')
    .description('add a new key for writing; the older ones go on reading')
    .argument('<file>', 'of "encryption-key create"')
    .action(async (file: string) => {
      const id = await rotateKeyFile(file, new Date());
      output.out(`${file} writes with key ${id} from the next start of workers and clients on.`);
    });
}
