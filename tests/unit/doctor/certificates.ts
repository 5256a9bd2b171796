import 'reflect-metadata';
import { randomUUID, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const BEGINNING = new Date('2020-01-01T00:00:00Z');
const NEVER = new Date('2099-12-31T00:00:00Z');

/** A key and its certificate, as Node's servers take them (PEM). */
export interface Identity {
  key: string;
  cert: string;
}

/** A certificate authority that was made for a test. */
export interface Authority {
  cert: string;
  /** A certificate for host names or IP addresses. */
  issue(hosts: string[], until?: Date): Promise<Identity>;
}

export async function makeAuthority(): Promise<Authority> {
  const keys = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Authority ${randomUUID()}`,
    notBefore: BEGINNING,
    notAfter: NEVER,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    cert: authority.toString('pem'),
    issue: async (hosts, until = NEVER) => {
      const own = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
      const names = hosts.map((host) => ({
        type: /^[\d.]+$|:/.test(host) ? ('ip' as const) : ('dns' as const),
        value: host,
      }));
      const cert = await x509.X509CertificateGenerator.create({
        subject: `CN=${hosts[0]}`,
        issuer: authority.subject,
        notBefore: BEGINNING,
        notAfter: until,
        signingAlgorithm: ALGORITHM,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [new x509.SubjectAlternativeNameExtension(names)],
      });
      const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey));
      const key = `-----BEGIN PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END PRIVATE KEY-----\n`;
      return { key, cert: cert.toString('pem') };
    },
  };
}
