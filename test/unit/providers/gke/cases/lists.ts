import { expect } from 'vitest';

import { googleCloud, listed, office, ranges, type Case } from './words.ts';

/** Authorized networks and what they admit. */
export const lists: readonly Case[] = [
  ['no list at all', {}, { public: { access: { kind: 'open', ranges: [] } }, otherPaths: [] }],
  ['a list that is empty in the reply', listed({}), { public: { access: { kind: 'open' } }, otherPaths: [] }],
  [
    'a list that is not enabled, and keeps old entries',
    listed({ cidrBlocks: ranges('198.51.100.0/24') }),
    { public: { access: { kind: 'open', ranges: [] } } },
  ],
  [
    'Google Cloud admitted, and the list not enabled',
    listed({ gcpPublicCidrsAccessEnabled: true }),
    { public: { access: { kind: 'open' } }, otherPaths: [] },
  ],
  [
    'enabled and empty: nobody',
    listed({ enabled: true, gcpPublicCidrsAccessEnabled: false }),
    { public: { access: { kind: 'allow-list', ranges: [], admits: [] } }, otherPaths: [googleCloud('closed')] },
  ],
  [
    'an office, and whether Google Cloud is admitted unset',
    { ...listed(office), createTime: '2024-05-06T07:08:09+00:00' },
    {
      public: { access: { kind: 'allow-list', ranges: ['198.51.100.0/24'], admits: [] } },
      otherPaths: [{ ...googleCloud('unknown'), reason: expect.stringMatching(/made before$/) as string }],
    },
  ],
  [
    'the same on a cluster made after the default changed',
    { ...listed(office), createTime: '2026-05-06T07:08:09+00:00' },
    { otherPaths: [{ ...googleCloud('unknown'), reason: expect.stringMatching(/made since$/) as string }] },
  ],
  [
    'the same without a time of creation',
    { ...listed(office), createTime: 'long ago' },
    { otherPaths: [{ ...googleCloud('unknown'), reason: expect.stringMatching(/by default$/) as string }] },
  ],
  [
    'an office and all of Google Cloud',
    listed({ ...office, gcpPublicCidrsAccessEnabled: true }),
    { public: { access: { kind: 'allow-list', admits: ['google-cloud'] } }, otherPaths: [googleCloud('open')] },
  ],
  [
    'nobody and all of Google Cloud',
    listed({ enabled: true, gcpPublicCidrsAccessEnabled: true }),
    { public: { access: { kind: 'allow-list', ranges: [], admits: ['google-cloud'] } } },
  ],
  ['everybody', listed({ enabled: true, cidrBlocks: ranges('0.0.0.0/0') }), { public: { access: { kind: 'open' } } }],
  [
    'everybody in two halves',
    listed({ enabled: true, cidrBlocks: ranges('0.0.0.0/1', '128.0.0.0/1') }),
    { public: { access: { kind: 'open' } } },
  ],
  [
    'private ranges only',
    listed({ enabled: true, cidrBlocks: ranges('10.0.0.0/8') }),
    { public: { access: { kind: 'allow-list', ranges: ['10.0.0.0/8'] } } },
  ],
  [
    'an entry that is no range',
    listed({ enabled: true, cidrBlocks: ranges('198.51.100.0/24', 'office') }),
    { public: { access: { kind: 'unknown', ranges: ['198.51.100.0/24', 'office'] } } },
  ],
  [
    'an entry without a range',
    listed({ enabled: true, cidrBlocks: [{ displayName: 'office', cidrBlock: '' }] }),
    { public: { access: { kind: 'unknown' } } },
  ],
];
