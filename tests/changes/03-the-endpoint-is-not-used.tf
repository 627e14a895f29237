# What changes:
# - route table rtb-private associated with VPC endpoint vpce-s3

# Change in aws_vpc_endpoint.vpce_s3: only these arguments
resource "aws_vpc_endpoint" "vpce_s3" {
  route_table_ids = [aws_route_table.rtb_public.id, aws_route_table.rtb_private.id]
}
