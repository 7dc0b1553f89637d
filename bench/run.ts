import { benchCalls } from './calls.ts';
import { benchLooks } from './probe/fake.ts';
import { benchRealLooks } from './probe/real.ts';
import { benchSettingsScan } from './settings-scan.ts';
import { benchStart } from './start.ts';

// What a scan costs, each as a ratio against a baseline in the same run: figures of one machine say little elsewhere.
await benchStart();
await benchCalls();
await benchSettingsScan();
await benchLooks();
await benchRealLooks();
