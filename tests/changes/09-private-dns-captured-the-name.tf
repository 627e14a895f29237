# What changes:
# - inbound rule tcp 443 sg-notifier added to security group sg-endpoint

resource "aws_vpc_security_group_ingress_rule" "sg_endpoint_ingress2" {
  security_group_id            = aws_security_group.sg_endpoint.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.sg_notifier.id
}
