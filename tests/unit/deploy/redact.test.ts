import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactor } from '../../../src/deploy/redact.ts';

const plain = redactor({});

describe('what tools say is shown without', () => {
  it.each([
    ['a password in an address', "fatal: 'https://tb:hunter22@git.example/page.git/' not found", 'hunter22'],
    [
      'a token in place of a name',
      'fetch https://ghp_0123456789abcdefghij0123@github.com/x',
      'ghp_0123456789',
    ],
    ['a header', 'Authorization: Basic dGI6aHVudGVyMjI=', 'dGI6aHVudGVyMjI'],
    ['a header as data', '"authorization": "Bearer abc.def-ghi_123456"', 'abc.def-ghi'],
    ['a cookie', 'Cookie: session=0a1b2c3d4e', '0a1b2c3d4e'],
    ['a header of its own', 'X-Auth-Token: 8d7f6a5b4c3d', '8d7f6a5b4c3d'],
    ['a key in a query', 'GET /x?access_key=AKIAABCDEFGHIJKLMNOP&b=1', 'AKIAABCDEFGHIJKLMNOP'],
    ['a flag', 'netlify deploy --auth-token=nfp_12345678', 'nfp_12345678'],
    ['a signature of an address', 'GET https://acc.blob.example/?sv=1&sig=SECRETSIG12345', 'SECRETSIG'],
    ['a flag with name and password', 'curl -u admin:hunter22 http://dav.example', 'hunter22'],
    ['a webhook', 'POST https://hooks.slack.com/services/T000/B000/XXXXXXXX', 'XXXXXXXX'],
    ['a token of Netlify', 'using nfp_abcdefghijklmnopqrstuvwxyz', 'nfp_abc'],
    ['a password with an @ in it', 'ssh://user:pa@ss@host/x', 'ss@'],
    ['a token by its look', 'remote: use glpat-12345678901234567890', 'glpat-1234'],
    [
      'a private key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----',
      'b3BlbnNz',
    ],
  ])('%s', (_, said, secret) => {
    expect(plain(said)).not.toContain(secret);
    expect(plain(said)).toContain('████');
  });

  it('the values of variables that are secret by their names, in any form', () => {
    const redact = redactor({ CLOUDFLARE_API_TOKEN: 'v1.0-a/b+c', RSYNC_PASSWORD: 'monkey', HOME: '/root' });
    const said = `v1.0-a/b+c ${encodeURIComponent('v1.0-a/b+c')} ${Buffer.from('monkey').toString('base64')} /root`;
    expect(redact(said)).toBe('████ ████ ████ /root');
  });

  it.each([
    ['DEPLOY_KEY', 'abcdef123456', 'abcdef123456'],
    ['B2_ACCOUNT_KEY', 'K001zzzzzzzz', 'K001zzzzzzzz'],
    ['RCLONE_CONFIG_S_KEY_PEM', '-----BEGIN KEY-----\\nAAAAB3Nz\\n-----END KEY-----', 'AAAAB3Nz'],
    ['RCLONE_CONFIG_S_SAS_URL', 'https://acc.example/?sv=1&sig=abc%2Fdef', 'abc%2Fdef'],
    ['RCLONE_CONFIG_S_PASS', 'hunter', 'hunter'],
  ])('the value of %s', (name, value, secret) => {
    expect(redactor({ [name]: value })(`it said ${secret} there`)).toBe('it said ████ there');
  });

  it('any of them, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 5, maxLength: 30, unit: 'grapheme-ascii' })
          .filter((one) => one.trim().length >= 5),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const redact = redactor({ DEPLOY_SECRET: secret });
          expect(redact(`${before}${secret.trim()}${after}`).includes(secret.trim())).toBe(
            redact('').includes(secret.trim()),
          );
        },
      ),
    );
  });
});

describe('what is no secret is shown as it is', () => {
  it.each([
    'ssh://git@codeberg.org/nordhost/pages.git: not found',
    'git@codeberg.org: Permission denied (publickey).',
    'PUT https://dav.example/status/index.html: 507 Insufficient Storage',
    'error: invalid api token',
    'authentication failed: the password is wrong',
    'deploy@web2.example: Permission denied (publickey,password).',
  ])('%s', (said) => {
    expect(plain(said)).toBe(said);
  });

  it.each([
    ['PWD', '/srv/site'],
    ['OLDPWD', '/srv/other'],
    ['GIT_AUTHOR_NAME', 'Wanda Beck'],
    ['CI_COMMIT_AUTHOR', 'Wanda Beck <w@nordhost.example>'],
    ['DESKTOP_SESSION', 'plasma'],
    ['SORT_KEY', 'uploaded'],
    ['SESSION_MODE', 'status'],
    ['KEYMAP', 'deadkeys'],
  ])('the value of %s', (name, value) => {
    expect(redactor({ [name]: value })(`it said ${value} there`)).toBe(`it said ${value} there`);
  });

  it('places that variables name', () => {
    const redact = redactor({
      SSH_AUTH_SOCK: '/run/agent.1',
      AWS_SHARED_CREDENTIALS_FILE: '/root/.aws/credentials',
    });
    expect(redact('/run/agent.1 /root/.aws/credentials')).toBe('/run/agent.1 /root/.aws/credentials');
  });
});
