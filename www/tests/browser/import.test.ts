import { readdirSync, readFileSync } from 'node:fs';

import { expect, test, type Page } from '@playwright/test';

import { Reach, samples } from './page';

/** Drops the files of a folder on the page, as a person does with the mouse. */
async function drop(page: Page, folder: string): Promise<void> {
  const files = readdirSync(`${samples}/${folder}`).filter((name) => name.endsWith('.json') && name !== 'expected.json');
  const contents = files.map((name) => ({ name, text: readFileSync(`${samples}/${folder}/${name}`, 'utf8') }));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list) data.items.add(new File([text], name, { type: 'application/json' }));
    return data;
  }, contents);
  const app = page.locator('.app');
  await app.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(page.locator('.drop-here')).toBeVisible();
  await app.dispatchEvent('drop', { dataTransfer: transfer });
}

test.describe('a real dump dropped on the page', () => {
  for (const [folder, verdict] of [
    ['public-subnet', 'Times out'],
    ['nat', 'Succeeds'],
    ['gateway-endpoint', 'Succeeds'],
    ['nacl-no-return', 'Times out'],
  ] as const) {
    test(`${folder}: ${verdict}`, async ({ page }) => {
      const reach = await Reach.open(page);
      await drop(page, folder);
      await expect(page.locator('.status')).toContainText('imported');
      await expect(reach.verdict).toHaveText(verdict);
    });
  }
});

test('a large dump offers its functions and buckets, and starts with the path', async ({ page }) => {
  const reach = await Reach.open(page);
  await drop(page, 'large');
  await expect(page.locator('.status')).toContainText('imported');
  const functions = page.getByLabel('From', { exact: true }).locator('option');
  expect(await functions.count()).toBeGreaterThan(3);
  const gateway = functions.filter({ hasText: 'nat' }).first();
  await page.getByLabel('From', { exact: true }).selectOption(await gateway.getAttribute('value'));
  await expect(reach.verdict).not.toHaveText('');
  await expect(page.getByRole('button', { name: 'Focus on path' })).toHaveAttribute('aria-pressed', 'true');
  await reach.expectNoSidewaysScroll();
});

test('files that are something else are named, and the document stays', async ({ page }) => {
  const reach = await Reach.open(page);
  await page.getByRole('button', { name: 'Import' }).click();
  await page.locator('input[data-kind="files"]').setInputFiles([{ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"hello":') }]);
  await expect(page.getByRole('alert')).toContainText('Nothing in these files');
  await expect(page.getByRole('dialog')).toContainText('notes.json');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(reach.verdict).toHaveText('Times out');
});

test('the script that collects everything can be read and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await Reach.open(page);
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('describe-route-tables');
  await dialog.getByRole('button', { name: 'Copy' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('describe-route-tables');
  await dialog.getByText('IAM permissions').click();
  await expect(dialog).toContainText('ec2:DescribeRouteTables');
});

const TEMPLATE = `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16 }
  Reader:
    Type: AWS::Lambda::Function
    Properties: { VpcConfig: { SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group] } }
  Photos: { Type: AWS::S3::Bucket }
`;

test('what decides is shown with its place in the person’s own file, and the lines there', async ({ page }) => {
  await Reach.open(page);
  await page.getByRole('button', { name: 'Import' }).click();
  await page.locator('input[data-kind="files"]').setInputFiles([{ name: 'stack.yaml', mimeType: 'text/yaml', buffer: Buffer.from(TEMPLATE) }]);
  const place = page.getByRole('button', { name: /stack\.yaml:6:\d+/ });
  await expect(place).toContainText('Group');
  await place.click();
  const excerpt = page.getByLabel('Excerpt of stack.yaml');
  await expect(excerpt.locator('.decides')).toContainText('Group:');
  await expect(excerpt).toContainText('10.0.0.0/24');
});

test('a file of 100 MB is read beside the page, which goes on answering', async ({ page }) => {
  test.setTimeout(120_000);
  const reach = await Reach.open(page);
  const transfer = await page.evaluateHandle((template) => {
    const value = 'x'.repeat(1000);
    const more = Array.from({ length: 95_000 }, (_, index) => `  P${index}: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: "${value}" } }\n`);
    const data = new DataTransfer();
    data.items.add(new File([template, ...more], 'large.yaml', { type: 'text/yaml' }));
    return data;
  }, TEMPLATE);
  await page.locator('.app').dispatchEvent('dragenter', { dataTransfer: transfer });
  await page.locator('.app').dispatchEvent('drop', { dataTransfer: transfer });
  // The document from before is there, and steps.
  await page.getByRole('button', { name: 'First hop' }).click();
  await expect(reach.hops.first()).toHaveClass(/cur/);
  await expect(page.locator('.status')).toContainText('imported', { timeout: 90_000 });
  await expect(reach.verdict).toHaveText('Times out');
  await page.getByRole('button', { name: /large\.yaml:6:\d+/ }).click();
  await expect(page.getByText('The file is too large for an excerpt.')).toBeVisible();
});
