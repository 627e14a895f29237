# What changes:
# - VPC endpoint vpce-s3 created
# - route table rtb-private associated with VPC endpoint vpce-s3

resource "aws_vpc_endpoint" "vpce_s3" {
  vpc_id            = aws_vpc.main.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.us-east-1.s3"
  route_table_ids   = [aws_route_table.rtb_private.id]
}
