import { createSocket } from 'node:dgram';

import packet from 'dns-packet';

/** Addresses of a name, one list for each time it is asked; the last one stays. `fail` answers SERVFAIL, `silent` not at all. */
type DnsEntry = readonly (readonly string[])[] | 'fail' | 'silent';

/** The same for both families, or for each by itself. */
export type DnsRecords = Readonly<Record<string, DnsEntry | { readonly A: DnsEntry; readonly AAAA: DnsEntry }>>;

export interface DnsEmulator {
  /** `127.0.0.1:port`, as `--resolver` takes it. */
  readonly address: string;
  /** `A name` or `AAAA name`, as asked. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

function entryOf(records: DnsRecords, name: string, type: string): DnsEntry | undefined {
  const entry = records[name.toLowerCase()];
  return typeof entry === 'object' && 'A' in entry ? entry[type === 'AAAA' ? 'AAAA' : 'A'] : entry;
}

/** A DNS server on a free UDP port of 127.0.0.1. Names that it does not know do not exist. */
export async function startDns(records: DnsRecords): Promise<DnsEmulator> {
  const questions: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const query = packet.decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    const asked = questions.filter((earlier) => earlier === `${question.type} ${question.name}`).length;
    questions.push(`${question.type} ${question.name}`);
    const entry = entryOf(records, question.name, question.type);
    if (entry === 'silent') return;
    const addresses = Array.isArray(entry) ? (entry[Math.min(asked, entry.length - 1)] ?? []) : [];
    const answers = addresses
      .filter((address: string) => address.includes(':') === (question.type === 'AAAA'))
      .map((data: string) => ({ type: question.type as 'A' | 'AAAA', name: question.name, ttl: 0, data }));
    const code = entry === undefined ? 3 : entry === 'fail' ? 2 : 0;
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | code;
    socket.send(
      packet.encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers }),
      peer.port,
      peer.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  return {
    address: `127.0.0.1:${port}`,
    questions,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
