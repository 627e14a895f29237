#!/bin/sh
# What changes:
# - inbound rule tcp 443 10.0.0.0/16 added to security group sg-nat
# - sourceDestCheck of EC2 instance nat-instance set to false
set -eu

AWS_REGION=us-east-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SECURITY_GROUP_SG_NAT:?}"  # securityGroup/sg-nat
: "${INSTANCE_NAT_INSTANCE:?}"  # instance/nat-instance

aws ec2 authorize-security-group-ingress \
  --group-id "$SECURITY_GROUP_SG_NAT" \
  --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/16"}]}]'
aws ec2 modify-instance-attribute --instance-id "$INSTANCE_NAT_INSTANCE" --no-source-dest-check
