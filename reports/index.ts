import type { Reporter } from '../src/model/report.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { text } from './text.ts';

/** Every report format; `--format` takes the ids. A new format is its own file and a line here. */
export const reporters: readonly Reporter[] = [text, json, html];
