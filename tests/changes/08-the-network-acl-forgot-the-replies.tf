# What changes:
# - inbound rule 110 allow tcp 1024-65535 0.0.0.0/0 added to network ACL acl-private

resource "aws_network_acl_rule" "acl_private_in110" {
  network_acl_id = aws_network_acl.acl_private.id
  rule_number    = 110
  egress         = false
  rule_action    = "allow"
  protocol       = "6"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = "0.0.0.0/0"
}
