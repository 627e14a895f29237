//! Policies that AWS manages and that roles of functions commonly have.
//!
//! Source: the default versions that `aws iam get-policy-version` answers, as <https://github.com/zoph-io/MAMIP>
//! records them; read on 2026-11-29. A policy that is not here is not known, which is not the same as one that
//! allows nothing.

use crate::policy::{LayerKind, Policy};

/// A policy: every statement allows.
struct ManagedPolicy {
    /// Path and name, as in its ARN.
    name: &'static str,
    /// Actions and resource of each statement; actions are separated by spaces.
    statements: &'static [(&'static str, &'static str)],
    /// Further statements as JSON, which have conditions.
    conditional: &'static str,
}

const fn policy(name: &'static str, statements: &'static [(&'static str, &'static str)]) -> ManagedPolicy {
    ManagedPolicy { name, statements, conditional: "" }
}

/// Versions and dates stand behind each name: v1 of 2015-04-09 means what AWS made the default on that day.
const POLICIES: &[ManagedPolicy] = &[
    // v1, 2015-02-06
    policy("AdministratorAccess", &[("*", "*")]),
    ManagedPolicy {
        // v15, 2021-01-29
        name: "AmazonDynamoDBFullAccess",
        statements: &[
            (
                "dynamodb:* dax:* application-autoscaling:DeleteScalingPolicy \
                 application-autoscaling:DeregisterScalableTarget application-autoscaling:DescribeScalableTargets \
                 application-autoscaling:DescribeScalingActivities application-autoscaling:DescribeScalingPolicies \
                 application-autoscaling:PutScalingPolicy application-autoscaling:RegisterScalableTarget \
                 cloudwatch:DeleteAlarms cloudwatch:DescribeAlarmHistory cloudwatch:DescribeAlarms \
                 cloudwatch:DescribeAlarmsForMetric cloudwatch:GetMetricStatistics cloudwatch:ListMetrics \
                 cloudwatch:PutMetricAlarm cloudwatch:GetMetricData datapipeline:ActivatePipeline \
                 datapipeline:CreatePipeline datapipeline:DeletePipeline datapipeline:DescribeObjects \
                 datapipeline:DescribePipelines datapipeline:GetPipelineDefinition datapipeline:ListPipelines \
                 datapipeline:PutPipelineDefinition datapipeline:QueryObjects ec2:DescribeVpcs ec2:DescribeSubnets \
                 ec2:DescribeSecurityGroups iam:GetRole iam:ListRoles kms:DescribeKey kms:ListAliases sns:CreateTopic \
                 sns:DeleteTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:Subscribe \
                 sns:Unsubscribe sns:SetTopicAttributes lambda:CreateFunction lambda:ListFunctions \
                 lambda:ListEventSourceMappings lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping \
                 lambda:GetFunctionConfiguration lambda:DeleteFunction resource-groups:ListGroups \
                 resource-groups:ListGroupResources resource-groups:GetGroup resource-groups:GetGroupQuery \
                 resource-groups:DeleteGroup resource-groups:CreateGroup tag:GetResources kinesis:ListStreams \
                 kinesis:DescribeStream kinesis:DescribeStreamSummary",
                "*",
            ),
            ("cloudwatch:GetInsightRuleReport", "arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*"),
        ],
        conditional: r#",{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringLike":{"iam:PassedToService":["application-autoscaling.amazonaws.com","application-autoscaling.amazonaws.com.cn","dax.amazonaws.com"]}}},{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"iam:AWSServiceName":["replication.dynamodb.amazonaws.com","dax.amazonaws.com","dynamodb.application-autoscaling.amazonaws.com","contributorinsights.dynamodb.amazonaws.com","kinesisreplication.dynamodb.amazonaws.com"]}}}"#,
    },
    // v2, 2021-09-27
    policy("AmazonS3FullAccess", &[("s3:* s3-object-lambda:*", "*")]),
    // v3, 2023-08-10
    policy(
        "AmazonS3ReadOnlyAccess",
        &[("s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*", "*")],
    ),
    // v1, 2015-02-06
    policy("AmazonSNSFullAccess", &[("sns:*", "*")]),
    // v1, 2015-02-06
    policy("AmazonSQSFullAccess", &[("sqs:*", "*")]),
    // v1, 2015-05-29
    policy("AmazonSSMReadOnlyAccess", &[("ssm:Describe* ssm:Get* ssm:List*", "*")]),
    // v1, 2015-02-06
    policy("AWSLambdaExecute", &[("logs:*", "arn:aws:logs:*:*:*"), ("s3:GetObject s3:PutObject", "arn:aws:s3:::*")]),
    // v2, 2024-02-13
    policy(
        "AWSXRayDaemonWriteAccess",
        &[(
            "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets \
             xray:GetSamplingStatisticSummaries",
            "*",
        )],
    ),
    // v1, 2020-10-07
    policy(
        "CloudWatchLambdaInsightsExecutionRolePolicy",
        &[
            ("logs:CreateLogGroup", "*"),
            ("logs:CreateLogStream logs:PutLogEvents", "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*"),
        ],
    ),
    // v1, 2015-04-09
    policy(
        "service-role/AWSLambdaBasicExecutionRole",
        &[("logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents", "*")],
    ),
    // v1, 2015-04-09
    policy(
        "service-role/AWSLambdaDynamoDBExecutionRole",
        &[(
            "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams \
             logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents",
            "*",
        )],
    ),
    // v2, 2020-10-01
    policy(
        "service-role/AWSLambdaENIManagementAccess",
        &[(
            "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface \
             ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses",
            "*",
        )],
    ),
    // v2, 2018-11-19
    policy(
        "service-role/AWSLambdaKinesisExecutionRole",
        &[(
            "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator \
             kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard logs:CreateLogGroup logs:CreateLogStream \
             logs:PutLogEvents",
            "*",
        )],
    ),
    // v1, 2015-02-06
    policy("service-role/AWSLambdaRole", &[("lambda:InvokeFunction", "*")]),
    // v1, 2018-06-14
    policy(
        "service-role/AWSLambdaSQSQueueExecutionRole",
        &[(
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup logs:CreateLogStream \
             logs:PutLogEvents",
            "*",
        )],
    ),
    // v3, 2024-01-05
    policy(
        "service-role/AWSLambdaVPCAccessExecutionRole",
        &[(
            "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface \
             ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface \
             ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses",
            "*",
        )],
    ),
];

/// The policy with that ARN, if it is one that AWS manages and that is known here.
pub(crate) fn managed_policy(arn: &str) -> Option<Policy> {
    let (_, name) = arn.strip_prefix("arn:")?.split_once(":iam::aws:policy/")?;
    let known = POLICIES.iter().find(|policy| policy.name == name)?;
    let mut text = r#"{"Version":"2012-10-17","Statement":["#.to_owned();
    for (position, (actions, resource)) in known.statements.iter().enumerate() {
        text.push_str(if position == 0 { "" } else { "," });
        text.push_str(r#"{"Effect":"Allow","Action":[""#);
        let mut actions = actions.split_ascii_whitespace();
        text.push_str(actions.next().unwrap_or_default());
        for action in actions {
            text.push_str("\",\"");
            text.push_str(action);
        }
        text.push_str(r#""],"Resource":""#);
        text.push_str(resource);
        text.push_str("\"}");
    }
    text.push_str(known.conditional);
    text.push_str("]}");
    let short = name.rsplit('/').next().unwrap_or(name);
    Some(Policy::read_text(&text, LayerKind::Identity, short, "").0)
}

#[cfg(test)]
mod tests {
    use super::{POLICIES, managed_policy};

    #[test]
    fn every_policy_can_be_read() {
        for policy in POLICIES {
            let arn = ["arn:aws:iam::aws:policy/", policy.name].concat();
            let read = managed_policy(&arn).unwrap();
            let conditional = policy.conditional.matches(r#""Effect""#).count();
            assert!(read.is_readable, "{arn}");
            assert_eq!(read.statements.len(), policy.statements.len() + conditional, "{arn}");
        }
        assert!(POLICIES.is_sorted_by(|one, two| one.name.to_ascii_lowercase() < two.name.to_ascii_lowercase()));
    }

    #[test]
    fn what_is_not_here_is_not_known() {
        assert_eq!(managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess"), None);
        assert_eq!(managed_policy("arn:aws:iam::111122223333:policy/AmazonS3FullAccess"), None);
    }
}
