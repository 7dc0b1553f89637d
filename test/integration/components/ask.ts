import https from 'node:https';

export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly port: number;
  /** PEM of the CA that has to vouch for 127.0.0.1. */
  readonly ca: string;
  /** A client certificate and its key. */
  readonly cert?: string;
  readonly key?: string;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request to a component on loopback. */
export function ask({ body, ...options }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const request = https.request({ host: '127.0.0.1', headers, agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.on('error', reject).end(body && JSON.stringify(body));
  });
}
