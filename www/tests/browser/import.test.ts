import { readdirSync, readFileSync } from 'node:fs';

import { expect, test, type Page } from '@playwright/test';

import { copiedBy, Reach, repository, samples } from './page';

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
  await expect.poll(() => functions.count()).toBeGreaterThan(3);
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
  expect(await copiedBy(page, dialog.getByRole('button', { name: 'Copy' }).first())).toContain('describe-route-tables');
  await dialog.getByText('IAM permissions').click();
  await expect(dialog).toContainText('ec2:DescribeRouteTables');
});

/** Gives the page files by its dialog. */
async function bring(page: Page, files: readonly (readonly [string, string | Buffer])[]): Promise<void> {
  await page.getByRole('button', { name: 'Import' }).click();
  await page.locator('input[data-kind="files"]').setInputFiles(files.map(([name, content]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })));
}

const sample = (path: string): Buffer => readFileSync(`${repository}tests/samples/${path}`);

test.describe('every sort of configuration is imported, asked about and edited', () => {
  for (const file of ['plan.json', 'state.json', 'terraform.tfstate', 'test_state.jsonl']) {
    test(`Terraform: ${file}`, async ({ page }) => {
      const reach = await Reach.open(page);
      await bring(page, [[file, sample(`terraform/nat/${file}`)]]);
      await expect(page.locator('.status')).toContainText('imported');
      await expect(reach.verdict).toHaveText('Succeeds');
      await askAndEdit(page, reach, /^aws_lambda_function\.fn/);
    });
  }

  test('a cloud assembly of the CDK', async ({ page }) => {
    const reach = await Reach.open(page);
    const properties = { templateFile: 'IsolatedGwEp.template.json' };
    const stack = { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/eu-west-1', properties };
    await bring(page, [
      ['manifest.json', JSON.stringify({ version: '36.0.0', artifacts: { IsolatedGwEp: stack } })],
      [properties.templateFile, sample(`cdk/IsolatedGwEp-agn/${properties.templateFile}`)],
    ]);
    await expect(page.locator('.status')).toContainText('imported');
    await expect(reach.verdict).toHaveText('Times out');
    await expect(page.locator('.because')).toContainText('no egress rule');
    await askAndEdit(page, reach, /^Fn/);
  });

  test('a SAM template, with a parameter that has no value', async ({ page }) => {
    const reach = await Reach.open(page);
    await bring(page, [['template.yaml', SAM]]);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Allowed/).fill('0.0.0.0/0');
    await dialog.getByLabel(/^Stage/).selectOption('prod');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect(dialog).toHaveCount(0);
    // The endpoint exists for that value only.
    await expect(reach.verdict).toHaveText('Succeeds');
    await askAndEdit(page, reach, /^Reader/);
  });

  test('source of Terraform is answered with the way to an exact input', async ({ page }) => {
    const reach = await Reach.open(page);
    await bring(page, [['main.tf', 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n']]);
    await expect(page.getByRole('dialog')).toContainText('terraform test');
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(reach.verdict).toHaveText('Times out');
  });
});

/** Chooses function and destination, and changes the function. */
async function askAndEdit(page: Page, reach: Reach, name: RegExp): Promise<void> {
  const chosen = async (label: string): Promise<void> => {
    const select = page.getByLabel(label, { exact: true });
    await select.selectOption({ index: (await select.locator('option').count()) - 1 });
    await select.selectOption({ index: 0 });
  };
  await chosen('From');
  await chosen('To');
  await expect(reach.verdict).not.toHaveText('');
  await page.getByRole('treeitem', { name }).first().click();
  const timeout = page.getByRole('tabpanel', { name: 'Edit' }).getByLabel('Timeout (seconds)', { exact: true });
  await timeout.fill('77');
  await expect(page.locator('.status')).toContainText('edited');
  expect(await reach.text()).toContain('77');
}

const SAM = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Allowed: { Type: String }
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Condition: IsProd
    Properties: { VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.s3", RouteTableIds: [!Ref Routes] }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{ IpProtocol: "-1", CidrIp: !Ref Allowed }]
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [{ S3ReadPolicy: { BucketName: !Ref Photos } }]
      VpcConfig: { SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group] }
  Photos: { Type: AWS::S3::Bucket }
`;

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

test('the form of a component and the list of problems show the places in the person’s own file too', async ({ page }) => {
  await Reach.open(page);
  await bring(page, [['stack.yaml', TEMPLATE]]);
  await page.getByRole('treeitem', { name: /^Group/ }).first().click();
  const form = page.getByRole('tabpanel', { name: 'Edit' });
  await expect(form.getByRole('button', { name: /stack\.yaml:6:\d+/ })).toBeVisible();
  const rule = form.getByRole('group', { name: 'Outbound rules, 1' });
  await rule.getByRole('button', { name: /stack\.yaml:11:\d+/ }).click();
  await expect(form.getByLabel('Excerpt of stack.yaml').locator('.decides')).toContainText('CidrIp: 10.0.0.0/16');
  // What is wrong after an edit stands where the component does in the file.
  await rule.getByLabel('Destination').fill('10.0.0.0/99');
  await page.locator('.status').getByRole('button', { name: /problem/ }).click();
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems.getByRole('button', { name: /stack\.yaml:6:\d+/ }).first()).toContainText('Group');
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
