import { expect, it } from 'vitest';
import { failureOf, missingTool } from '../../../src/deploy/advice.ts';

it.each([
  [
    'Failed to create file system for "s3:x": didn\'t find section in config file',
    'rclone has no remote',
    false,
  ],
  ['rsync: write failed on "/srv/x": No space left on device (28)', 'no space left', true],
  ['Put "https://dav/x": 507 Insufficient Storage', 'no space left', true],
  ['ssh: Could not resolve hostname web2: Name or service not known', 'name of its host', true],
  ['dial tcp: lookup dav.example: no such host', 'name of its host', true],
  ['Host key verification failed.', "host's key", false],
  ['RequestTimeTooSkewed: the difference is too large, status code: 403', 'clock', false],
  ['sftp: "preallocate: file too big for remaining disk space" (SSH_FX_FAILURE)', 'no space left', true],
  ['Method Not Allowed: 405 Method Not Allowed', 'does not take files', true],
  ['x509: certificate has expired or is not yet valid', 'certificate', true],
  ['fatal: unable to access: SSL certificate problem: unable to get local issuer', 'certificate', true],
  ['connect to host 127.0.0.1 port 22: Connection refused', 'refused the connection', true],
  ['deploy@web2: Permission denied (publickey,password).', 'refused the credentials', false],
  ['ssh: unable to authenticate, attempted methods [none password]', 'refused the credentials', false],
  ["fatal: Authentication failed for 'https://codeberg.org/'", 'refused the credentials', false],
  ['InvalidAccessKeyId: The AWS Access Key Id does not exist', 'refused the credentials', false],
  ["fatal: '/x.git' does not appear to be a git repository", 'no such repository', false],
  ['remote: error: GH006: Protected branch update failed', 'does not let you push', false],
  [' ! [rejected] abc -> pages (fetch first)', 'Somebody else pushed', true],
  ['rsync: mkdir "/srv/a/b" failed: No such file or directory (2)', 'place that the config names', false],
  ["EACCES: permission denied, mkdir '/srv/www'", 'does not let you write', false],
  ['AccessDenied: Access Denied status code: 403', 'does not let you write', false],
  ['rsync error: timeout in data send/receive (code 30): Connection timed out', 'does not answer', true],
  ['client_loop: send disconnect: Broken pipe', 'connection broke off', true],
  ['503 Service Unavailable', 'fault of its own', true],
])('knows what to do about: %s', (said, message, again) => {
  const failure = failureOf(said, 'It ended with 1.');
  expect(failure.message.split('\n')[0]).toContain(message);
  expect(failure.message).toContain(said.trim());
  expect(failure.advice).not.toBeNull();
  expect(failure.again).toBe(again);
});

it('shows the last lines of what nobody knows', () => {
  const said = Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\r\n');
  const { message, advice } = failureOf(said, 'wrangler ended with 7.');
  expect(message).toBe(
    ['wrangler ended with 7.', ...[14, 15, 16, 17, 18, 19].map((at) => `  line ${at}`)].join('\n'),
  );
  expect(advice).toBeNull();
});

it('says how to get a tool', () => {
  expect(missingTool('rclone').advice).toContain('apt install rclone');
  expect(missingTool('wrangler').advice).toContain('correct the command');
});
