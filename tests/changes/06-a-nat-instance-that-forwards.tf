# What changes:
# - inbound rule tcp 443 10.0.0.0/16 added to security group sg-nat
# - sourceDestCheck of EC2 instance nat-instance set to false

resource "aws_vpc_security_group_ingress_rule" "sg_nat_ingress1" {
  security_group_id = aws_security_group.sg_nat.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/16"
}

# Change in aws_instance.nat_instance: only these arguments
resource "aws_instance" "nat_instance" {
  source_dest_check = false
}
