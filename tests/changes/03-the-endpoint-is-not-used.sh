#!/bin/sh
# What changes:
# - route table rtb-private associated with VPC endpoint vpce-s3
set -eu

AWS_REGION=ap-northeast-1
export AWS_REGION
AWS_PAGER=''
export AWS_PAGER

# Set these variables first: ids of what is there already
: "${VPC_ENDPOINT_VPCE_S3:?}"  # vpcEndpoint/vpce-s3
: "${ROUTE_TABLE_RTB_PRIVATE:?}"  # routeTable/rtb-private

aws ec2 modify-vpc-endpoint \
  --vpc-endpoint-id "$VPC_ENDPOINT_VPCE_S3" \
  --add-route-table-ids "$ROUTE_TABLE_RTB_PRIVATE"
