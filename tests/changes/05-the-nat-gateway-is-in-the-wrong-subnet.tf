# What changes:
# - NAT gateway nat-a deleted in subnet private-a and created anew in subnet public-a, since AWS cannot move it

# Change in aws_nat_gateway.nat_a: only these arguments
resource "aws_nat_gateway" "nat_a" {
  subnet_id = aws_subnet.public_a.id
}
