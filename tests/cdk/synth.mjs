// Synthesises VPCs with a function each: `node synth.mjs FOLDER`. One app, so that the folder is a whole cloud assembly.

import { App, Duration, Stack, aws_ec2 as ec2, aws_lambda as lambda, aws_s3 as s3 } from 'aws-cdk-lib';

const app = new App({ outdir: process.argv[2] });

/** A stack with a VPC, a function in it, and a bucket that the function may read. */
function stack(name, vpcOptions, subnets, more = () => {}) {
  const made = new Stack(app, name, { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new ec2.Vpc(made, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'], ...vpcOptions });
  const bucket = new s3.Bucket(made, 'Photos');
  const reader = new lambda.Function(made, 'Reader', {
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context): pass'),
    timeout: Duration.seconds(20),
    vpc,
    vpcSubnets: subnets,
    allowPublicSubnet: true,
  });
  bucket.grantRead(reader);
  more({ vpc });
}

stack('Default', {}, { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
const isolated = { subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };
stack('Isolated', isolated, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
stack('IsolatedEndpoint', isolated, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, ({ vpc }) => {
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
});
stack(
  'Public',
  { subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] },
  { subnetType: ec2.SubnetType.PUBLIC },
);
stack(
  'DualStack',
  { ipProtocol: ec2.IpProtocol.DUAL_STACK, natGateways: 1 },
  { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
);

app.synth();
