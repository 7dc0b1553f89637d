// Loaded by `node --import`: writes the URL of every module that the program loads to the file that this one's query names.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const list = new URL(import.meta.url).searchParams.get('list');

registerHooks({
  load(url, context, next) {
    appendFileSync(list, `${url}\n`);
    return next(url, context);
  },
});
