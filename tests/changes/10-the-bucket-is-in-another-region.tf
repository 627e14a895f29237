# What changes:
# - route 0.0.0.0/0 → nat-a added to rtb-private
# - NAT gateway nat-a created in subnet public-a

resource "aws_eip" "nat_a_address" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.igw_main]
}

resource "aws_nat_gateway" "nat_a" {
  subnet_id     = aws_subnet.public_a.id
  allocation_id = aws_eip.nat_a_address.id
  depends_on    = [aws_internet_gateway.igw_main]
}

resource "aws_route" "rtb_private_route1" {
  route_table_id         = aws_route_table.rtb_private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat_a.id
}
