// Tags of other libraries are none of this driver's.
import { html } from './html';
import { sql } from 'some-sql-tag';

export const page = html`SELECT emial FROM users`;
export const condition = sql`SELECT emial FROM users`;
