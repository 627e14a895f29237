# What changes:
# - outbound rule tcp 443 com.amazonaws.eu-west-2.s3 added to security group sg-fn

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.eu-west-2.s3"
}

resource "aws_vpc_security_group_egress_rule" "sg_fn_egress2" {
  security_group_id = aws_security_group.sg_fn.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = data.aws_ec2_managed_prefix_list.s3.id
}
