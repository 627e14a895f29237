# What changes:
# - function thumbnailer moved from subnet public-a to subnet private-a

# Change in aws_lambda_function.thumbnailer: only these arguments
resource "aws_lambda_function" "thumbnailer" {
  vpc_config {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.sg_fn.id]
  }
}
