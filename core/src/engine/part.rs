//! A part of the traffic with its history.

use std::sync::Arc;

use crate::analysis::{Fate, Hop};
use crate::component::Component;
use crate::fact::{Action, Fact};
use crate::network::{InterfaceId, SubnetId};

use super::connections::ConnectionSet;
use super::filter::View;

/// A part of the traffic on its way.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) set: ConnectionSet,
    /// The interface that has the destination address, where it is known from the start.
    pub(super) receiver: Option<InterfaceId>,
    pub(super) hops: Vec<Hop>,
    /// Facts that explain why the traffic took its way, each with the position of the hop that they belong to.
    pub(super) notes: Vec<(usize, Component, Arc<Fact>)>,
    /// The first certain loss.
    pub(super) lost: Option<Fate>,
    /// Whether a decision on the way could not be told.
    pub(super) unknown: bool,
    /// Components that handed the packets on; a second visit is a loop.
    pub(super) forwarded_by: Vec<Component>,
    /// Appliances that handed the packets on unchanged, each with the number of translations before it.
    pub(super) appliances: Vec<(usize, InterfaceId)>,
    /// The subnet that the packets left last, which is the one next to a gateway (R3.15).
    pub(super) at: Option<SubnetId>,
}

impl Part {
    /// A part that has not left yet.
    pub(super) fn new(set: ConnectionSet, receiver: Option<InterfaceId>, hops: Vec<Hop>) -> Part {
        Part {
            set,
            receiver,
            hops,
            notes: Vec::new(),
            lost: None,
            unknown: false,
            forwarded_by: Vec::new(),
            appliances: Vec::new(),
            at: None,
        }
    }

    /// How much there is to copy when it is split.
    pub(super) fn size(&self) -> usize {
        self.set.size() + self.hops.len() + self.notes.len()
    }

    /// The same history for a part of its set.
    pub(super) fn with_set(&self, set: ConnectionSet) -> Part {
        Part {
            set,
            receiver: self.receiver,
            hops: self.hops.clone(),
            notes: self.notes.clone(),
            lost: self.lost,
            unknown: self.unknown,
            forwarded_by: self.forwarded_by.clone(),
            appliances: self.appliances.clone(),
            at: self.at,
        }
    }

    /// The same history for each of several parts of its set.
    pub(super) fn spread<T>(mut self, sets: Vec<(ConnectionSet, T)>) -> Vec<(Part, T)> {
        let mut parts = Vec::with_capacity(sets.len());
        let mut sets = sets.into_iter().peekable();
        while let Some((set, with)) = sets.next() {
            if sets.peek().is_some() {
                parts.push((self.with_set(set), with));
            } else {
                // The usual case is one part, which takes the history over.
                self.set = set;
                parts.push((self, with));
                break;
            }
        }
        parts
    }

    /// What became of it.
    pub(super) fn fate(&self) -> Fate {
        match self.lost {
            // Whether a refusal comes back is part of the answer.
            Some(fate) if fate != Fate::Dropped && self.unknown => Fate::NotKnown,
            Some(fate) => fate,
            None if self.unknown => Fate::NotKnown,
            None => Fate::Delivered,
        }
    }

    /// Adds a decision, and what it means for the fate.
    pub(super) fn add(
        &mut self,
        view: View,
        component: Component,
        fact: Fact,
        pointer: Option<String>,
        subnet: Option<Component>,
    ) {
        self.add_shared(view, component, Arc::new(fact), pointer, subnet);
    }

    /// The same of a decision that other paths can have too.
    pub(super) fn add_shared(
        &mut self,
        view: View,
        component: Component,
        fact: Arc<Fact>,
        pointer: Option<String>,
        subnet: Option<Component>,
    ) {
        let already_lost = self.lost == Some(Fate::Dropped);
        match fact.action() {
            // A refusal that is dropped on its way back looks like silence.
            Action::Drops => self.lost = Some(Fate::Dropped),
            Action::Unknown => self.unknown = true,
            Action::Refuses if !self.unknown => {
                let fate = match *fact {
                    Fact::PortNotListening { .. } => Fate::Refused,
                    _ => Fate::AccessDenied,
                };
                self.lost.get_or_insert(fate);
            }
            Action::Redirects if !self.unknown => {
                if let Fact::RedirectsToRegion { followed: false, .. } = *fact {
                    self.lost.get_or_insert(Fate::Redirected);
                }
            }
            _ => {}
        }
        self.hops.push(Hop {
            component,
            direction: view.direction,
            fact,
            traffic: Some(self.set.traffic(view.direction, view.index)),
            pointer,
            subnet,
            already_lost,
        });
    }
}
