#!/bin/sh
# What changes:
# - outbound rule tcp 443 com.amazonaws.eu-west-2.s3 added to security group sg-fn
set -eu

AWS_REGION=eu-west-2
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SECURITY_GROUP_SG_FN:?}"  # securityGroup/sg-fn

LIST_COM_AMAZONAWS_EU_WEST_2_S3=$(aws ec2 describe-managed-prefix-lists \
  --filters Name=prefix-list-name,Values=com.amazonaws.eu-west-2.s3 \
  --query 'PrefixLists[0].PrefixListId' \
  --output text)
aws ec2 authorize-security-group-egress \
  --group-id "$SECURITY_GROUP_SG_FN" \
  --ip-permissions '[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"PrefixListIds":[{"PrefixListId":"'"$LIST_COM_AMAZONAWS_EU_WEST_2_S3"'"}]}]'
