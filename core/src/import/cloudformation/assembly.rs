//! Cloud assemblies: the folder `cdk.out`.

use crate::import::tree::Node;

/// A stack of a cloud assembly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Stack {
    pub(in crate::import) name: String,
    /// The file with its template, without folders.
    pub(in crate::import) template: String,
    /// Its Region, where the app names it.
    pub(in crate::import) region: Option<String>,
    /// Its account, where the app names it.
    pub(in crate::import) account: Option<String>,
}

/// The stacks that a manifest names.
pub(super) fn stacks(manifest: &Node) -> Vec<Stack> {
    let mut stacks = Vec::new();
    for entry in manifest.get("artifacts").map(Node::entries).unwrap_or_default() {
        let text = |path: &[&str]| entry.node.at_path(path).and_then(Node::scalar);
        if text(&["type"]) != Some("aws:cloudformation:stack") {
            continue;
        }
        let Some(template) = text(&["properties", "templateFile"]) else { continue };
        let mut environment = text(&["environment"]).unwrap_or_default().rsplit('/');
        let (region, account) = (environment.next(), environment.next());
        stacks.push(Stack {
            name: text(&["properties", "stackName"]).unwrap_or(&entry.key).to_owned(),
            template: template.rsplit('/').next().unwrap_or(template).to_owned(),
            region: region.filter(|region| *region != "unknown-region").map(str::to_owned),
            account: account.filter(|account| account.len() == 12).map(str::to_owned),
        });
    }
    stacks
}
