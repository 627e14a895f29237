//! Keeps `types.ts` equal to the Rust types.

use std::any::TypeId;
use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
    seen: Vec<TypeId>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let earlier =
                self.by_name.insert(T::ident(&self.config), format!("{docs}export {}\n", T::decl(&self.config)));
            assert_eq!(earlier, None, "two types are called {}", T::ident(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[test]
fn types_ts_is_what_the_rust_types_say() {
    let mut declarations = Declarations { config: Config::new(), by_name: BTreeMap::new(), seen: Vec::new() };
    declarations.visit::<crate::engine::AnalysisResponse>();
    declarations.visit::<vpcreach::edit::Edit>();
    declarations.visit::<vpcreach::edit::Applied>();
    declarations.visit::<vpcreach::edit::Proposal>();
    declarations.visit::<vpcreach::edit::Proposed>();
    declarations.visit::<vpcreach::repair::Repairs>();
    declarations.visit::<crate::export::TakenAway>();
    declarations.visit::<crate::import::Imported>();
    declarations.visit::<crate::import::Converted>();
    let body: Vec<String> = declarations.by_name.into_values().collect();
    let generated = format!(
        "// Made from the Rust types by `VPCREACH_BLESS=1 cargo test -p vpcreach-wasm`.\n\n{}",
        body.join("\n")
    );

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/types.ts");
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap();
    assert!(checked_in == generated, "types.ts is out of date: run `VPCREACH_BLESS=1 cargo test -p vpcreach-wasm`");
}
