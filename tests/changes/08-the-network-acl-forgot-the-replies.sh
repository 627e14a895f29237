#!/bin/sh
# What changes:
# - inbound rule 110 allow tcp 1024-65535 0.0.0.0/0 added to network ACL acl-private
set -eu

AWS_REGION=us-east-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${NETWORK_ACL_ACL_PRIVATE:?}"  # networkAcl/acl-private

aws ec2 create-network-acl-entry \
  --network-acl-id "$NETWORK_ACL_ACL_PRIVATE" \
  --ingress \
  --rule-number 110 \
  --protocol 6 \
  --port-range From=1024,To=65535 \
  --cidr-block 0.0.0.0/0 \
  --rule-action allow
