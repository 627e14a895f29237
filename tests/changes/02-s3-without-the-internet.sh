#!/bin/sh
# What changes:
# - VPC endpoint vpce-s3 created
# - route table rtb-private associated with VPC endpoint vpce-s3
set -eu

AWS_REGION=us-east-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${VPC_MAIN:?}"  # vpc/main
: "${ROUTE_TABLE_RTB_PRIVATE:?}"  # routeTable/rtb-private

VPC_ENDPOINT_VPCE_S3=$(aws ec2 create-vpc-endpoint \
  --vpc-id "$VPC_MAIN" \
  --vpc-endpoint-type Gateway \
  --service-name com.amazonaws.us-east-1.s3 \
  --route-table-ids "$ROUTE_TABLE_RTB_PRIVATE" \
  --query VpcEndpoint.VpcEndpointId \
  --output text)
