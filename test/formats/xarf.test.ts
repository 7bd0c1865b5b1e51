import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

const report = (json: string): string => `From: abuse@watch.example
To: fbl@sender.example
Subject: Abuse report
X-XARF: PLAIN
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

A report.

--b
Content-Type: application/json; name="xarf.json"

${json}
--b--
`;

describe('X-ARF in JSON', () => {
  /** `xarf_version`, then as many values as `fill`, then three more. */
  const filled = (fill: number): string =>
    report(
      `{"xarf_version":"4.0.0","fill":[${Array.from({ length: fill }, () => 0).join(',')}],"category":"messaging","type":"spam","source_identifier":"192.0.2.7"}`,
    );

  it('reads 2,000 values, and says where it stopped', async () => {
    const whole = await parse(filled(1_995));
    expect(whole.feedback?.sourceIp).toBe('192.0.2.7');
    expect(whole.warnings.map((w) => w.code)).not.toContain('malformed-field');
    const cut = await parse(filled(1_997));
    expect(cut.feedback?.sourceIp).toBeNull();
    expect(cut.warnings.map((w) => w.code)).toContain('malformed-field');
  });

  it('reads what is nested 20 deep, and no deeper', async () => {
    const nested = (depth: number): string =>
      report(
        `{"xarf_version":"4.0.0","category":"messaging","type":"spam","deep":${'['.repeat(depth)}${']'.repeat(depth)},"source_identifier":"192.0.2.7"}`,
      );
    expect((await parse(nested(19))).feedback?.sourceIp).toBe('192.0.2.7');
    expect((await parse(nested(20))).feedback?.sourceIp).toBeNull();
  });
});
