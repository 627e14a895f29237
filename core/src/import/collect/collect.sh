#!/bin/sh
# Collects what vpcreach needs to know of one VPC into one file. Written by `vpcreach collect-script`.
# It only reads: every call describes, lists or gets. It takes the AWS CLI version 2 and nothing else.
# A call that is denied is noted in the file, and the rest is collected all the same.
set -u

vpc=''
functions=''
buckets=''
region=''
profile=''
output='vpcreach-collection.json'

usage() {
    cat <<'END'
usage: sh collect.sh [--vpc VPC] [--function NAME]... [--bucket NAME]... [--region REGION] [--profile PROFILE]
                     [--output FILE]
Without --vpc, the VPC of the first function is taken. Without --function, every function of the Region is listed.
END
}

while [ $# -gt 0 ]; do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --vpc | --function | --bucket | --region | --profile | --output)
        if [ $# -lt 2 ]; then
            echo "collect.sh: $1 needs a value" >&2
            exit 2
        fi
        case $1 in
        --vpc) vpc=$2 ;;
        --function) functions="$functions $2" ;;
        --bucket) buckets="$buckets $2" ;;
        --region) region=$2 ;;
        --profile) profile=$2 ;;
        --output) output=$2 ;;
        esac
        shift 2
        ;;
    *)
        echo "collect.sh: unknown option $1" >&2
        usage >&2
        exit 2
        ;;
    esac
done

if ! command -v aws >/dev/null 2>&1; then
    echo 'collect.sh: the AWS CLI is not installed: https://docs.aws.amazon.com/cli/latest/userguide/' >&2
    exit 2
fi

# No pager that waits for a key, and the format that vpcreach reads, whatever the person's settings are.
AWS_PAGER=''
AWS_DEFAULT_OUTPUT=json
export AWS_PAGER AWS_DEFAULT_OUTPUT
if [ -n "$profile" ]; then
    AWS_PROFILE=$profile
    export AWS_PROFILE
fi
if [ -z "$region" ]; then
    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null)}}
fi
if [ -z "$region" ]; then
    echo 'collect.sh: no Region is set; name one with --region' >&2
    exit 2
fi
AWS_REGION=$region
AWS_DEFAULT_REGION=$region
export AWS_REGION AWS_DEFAULT_REGION

if [ -z "$vpc" ]; then
    for name in $functions; do
        vpc=$(aws lambda get-function-configuration --function-name "$name" --query VpcConfig.VpcId --output text)
        if [ "$vpc" = None ]; then vpc=''; fi
        if [ -n "$vpc" ]; then break; fi
    done
fi
if [ -z "$vpc" ]; then
    echo 'collect.sh: no VPC; name one with --vpc, or a function that is attached to one with --function' >&2
    exit 2
fi

umask 077
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
answer=$work/answer
errors=$work/errors
: >"$answer"
separator=''
failures=0

# The text of standard input as the inside of a JSON string.
escaped() {
    sed 's/\\/\\\\/g; s/"/\\"/g' | tr '\n\r\t' '   ' | tr -d '\000-\037'
}

# call ABOUT ARGUMENT...: makes one call of the AWS CLI and writes down what came of it.
# ABOUT names what the answer is about where it does not say so itself.
call() {
    about=$1
    shift
    printf '%s\n{"call":"%s","of":"%s",' "$separator" "$(printf %s "$*" | escaped)" "$(printf %s "$about" | escaped)" >&3
    separator=','
    if aws "$@" --output json >"$answer" 2>"$errors"; then
        printf '"answer":' >&3
        if [ -s "$answer" ]; then cat "$answer" >&3; else printf null >&3; fi
    else
        failures=$((failures + 1))
        : >"$answer"
        printf '"error":"%s"' "$(escaped <"$errors")" >&3
        echo "collect.sh: failed: aws $*" >&2
    fi
    printf '}' >&3
}

# values KEY: the texts under that key in the last answer, each once.
values() {
    sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$answer" | sort -u
}

exec 3>"$output" || exit 2
printf '{"vpcreachCollection":1,"region":"%s","calls":[' "$region" >&3

here=Name=vpc-id,Values=$vpc
call '' ec2 describe-vpcs --vpc-ids "$vpc"
dhcp_options=$(values DhcpOptionsId)
call '' ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute enableDnsSupport
call '' ec2 describe-vpc-attribute --vpc-id "$vpc" --attribute enableDnsHostnames
for id in $dhcp_options; do
    if [ "$id" != default ]; then call '' ec2 describe-dhcp-options --dhcp-options-ids "$id"; fi
done
call '' ec2 describe-subnets --filters "$here"
call '' ec2 describe-route-tables --filters "$here"
call '' ec2 describe-network-acls --filters "$here"
call '' ec2 describe-security-groups --filters "$here"
call '' ec2 describe-internet-gateways --filters "Name=attachment.vpc-id,Values=$vpc"
call '' ec2 describe-egress-only-internet-gateways
call '' ec2 describe-nat-gateways --filter "$here"
call '' ec2 describe-vpc-endpoints --filters "$here"
call '' ec2 describe-network-interfaces --filters "$here"
call '' ec2 describe-instances --filters "$here"
call '' ec2 describe-addresses
call '' ec2 describe-vpc-block-public-access-options
call '' ec2 describe-vpc-block-public-access-exclusions
call '' ec2 describe-prefix-lists
prefix_lists=$(values PrefixListId)
call '' ec2 describe-managed-prefix-lists
# Word by word, since an id has no space.
# shellcheck disable=SC2046,SC2086
for id in $(printf '%s\n' $prefix_lists $(values PrefixListId) | sort -u); do
    call "$id" ec2 get-managed-prefix-list-entries --prefix-list-id "$id"
done
call "$vpc" route53 list-hosted-zones-by-vpc --vpc-id "$vpc" --vpc-region "$region"
# The zones of AWS services, which belong to endpoints, cannot be read; only those of accounts can.
for id in $(aws route53 list-hosted-zones-by-vpc --vpc-id "$vpc" --vpc-region "$region" \
    --query 'HostedZoneSummaries[?Owner.OwningAccount].HostedZoneId' --output text 2>/dev/null); do
    if [ "$id" != None ]; then call "$id" route53 list-resource-record-sets --hosted-zone-id "$id"; fi
done
call "$vpc" route53resolver list-resolver-rule-associations --filters "Name=VPCId,Values=$vpc"
call '' route53resolver list-resolver-rules
call "$vpc" route53resolver list-firewall-rule-group-associations --vpc-id "$vpc"
lists=''
for id in $(values FirewallRuleGroupId); do
    call "$id" route53resolver list-firewall-rules --firewall-rule-group-id "$id"
    lists="$lists $(values FirewallDomainListId)"
done
# Those that AWS manages cannot be read.
for id in $(printf '%s\n' $lists | sort -u); do
    call "$id" route53resolver list-firewall-domains --firewall-domain-list-id "$id"
done
roles=''
if [ -n "$functions" ]; then
    for name in $functions; do
        call '' lambda get-function-configuration --function-name "$name"
        roles="$roles $(values Role)"
        for provider in $(values CapacityProviderArn); do
            call '' lambda get-capacity-provider --capacity-provider-name "$provider"
        done
    done
else
    call '' lambda list-functions
    roles=$(aws lambda list-functions --query "Functions[?VpcConfig.VpcId=='$vpc'].Role" --output text 2>/dev/null)
fi
policies=''
for role in $(printf '%s\n' $roles | sed 's|.*/||' | sort -u); do
    if [ "$role" = None ]; then continue; fi
    call "$role" iam get-role --role-name "$role"
    policies="$policies $(values PermissionsBoundaryArn)"
    call "$role" iam list-role-policies --role-name "$role"
    for name in $(aws iam list-role-policies --role-name "$role" --query PolicyNames --output text 2>/dev/null); do
        if [ "$name" != None ]; then
            call "$role" iam get-role-policy --role-name "$role" --policy-name "$name"
        fi
    done
    call "$role" iam list-attached-role-policies --role-name "$role"
    policies="$policies $(values PolicyArn)"
done
for arn in $(printf '%s\n' $policies | sort -u); do
    call "$arn" iam get-policy --policy-arn "$arn"
    for version in $(values DefaultVersionId); do
        call "$arn" iam get-policy-version --policy-arn "$arn" --version-id "$version"
    done
done
keys=''
for name in $buckets; do
    call "$name" s3api get-bucket-location --bucket "$name"
    call "$name" s3api get-bucket-policy --bucket "$name"
    call "$name" s3api get-public-access-block --bucket "$name"
    call "$name" s3api get-bucket-encryption --bucket "$name"
    keys="$keys $(values KMSMasterKeyID)"
done
for key in $(printf '%s\n' $keys | sort -u); do
    call "$key" kms describe-key --key-id "$key"
    for arn in $(values Arn); do
        call "$arn" kms get-key-policy --key-id "$arn" --policy-name default
    done
done
if [ -n "$buckets" ]; then
    # Nobody needs a permission to ask who they are.
    account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null)
    case $account in
    '' | *[!0-9]*) ;;
    *)
        call "$account" s3control get-public-access-block --account-id "$account"
        for name in $buckets; do
            call "$name" s3control list-access-points --account-id "$account" --bucket "$name"
            for point in $(values Name); do
                call "$point" s3control get-access-point --account-id "$account" --name "$point"
                call "$point" s3control get-access-point-policy --account-id "$account" --name "$point"
            done
        done
        ;;
    esac
fi

printf '\n]}\n' >&3
exec 3>&-
echo "collect.sh: wrote $output; $failures calls failed" >&2
