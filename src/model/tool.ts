/** Name and version as they stand in reports, evidence and the probe's `User-Agent`. A test compares it with package.json. */
export const tool = { name: 'kubeperimeter', version: '0.1.0' } as const;
