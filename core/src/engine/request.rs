//! The requests that a client makes for what is asked.

use std::sync::Arc;

use std::net::IpAddr;

use crate::address;
use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
#[cfg(feature = "permissions")]
use crate::fact::Missing;
#[cfg(feature = "permissions")]
use crate::network::Bucket;
use crate::network::InternetHost;

use super::ask::Destination;
#[cfg(feature = "permissions")]
use super::ask::Said;
use super::permissions::Asked;
use super::{Inquiry, host, walk};

/// One request of the client: S3's redirect to another Region makes a second one (R5.5).
#[derive(Debug)]
pub(super) struct Request<'a> {
    /// The host name; none for an address or an interface.
    pub(super) host: Option<String>,
    /// Who answers, where the destination says so.
    pub(super) outside: Component,
    pub(super) answer: Arc<Fact>,
    pub(super) answer_through_endpoint: Option<Arc<Fact>>,
    /// The Region of the bucket, for the global S3 name.
    pub(super) bucket_region: Option<String>,
    /// What the policies have to allow, where that is known.
    pub(super) asked: Option<Asked<'a>>,
}

impl<'a> Inquiry<'a> {
    /// The requests that the client makes one after the other.
    pub(super) fn make_requests(&self) -> Vec<Request<'a>> {
        let plain = |outside: Component, host: Option<String>, answer: Fact| Request::<'a> {
            host,
            outside,
            answer: Arc::new(answer),
            answer_through_endpoint: None,
            bucket_region: None,
            asked: None,
        };
        match &self.ask.destination {
            Destination::Bucket {
                id,
                name,
                region,
                #[cfg(feature = "permissions")]
                said,
            } => {
                let bucket = id.map(|id| self.network.buckets.get(id));
                let component = bucket.map_or_else(
                    || Component::new(ComponentKind::Bucket, name.clone()),
                    |bucket| bucket.component.clone(),
                );
                let request_to = |of_region: &str| {
                    let host = host::bucket_host(name, of_region, self.client);
                    #[cfg(feature = "permissions")]
                    let host = said.host.clone().unwrap_or(host);
                    let leads_to =
                        host::aws_host(&host, Some(region)).map_or_else(|| of_region.to_owned(), |aws| aws.region);
                    let answers = Fact::ServiceAnswers {
                        service: "s3".to_owned(),
                        region: leads_to.clone(),
                        bucket: Some(name.clone()),
                    };
                    let mut request = plain(component.clone(), Some(host), answers);
                    request.bucket_region = Some(region.clone());
                    (request, leads_to)
                };
                let (mut first, leads_to) = request_to(&self.client.region);
                if leads_to == *region {
                    first.answer_through_endpoint = self.refused_copy(region).map(Arc::new);
                    first.asked = self.asked_of_bucket(bucket, name, region);
                    #[cfg(feature = "permissions")]
                    self.as_said(said, bucket, &mut first);
                    return vec![first];
                }
                let followed = self.client.follow_redirects;
                first.outside = Component::new(ComponentKind::Service, format!("s3.{leads_to}"));
                first.answer = Arc::new(Fact::RedirectsToRegion { region: region.clone(), followed });
                let mut requests = vec![first];
                if followed {
                    let host = format!("{name}.s3.{region}.amazonaws.com");
                    let mut second = plain(
                        component,
                        Some(host),
                        Fact::ServiceAnswers {
                            service: "s3".to_owned(),
                            region: region.clone(),
                            bucket: Some(name.clone()),
                        },
                    );
                    second.bucket_region = Some(region.clone());
                    second.answer_through_endpoint = self.refused_copy(region).map(Arc::new);
                    second.asked = self.asked_of_bucket(bucket, name, region);
                    #[cfg(feature = "permissions")]
                    self.as_said(said, bucket, &mut second);
                    requests.push(second);
                }
                requests
            }
            Destination::Service(service) => vec![self.to_host(&host::service_host(service, self.client))],
            Destination::Host(host) => vec![self.to_host(host)],
            Destination::Address(address) => {
                let outside = self.component_of_address(*address);
                vec![plain(outside, None, Fact::InternetAnswers { host: address.to_string() })]
            }
            Destination::Interface { component, .. } => vec![plain(component.clone(), None, Fact::InterfaceAnswers)],
        }
    }

    /// What the question changes about the answer to a request to its bucket.
    #[cfg(feature = "permissions")]
    fn as_said(&self, said: &Said, known: Option<&Bucket>, request: &mut Request<'_>) {
        let bucket = request.outside.clone();
        if let Some(fact) = self.refused_list(known, &bucket) {
            request.answer = Arc::new(fact);
        }
        if said.is_website {
            // Whether the bucket has a website is in no document. One takes requests without a signature, and over HTTP.
            request.answer = Arc::new(Fact::NotKnown(Missing::Component(bucket)));
            request.asked = request.asked.take().filter(|_| self.ask.port == Some(80));
            request.asked.iter_mut().for_each(Asked::leave_unsigned);
        } else if said.has_parameters && self.operation().is_none() {
            request.answer = Arc::new(Fact::NotKnown(Missing::Operation(bucket)));
            request.asked = None;
        }
    }

    fn to_host(&self, host: &str) -> Request<'a> {
        let aws = host::aws_host(host, None).filter(|_| self.declared_host(host).is_none());
        let asked = aws.as_ref().and_then(|aws| self.asked_of_service(&aws.service, &aws.region));
        let (outside, answer) = match aws {
            Some(aws) => (
                Component::new(ComponentKind::Service, format!("{}.{}", aws.service, aws.region)),
                Fact::ServiceAnswers { service: aws.service, region: aws.region, bucket: None },
            ),
            None => {
                let component = self
                    .declared_host(host)
                    .map_or_else(|| Component::new(ComponentKind::Internet, host), |known| known.component.clone());
                (component, self.listening(host))
            }
        };
        Request {
            host: Some(host.to_owned()),
            outside,
            answer: Arc::new(answer),
            answer_through_endpoint: None,
            bucket_region: None,
            asked,
        }
    }

    pub(super) fn declared_host(&self, host: &str) -> Option<&InternetHost> {
        self.network.internet_hosts.iter().find(|known| known.host.eq_ignore_ascii_case(host))
    }

    /// What a host on the Internet does with the connection (section 13, row 57).
    fn listening(&self, host: &str) -> Fact {
        let ports = self.declared_host(host).and_then(|known| known.listens.as_ref());
        match (ports, self.ask.port) {
            (Some(ports), Some(port)) if !ports.contains(port) => Fact::PortNotListening { port },
            _ => Fact::InternetAnswers { host: host.to_owned() },
        }
    }

    pub(super) fn component_of_address(&self, address: IpAddr) -> Component {
        let number = address::number_of(address);
        let family = address::family_of(address);
        // Another VPC may have the same addresses.
        let of_workload = self.workload.interfaces.first().map(|interface| {
            let subnet = self.network.interfaces.get(*interface).subnet;
            self.network.subnets.get(subnet).vpc
        });
        let own = of_workload.and_then(|vpc| walk::interface_with(self.network, Some(vpc), family, number));
        let owner = own
            .or_else(|| walk::interface_with(self.network, None, family, number))
            .map(|id| &self.network.interfaces.get(id).owner);
        let inside = self.network.vpcs.iter().any(|(_, vpc)| vpc.addresses.of(family).contains(number));
        match owner {
            Some(owner) => owner.clone(),
            None if inside => Component::new(ComponentKind::Address, address.to_string()),
            None => Component::new(ComponentKind::Internet, address.to_string()),
        }
    }
}
