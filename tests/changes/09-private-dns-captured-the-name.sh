#!/bin/sh
# What changes:
# - inbound rule tcp 443 sg-notifier added to security group sg-endpoint
set -eu

AWS_REGION=eu-central-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SECURITY_GROUP_SG_ENDPOINT:?}"  # securityGroup/sg-endpoint
: "${SECURITY_GROUP_SG_NOTIFIER:?}"  # securityGroup/sg-notifier

aws ec2 authorize-security-group-ingress \
  --group-id "$SECURITY_GROUP_SG_ENDPOINT" \
  --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"'"$SECURITY_GROUP_SG_NOTIFIER"'"}]}]'
