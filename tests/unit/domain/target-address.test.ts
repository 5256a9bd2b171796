import { describe, expect, it } from 'vitest';
import type { TargetKind } from '../../../src/domain/hosting.ts';
import { refusalOfAddress } from '../../../src/domain/target-address.ts';

const refusal = (kind: TargetKind, to: string) => refusalOfAddress({ kind, to });

describe('an address in the config', () => {
  it.each([
    ['git', 'https://tb:hunter22@git.example/page.git'],
    ['git', 'https://ghp_0123456789abcdefghij0123@github.com/nordhost/page.git'],
    ['rclone', ":webdav,url='https://dav.example',user=tb,pass=hunter22:status"],
    ['rclone', ':s3,access_key_id=AKIAABCDEFGHIJKLMNOP,secret_access_key=abcdefgh:bucket'],
    ['rsync', 'rsync://tb:hunter22@web2.example/status'],
    ['command', 'npx wrangler deploy {dir} --api-token abcdefgh'],
    ['command', 'curl -u tb:hunter22 -T {dir} https://host.example'],
    ['command', "curl --header 'X-Api-Key: abcdefgh' https://host.example"],
    ['command', "curl -H 'Authorization: Bearer abcdefgh' https://host.example"],
    ['command', 'azcopy sync {dir} https://acc.example/?sv=1&sig=abcdefgh'],
    ['git', 'https://tb:hunter22@x@git.example/page.git'],
    ['command', 'curl -T {dir} https://tb:hunter22@host.example'],
  ] as const)('holds no secret: %s %s', (kind, to) => {
    const said = refusal(kind, to);
    expect(said).toContain('looks like a secret');
    expect(said).not.toMatch(/hunter22|ghp_|abcdefgh|AKIA/);
  });

  it.each([
    ['git', 'git@codeberg.org:nordhost/pages.git'],
    ['git', 'https://git@codeberg.org/nordhost/pages.git'],
    ['rclone', 's3:status-bucket/page'],
    ['rclone', ":sftp,host=web2.example,user=deploy,key_file='~/.ssh/id':status"],
    ['rsync', 'deploy@web2.example:/srv/status'],
    ['command', 'npx wrangler pages deploy {dir} --project-name status'],
    ['command', 'sh -c "deploy --token $TOKEN"'],
    ['command', 'sshpass rsync {dir} web2.example:/srv'],
    ['command', '/opt/bin/with-token publish.sh {dir}'],
    ['command', 'curl -u "tb:$PASSWORD" -T {dir} https://host.example'],
    ['command', "curl -H 'X-Api-Key: $KEY' https://host.example"],
    ['rclone', ':local:/srv'],
    ['rclone', 's3,provider=Minio:status-bucket'],
    ['folder', '/srv/www/status'],
  ] as const)('is taken: %s %s', (kind, to) => {
    expect(refusal(kind, to)).toBeNull();
  });

  it.each(['/srv/www', 'status-bucket', './out', 'a/b:c'])('of rclone names a remote: %s', (to) => {
    expect(refusal('rclone', to)).toContain('remote:path');
  });

  it('is never taken for a flag', () => {
    expect(refusal('rsync', '--rsh=sh')).toContain('hyphen');
    expect(refusal('git', 'a\n--upload-pack=sh')).toContain('line break');
  });
});
