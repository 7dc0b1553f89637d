// The baseline of the settings scan: what anyone would write with the SDK alone. List, describe ten at a time, write JSON.
import { writeFileSync } from 'node:fs';
import { DescribeClusterCommand, EKSClient, paginateListClusters } from '@aws-sdk/client-eks';

const client = new EKSClient({ region: process.env.BENCH_REGION });
const names = [];
for await (const page of paginateListClusters({ client }, { include: ['all'] })) names.push(...(page.clusters ?? []));
const clusters = [];
for (let start = 0; start < names.length; start += 10) {
  const batch = names.slice(start, start + 10).map((name) => client.send(new DescribeClusterCommand({ name })));
  clusters.push(...(await Promise.all(batch)).map(({ cluster }) => cluster));
}
writeFileSync('clusters.json', JSON.stringify(clusters));
