/** The certificate of the tests' mail servers: for 127.0.0.1, signed by itself, trusted only by who is told to (NODE_EXTRA_CA_CERTS). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../fixtures/email');
export const CERTIFICATE = join(folder, 'cert.pem');
export const certificate = { cert: readFileSync(CERTIFICATE, 'utf8'), key: readFileSync(join(folder, 'key.pem'), 'utf8') };
