//! What a host name of S3 names: a bucket or an access point, in the words that stand behind `s3://`.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>

use crate::network::{is_account, partition};
use crate::texts::joined;

use super::host::{is_access_point, is_region};

/// What a host name, with the path behind it, is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedByHost {
    /// The bucket's name, or the alias or ARN of an access point. Those that are not modelled have one too.
    pub(super) name: String,
    /// The object's key.
    pub(super) key: Option<String>,
    /// Whether it is the host of a bucket's website, which answers unsigned HTTP and nothing else.
    pub(super) is_website: bool,
    /// Whether parameters behind the path say what is asked.
    pub(super) has_parameters: bool,
}

/// Reads a host name in lower case, with what follows it in a URL; none where it names neither bucket nor access point.
pub(super) fn named_by_host(host: &str, rest_of_url: &str) -> Option<NamedByHost> {
    let name =
        [".amazonaws.com.cn", ".amazonaws.com", ".api.aws"].into_iter().find_map(|end| host.strip_suffix(end))?;
    let mut labels: Vec<&str> = name.split('.').collect();
    let mut region = "";
    let mut service = labels.pop()?;
    let mut is_point = false;
    if service == "vpce" {
        // Names of an endpoint say what they lead to in front of its label (R6.15).
        let at = labels.iter().rposition(|label| label.starts_with("vpce-"))?;
        let behind = labels.split_off(at);
        (service, region) = (behind.get(1)?, behind.get(2)?);
        if service == "s3" {
            match labels.last().copied() {
                Some("control") => return None,
                Some("bucket") => labels.truncate(labels.len() - 1),
                Some("accesspoint") => {
                    is_point = true;
                    labels.truncate(labels.len() - 1);
                }
                _ => {}
            }
        }
    } else {
        if is_region(service) {
            region = service;
            service = labels.pop()?;
        }
        if service == "dualstack" {
            service = labels.pop()?;
        }
    }
    let service = service.strip_suffix("-fips").unwrap_or(service);
    let front = joined(&labels, ".");
    let mut front = front.as_str();
    // Of these, Object Lambda, Outposts and several Regions are not modelled, and no more than a name.
    let of_point = match service {
        "s3-global" | "accesspoint" => {
            front = front.strip_suffix("accesspoint").unwrap_or(front).trim_end_matches('.');
            "s3"
        }
        "s3-accesspoint" => "s3",
        "s3" if is_point => "s3",
        "s3-object-lambda" | "s3-outposts" => service,
        "s3-control" | "s3express-control" => return None,
        _ if service == "s3" || service.starts_with("s3-") || service.starts_with("s3express-") => "",
        _ => return None,
    };
    let has_parameters = rest_of_url.contains('?');
    let path = rest_of_url.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let (name, key) = match (of_point, front) {
        ("", "") => {
            let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
            (decoded(bucket)?, key)
        }
        (_, "") => return None,
        ("", _) => (front.to_owned(), path),
        ("s3", _) if is_access_point(front) => (front.to_owned(), path),
        _ => {
            let named = front.rsplit_once('-').filter(|(_, account)| is_account(account));
            let (name, account) = named.unwrap_or((front, ""));
            let arn = ["arn:", partition(region), ":", of_point, ":", region, ":", account, ":accesspoint/", name];
            (arn.concat(), path)
        }
    };
    let key = decoded(key).filter(|key| !key.is_empty());
    let is_website = service.starts_with("s3-website");
    (!name.is_empty()).then_some(NamedByHost { name, key, is_website, has_parameters })
}

/// A path without its escapes; none where what they stand for is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut parts = path.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok())?;
        bytes.push(code);
        bytes.extend(part.get(2..)?.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::named_by_host;

    #[test]
    fn every_form_of_a_host_names_what_it_stands_for() {
        let forms = [
            ("photos.s3.eu-west-1.amazonaws.com", "/cat.jpg", "photos cat.jpg"),
            ("www.photos.s3.eu-west-1.amazonaws.com", "", "www.photos"),
            ("photos.s3.dualstack.eu-west-1.amazonaws.com", "/a/b%20c", "photos a/b c"),
            ("photos.s3-fips.us-east-1.amazonaws.com", "", "photos"),
            ("photos.s3-fips.dualstack.us-east-1.amazonaws.com", "", "photos"),
            ("photos.s3.amazonaws.com", "", "photos"),
            ("photos.s3-eu-west-1.amazonaws.com", "", "photos"),
            ("photos.s3-accelerate.amazonaws.com", "", "photos"),
            ("photos.s3.cn-north-1.amazonaws.com.cn", "", "photos"),
            ("s3.eu-west-1.amazonaws.com", "/photos/cat.jpg?x=/y", "photos cat.jpg with parameters"),
            ("s3.amazonaws.com", "/photos", "photos"),
            ("s3-eu-west-1.amazonaws.com", "/photos/", "photos"),
            ("photos.s3-website-eu-west-1.amazonaws.com", "/", "photos of a website"),
            ("photos.s3-website.eu-central-1.amazonaws.com", "/", "photos of a website"),
            ("photos--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "/k", "photos--use1-az4--x-s3 k"),
            ("reports-ab12-s3alias.s3.eu-west-1.amazonaws.com", "/k", "reports-ab12-s3alias k"),
            (
                "reports-111122223333.s3-accesspoint.eu-west-1.amazonaws.com",
                "/k",
                "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports k",
            ),
            (
                "reports-111122223333.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com",
                "",
                "arn:aws:s3:us-east-1:111122223333:accesspoint/reports",
            ),
            (
                "small-111122223333.s3-object-lambda.eu-west-1.amazonaws.com",
                "",
                "arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/small",
            ),
            (
                "reports-111122223333.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com",
                "",
                "arn:aws:s3-outposts:us-west-2::accesspoint/reports-111122223333.op-01ac5d28a6a232904",
            ),
            ("m1a2b3.mrap.accesspoint.s3-global.amazonaws.com", "/k", "m1a2b3.mrap k"),
            ("photos.bucket.vpce-1a-2b.s3.eu-west-1.vpce.amazonaws.com", "/k", "photos k"),
            ("bucket.vpce-1a-2b-eu-west-1a.s3.eu-west-1.vpce.amazonaws.com", "/photos/k", "photos k"),
            ("photos.vpce-1a-2b.s3.eu-west-1.vpce.amazonaws.com", "/k", "photos k"),
            (
                "reports-111122223333.accesspoint.vpce-1a-2b.s3.eu-west-1.vpce.amazonaws.com",
                "/k",
                "arn:aws:s3:eu-west-1:111122223333:accesspoint/reports k",
            ),
        ];
        for (host, path, expected) in forms {
            let found = named_by_host(host, path).map(|named| {
                let mut text = named.name;
                text.extend(named.key.iter().map(|key| format!(" {key}")));
                text.push_str(if named.is_website { " of a website" } else { "" });
                text.push_str(if named.has_parameters { " with parameters" } else { "" });
                text
            });
            assert_eq!(found.as_deref(), Some(expected), "{host}{path}");
        }
    }

    #[test]
    fn hosts_that_name_neither_bucket_nor_access_point() {
        for (host, path) in [
            ("s3.eu-west-1.amazonaws.com", "/"),
            ("s3.eu-west-1.amazonaws.com", ""),
            ("111122223333.s3-control.eu-west-1.amazonaws.com", "/v20180820/accesspoint/reports"),
            ("s3express-control.us-east-1.amazonaws.com", "/photos"),
            ("111122223333.control.vpce-1a-2b.s3.eu-west-1.vpce.amazonaws.com", "/k"),
            ("bucket.vpce-1a-2b.s3.eu-west-1.vpce.amazonaws.com", ""),
            ("accesspoint.s3-global.amazonaws.com", ""),
            ("sqs.eu-west-1.amazonaws.com", "/111122223333/queue"),
            ("s3tables.eu-west-1.amazonaws.com", "/photos"),
            ("photos.example.com", "/cat.jpg"),
            ("amazonaws.com", "/cat.jpg"),
            ("vpce.amazonaws.com", "/cat.jpg"),
        ] {
            assert_eq!(named_by_host(host, path), None, "{host}{path}");
        }
    }
}
