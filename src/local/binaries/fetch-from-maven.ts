import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';

import { verifySha256 } from './checksum';
import type { Effects } from './effects';
import type { BinaryPins, MavenProgram } from './versions';

const JAVA_TIMEOUT_MS = 30_000;
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;

/** A project whose only purpose is to have the program and all its dependencies. */
function projectFile(program: MavenProgram): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>ciclo</groupId>
  <artifactId>server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${program.groupId}</groupId>
      <artifactId>${program.artifactId}</artifactId>
      <version>${program.version}</version>
    </dependency>
  </dependencies>
</project>
`;
}

/** Starts the program as if it were a binary; the options halve the time it takes to start. */
function startScript(program: MavenProgram): string {
  return `#!/bin/sh
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/lib/*" ${program.mainClass} "$@"
`;
}

/** Fetches a Java program with its dependencies and writes a script that runs it. */
export async function fetchFromMaven(pins: BinaryPins, folder: string, effects: Effects): Promise<void> {
  const program = pins.maven;
  if (!program) throw new Error('it is no Java program');
  const java = await effects.run('java', ['-version'], { timeoutMs: JAVA_TIMEOUT_MS });
  if (!java.ok) throw new Error(java.reason);
  await writeFile(path.join(folder, 'pom.xml'), projectFile(program));
  const result = await effects.run(
    'mvn',
    [
      '--quiet',
      '--batch-mode',
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      '-DoutputDirectory=lib',
    ],
    { cwd: folder, timeoutMs: DOWNLOAD_TIMEOUT_MS },
  );
  if (!result.ok) throw new Error(result.reason);
  await verifySha256(
    path.join(folder, 'lib', `${program.artifactId}-${program.version}.jar`),
    program.jarSha256,
  );
  await writeFile(path.join(folder, pins.executable), startScript(program), { mode: 0o755 });
}
