#!/bin/sh
# What changes:
# - function thumbnailer moved from subnet public-a to subnet private-a
set -eu

AWS_REGION=eu-central-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SUBNET_PRIVATE_A:?}"  # subnet/private-a
: "${SUBNET_PRIVATE_B:?}"  # subnet/private-b
: "${SECURITY_GROUP_SG_FN:?}"  # securityGroup/sg-fn

aws lambda update-function-configuration \
  --function-name thumbnailer \
  --vpc-config '{"SubnetIds":["'"$SUBNET_PRIVATE_A"'","'"$SUBNET_PRIVATE_B"'"],"SecurityGroupIds":["'"$SECURITY_GROUP_SG_FN"'"],"Ipv6AllowedForDualStack":false}'
aws lambda wait function-updated --function-name thumbnailer
