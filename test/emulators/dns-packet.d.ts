/** The part of dns-packet that the DNS emulator uses; the package brings no types. */
declare module 'dns-packet' {
  interface Question {
    readonly type: string;
    readonly name: string;
  }

  interface Packet {
    readonly id?: number;
    readonly type?: 'query' | 'response';
    readonly flags?: number;
    readonly questions?: readonly Question[];
    readonly answers?: readonly (Question & { readonly ttl: number; readonly data: string })[];
  }

  const packet: {
    readonly RECURSION_DESIRED: number;
    readonly RECURSION_AVAILABLE: number;
    encode(packet: Packet): Buffer;
    decode(message: Buffer): Packet;
  };
  export = packet;
}
