//! Policies that AWS manages and that roles of functions commonly have.
//!
//! Source: the default versions that `aws iam get-policy-version` answers, as <https://github.com/zoph-io/MAMIP>
//! records them; read on 2026-11-29. A policy that is not here is not known, which is not the same as one that
//! allows nothing.

use crate::policy::{LayerKind, Policy};
use crate::texts;

/// Every policy in a line: its name, and actions, resource and condition of each statement. They all allow.
macro_rules! policies {
    ($($name:literal: $($actions:literal on $resource:literal $(if $condition:literal)?),+;)+) => {
        concat!($($name, $("\t", $actions, "\t", $resource, "\t", $($condition,)?)+ "\n"),+)
    };
}

/// Path and name of each, as in its ARN; actions of one service stand behind it with commas between them.
///
/// Versions and dates stand before each name: v1 of 2015-04-09 means what AWS made the default on that day.
const POLICIES: &str = policies! {
    // v1, 2015-02-06
    "AdministratorAccess":
        "*" on "*";
    // v15, 2021-01-29
    "AmazonDynamoDBFullAccess":
        "dynamodb:* dax:* application-autoscaling:DeleteScalingPolicy,DeregisterScalableTarget,\
         DescribeScalableTargets,DescribeScalingActivities,DescribeScalingPolicies,PutScalingPolicy,\
         RegisterScalableTarget cloudwatch:DeleteAlarms,DescribeAlarmHistory,DescribeAlarms,\
         DescribeAlarmsForMetric,GetMetricStatistics,ListMetrics,PutMetricAlarm,GetMetricData \
         datapipeline:ActivatePipeline,CreatePipeline,DeletePipeline,DescribeObjects,DescribePipelines,\
         GetPipelineDefinition,ListPipelines,PutPipelineDefinition,QueryObjects ec2:DescribeVpcs,\
         DescribeSubnets,DescribeSecurityGroups iam:GetRole,ListRoles kms:DescribeKey,ListAliases \
         sns:CreateTopic,DeleteTopic,ListSubscriptions,ListSubscriptionsByTopic,ListTopics,Subscribe,\
         Unsubscribe,SetTopicAttributes lambda:CreateFunction,ListFunctions,ListEventSourceMappings,\
         CreateEventSourceMapping,DeleteEventSourceMapping,GetFunctionConfiguration,DeleteFunction \
         resource-groups:ListGroups,ListGroupResources,GetGroup,GetGroupQuery,DeleteGroup,CreateGroup \
         tag:GetResources kinesis:ListStreams,DescribeStream,DescribeStreamSummary" on "*",
        "cloudwatch:GetInsightRuleReport" on "arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*",
        "iam:PassRole" on "*"
            if r#"{"StringLike":{"iam:PassedToService":["application-autoscaling.amazonaws.com","application-autoscaling.amazonaws.com.cn","dax.amazonaws.com"]}}"#,
        "iam:CreateServiceLinkedRole" on "*"
            if r#"{"StringEquals":{"iam:AWSServiceName":["replication.dynamodb.amazonaws.com","dax.amazonaws.com","dynamodb.application-autoscaling.amazonaws.com","contributorinsights.dynamodb.amazonaws.com","kinesisreplication.dynamodb.amazonaws.com"]}}"#;
    // v2, 2021-09-27
    "AmazonS3FullAccess":
        "s3:* s3-object-lambda:*" on "*";
    // v3, 2023-08-10
    "AmazonS3ReadOnlyAccess":
        "s3:Get*,List*,Describe* s3-object-lambda:Get*,List*" on "*";
    // v1, 2015-02-06
    "AmazonSNSFullAccess":
        "sns:*" on "*";
    // v1, 2015-02-06
    "AmazonSQSFullAccess":
        "sqs:*" on "*";
    // v1, 2015-05-29
    "AmazonSSMReadOnlyAccess":
        "ssm:Describe*,Get*,List*" on "*";
    // v1, 2015-02-06
    "AWSLambdaExecute":
        "logs:*" on "arn:aws:logs:*:*:*",
        "s3:GetObject,PutObject" on "arn:aws:s3:::*";
    // v2, 2024-02-13
    "AWSXRayDaemonWriteAccess":
        "xray:PutTraceSegments,PutTelemetryRecords,GetSamplingRules,GetSamplingTargets,\
         GetSamplingStatisticSummaries" on "*";
    // v1, 2020-10-07
    "CloudWatchLambdaInsightsExecutionRolePolicy":
        "logs:CreateLogGroup" on "*",
        "logs:CreateLogStream,PutLogEvents" on "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*";
    // v1, 2015-04-09
    "service-role/AWSLambdaBasicExecutionRole":
        "logs:CreateLogGroup,CreateLogStream,PutLogEvents" on "*";
    // v1, 2015-04-09
    "service-role/AWSLambdaDynamoDBExecutionRole":
        "dynamodb:DescribeStream,GetRecords,GetShardIterator,ListStreams logs:CreateLogGroup,CreateLogStream,\
         PutLogEvents" on "*";
    // v2, 2020-10-01
    "service-role/AWSLambdaENIManagementAccess":
        "ec2:CreateNetworkInterface,DescribeNetworkInterfaces,DeleteNetworkInterface,AssignPrivateIpAddresses,\
         UnassignPrivateIpAddresses" on "*";
    // v2, 2018-11-19
    "service-role/AWSLambdaKinesisExecutionRole":
        "kinesis:DescribeStream,DescribeStreamSummary,GetRecords,GetShardIterator,ListShards,ListStreams,\
         SubscribeToShard logs:CreateLogGroup,CreateLogStream,PutLogEvents" on "*";
    // v1, 2015-02-06
    "service-role/AWSLambdaRole":
        "lambda:InvokeFunction" on "*";
    // v1, 2018-06-14
    "service-role/AWSLambdaSQSQueueExecutionRole":
        "sqs:ReceiveMessage,DeleteMessage,GetQueueAttributes logs:CreateLogGroup,CreateLogStream,PutLogEvents" on "*";
    // v3, 2024-01-05
    "service-role/AWSLambdaVPCAccessExecutionRole":
        "logs:CreateLogGroup,CreateLogStream,PutLogEvents ec2:CreateNetworkInterface,DescribeNetworkInterfaces,\
         DescribeSubnets,DeleteNetworkInterface,AssignPrivateIpAddresses,UnassignPrivateIpAddresses" on "*";
};

/// The policy with that ARN, if it is one that AWS manages and that is known here.
pub(crate) fn managed_policy(arn: &str) -> Option<Policy> {
    let (_, name) = texts::split_once(arn.strip_prefix("arn:")?, ":iam::aws:policy/")?;
    let mut lines = POLICIES.split('\n').map(|line| line.split('\t'));
    let mut fields = lines.find(|fields| fields.clone().next() == Some(name) && !name.is_empty())?;
    fields.next();
    let mut text = r#"{"Version":"2012-10-17","Statement":["#.to_owned();
    while let (Some(actions), Some(resource), Some(condition)) = (fields.next(), fields.next(), fields.next()) {
        text.push_str(r#"{"Effect":"Allow","Action":["#);
        for group in actions.split(' ') {
            let (service, verbs) = group.split_at(group.find(':').map_or(0, |colon| colon + 1));
            for verb in verbs.split(',') {
                ["\"", service, verb, "\","].into_iter().for_each(|part| text.push_str(part));
            }
        }
        text.pop();
        let before = if condition.is_empty() { "" } else { r#","Condition":"# };
        [r#"],"Resource":""#, resource, "\"", before, condition, "},"].into_iter().for_each(|part| text.push_str(part));
    }
    text.pop();
    text.push_str("]}");
    let short = name.rsplit('/').next().unwrap_or(name);
    Some(Policy::read_text(&text, LayerKind::Identity, short, "").0)
}

#[cfg(test)]
mod tests {
    use super::{POLICIES, managed_policy};

    #[test]
    fn every_policy_can_be_read() {
        let mut names = Vec::new();
        for line in POLICIES.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let arn = ["arn:aws:iam::aws:policy/", fields[0]].concat();
            let read = managed_policy(&arn).unwrap();
            assert!(read.is_readable, "{arn}");
            assert_eq!(read.statements.len(), fields.len() / 3, "{arn}");
            for (statement, fields) in read.statements.iter().zip(fields[1..].chunks(3)) {
                assert_eq!(statement.conditions.is_empty(), fields[2].is_empty(), "{arn}");
            }
            names.push(fields[0].to_ascii_lowercase());
        }
        assert!(names.len() > 10 && names.is_sorted());
    }

    #[test]
    fn what_is_not_here_is_not_known() {
        assert_eq!(managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess"), None);
        assert_eq!(managed_policy("arn:aws:iam::111122223333:policy/AmazonS3FullAccess"), None);
        assert_eq!(managed_policy("arn:aws:iam::aws:policy/"), None);
    }
}
