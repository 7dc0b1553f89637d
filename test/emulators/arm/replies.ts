import type { Reply } from '../server.ts';

/** An error in the shape that Azure Resource Manager gives it. */
export function armError(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}

/** 429, with a wait in seconds where one is given. */
export function throttled(seconds?: number): Reply {
  const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  return { ...armError(429, 'TooManyRequests', 'The request was throttled.'), headers };
}

/** What a captive portal or a proxy puts in the way. */
export const htmlPage: Reply = {
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Sign in to the network</title>',
};
