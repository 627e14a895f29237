//! Terraform: states, plans, and the output of its tests.

use super::SourceFile;
use super::inventory::Inventory;
use super::tree::Tree;

pub(super) fn state(_file: usize, _tree: Tree, _inventory: &mut Inventory) {}
pub(super) fn state_file(_file: usize, _tree: Tree, _inventory: &mut Inventory) {}
pub(super) fn plan(_files: &[SourceFile<'_>], _file: usize, _tree: Tree, _inventory: &mut Inventory) {}
pub(super) fn test_output(_files: &[SourceFile<'_>], _file: usize, _content: &str, _inventory: &mut Inventory) {}
