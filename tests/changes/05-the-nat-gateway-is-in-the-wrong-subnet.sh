#!/bin/sh
# What changes:
# - NAT gateway nat-a deleted in subnet private-a and created anew in subnet public-a, since AWS cannot move it
set -eu

AWS_REGION=us-west-2
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SUBNET_PUBLIC_A:?}"  # subnet/public-a
: "${ROUTE_TABLE_RTB_PRIVATE:?}"  # routeTable/rtb-private
: "${NAT_GATEWAY_NAT_A_OLD:?}"  # natGateway/nat-a

NAT_GATEWAY_NAT_A_ADDRESS=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
NAT_GATEWAY_NAT_A=$(aws ec2 create-nat-gateway \
  --subnet-id "$SUBNET_PUBLIC_A" \
  --allocation-id "$NAT_GATEWAY_NAT_A_ADDRESS" \
  --query NatGateway.NatGatewayId \
  --output text)
aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT_GATEWAY_NAT_A"
aws ec2 replace-route \
  --route-table-id "$ROUTE_TABLE_RTB_PRIVATE" \
  --destination-cidr-block 0.0.0.0/0 \
  --nat-gateway-id "$NAT_GATEWAY_NAT_A"
NAT_GATEWAY_NAT_A_ADDRESSES=$(aws ec2 describe-nat-gateways \
  --nat-gateway-ids "$NAT_GATEWAY_NAT_A_OLD" \
  --query 'NatGateways[0].NatGatewayAddresses[].AllocationId' \
  --output text)
aws ec2 delete-nat-gateway --nat-gateway-id "$NAT_GATEWAY_NAT_A_OLD"
aws ec2 wait nat-gateway-deleted --nat-gateway-ids "$NAT_GATEWAY_NAT_A_OLD"
for ADDRESS in $NAT_GATEWAY_NAT_A_ADDRESSES; do aws ec2 release-address --allocation-id "$ADDRESS"; done
