//! Things in the order of the document, found by typed index.

use std::marker::PhantomData;

/// Declares an index type for each arena, so that one cannot be used for another.
macro_rules! indices {
    ($($(#[$meta:meta])* $name:ident,)*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl Index for $name {
                fn from_position(position: usize) -> Self {
                    $name(u32::try_from(position).unwrap_or(u32::MAX))
                }

                fn position(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

pub(crate) use indices;

/// A typed position in an [`Arena`].
pub trait Index: Copy {
    /// The index of that position.
    fn from_position(position: usize) -> Self;

    /// The position of this index.
    fn position(self) -> usize;
}

/// Where a list has no index of its own type.
impl Index for usize {
    fn from_position(position: usize) -> Self {
        position
    }

    fn position(self) -> usize {
        self
    }
}

/// A list that only grows, indexed by its own type.
#[derive(Clone, Debug)]
pub struct Arena<I, T> {
    items: Vec<T>,
    index: PhantomData<I>,
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Arena { items: Vec::new(), index: PhantomData }
    }
}

impl<I: Index, T> Arena<I, T> {
    /// Adds an item and tells its index.
    pub(crate) fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_position(self.items.len() - 1)
    }

    /// The item of that index.
    #[expect(
        clippy::indexing_slicing,
        reason = "only `push` makes indices, nothing is removed, and no index leaves its network"
    )]
    pub fn get(&self, index: I) -> &T {
        &self.items[index.position()]
    }

    /// The item of that index, to change it while the network is built.
    #[expect(
        clippy::indexing_slicing,
        reason = "only `push` makes indices, nothing is removed, and no index leaves its network"
    )]
    pub(crate) fn get_mut(&mut self, index: I) -> &mut T {
        &mut self.items[index.position()]
    }

    /// All items with their indices, in order.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> {
        self.items.iter().enumerate().map(|(position, item)| (I::from_position(position), item))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
