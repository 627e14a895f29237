#!/bin/sh
# What changes:
# - route 0.0.0.0/0 → nat-a added to rtb-private
# - NAT gateway nat-a created in subnet public-a
# - function thumbnailer moved from subnet public-a to subnet private-a
set -eu

AWS_REGION=us-east-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${SUBNET_PUBLIC_A:?}"  # subnet/public-a
: "${ROUTE_TABLE_RTB_PRIVATE:?}"  # routeTable/rtb-private
: "${SUBNET_PRIVATE_A:?}"  # subnet/private-a
: "${SECURITY_GROUP_SG_FN:?}"  # securityGroup/sg-fn

NAT_GATEWAY_NAT_A_ADDRESS=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
NAT_GATEWAY_NAT_A=$(aws ec2 create-nat-gateway \
  --subnet-id "$SUBNET_PUBLIC_A" \
  --allocation-id "$NAT_GATEWAY_NAT_A_ADDRESS" \
  --query NatGateway.NatGatewayId \
  --output text)
aws ec2 wait nat-gateway-available --nat-gateway-ids "$NAT_GATEWAY_NAT_A"
aws ec2 create-route \
  --route-table-id "$ROUTE_TABLE_RTB_PRIVATE" \
  --destination-cidr-block 0.0.0.0/0 \
  --nat-gateway-id "$NAT_GATEWAY_NAT_A"
aws lambda update-function-configuration \
  --function-name thumbnailer \
  --vpc-config '{"SubnetIds":["'"$SUBNET_PRIVATE_A"'"],"SecurityGroupIds":["'"$SECURITY_GROUP_SG_FN"'"],"Ipv6AllowedForDualStack":false}'
aws lambda wait function-updated --function-name thumbnailer
