# Written by `vpcreach terraform-test-file`. Nothing is deployed: the provider is mocked.
# Variables without a default go into a block `variables { }` here, or into -var and -var-file.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = {
      names    = ["REGIONa", "REGIONb", "REGIONc"]
      zone_ids = ["az1", "az2", "az3"]
    }
  }
  mock_data "aws_region" {
    defaults = {
      id     = "REGION"
      name   = "REGION"
      region = "REGION"
    }
  }
  mock_data "aws_partition" {
    defaults = {
      partition          = "aws"
      dns_suffix         = "amazonaws.com"
      reverse_dns_prefix = "com.amazonaws"
    }
  }
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "111122223333"
      arn        = "arn:aws:iam::111122223333:root"
    }
  }
  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
  mock_resource "aws_vpc" {
    defaults = {
      ipv6_cidr_block = "2001:db8::/56"
    }
  }
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::111122223333:role/mocked"
    }
  }
  mock_resource "aws_iam_policy" {
    defaults = {
      arn = "arn:aws:iam::111122223333:policy/mocked"
    }
  }
}

run "vpcreach" {
  command = apply
}
